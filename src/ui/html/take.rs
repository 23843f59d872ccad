//! Standing up in the browser: taken over from a page that was drawn, or made new.

use leptos::prelude::{Render, RenderHtml, document};
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Position, PositionState};
use wasm_bindgen::JsCast;
use web_sys::{Comment, Node, Text};

use super::attribute::Kept;
use super::place::{Standing, StandingElement};
use super::{Element, Html, rows};

const SVG: &str = "http://www.w3.org/2000/svg";

/// How nodes are come by.
#[derive(Clone)]
pub(super) enum Way {
    /// They are made.
    New,
    /// They are there, in the order in which [`Html::write`] wrote them.
    Drawn(Cursor, PositionState),
}

impl Way {
    fn is_drawn(&self) -> bool {
        matches!(self, Self::Drawn(..))
    }

    /// The next node that was drawn.
    fn next(&self) -> Option<Node> {
        let Self::Drawn(cursor, position) = self else {
            return None;
        };
        match position.get() {
            Position::FirstChild => cursor.child(),
            Position::Current => (),
            _ => cursor.sibling(),
        }
        Some(cursor.current())
    }

    fn is_at(&self, at: Position) {
        if let Self::Drawn(_, position) = self {
            position.set(at);
        }
    }

    pub(super) fn comment(&self) -> Comment {
        let drawn = self.next().map(JsCast::unchecked_into);
        self.is_at(Position::NextChild);
        drawn.unwrap_or_else(|| document().create_comment(""))
    }

    fn text(&self, text: &str) -> Text {
        let drawn = self.next().map(|node| {
            let apart = matches!(self, Self::Drawn(_, p) if p.get() == Position::NextChildAfterText);
            if apart { self.next().unwrap_or(node) } else { node }
        });
        self.is_at(Position::NextChildAfterText);
        drawn.map_or_else(|| document().create_text_node(text), JsCast::unchecked_into)
    }

    fn element(&self, tag: &str, svg: bool) -> Option<web_sys::Element> {
        if let Some(drawn) = self.next() {
            return Some(drawn.unchecked_into());
        }
        let made = if svg {
            document().create_element_ns(Some(SVG), tag)
        } else {
            document().create_element(tag)
        };
        made.ok()
    }

    /// Through with an element's children: on with what comes after it.
    fn after(&self, element: &web_sys::Element) {
        if let Self::Drawn(cursor, position) = self {
            cursor.set(element.clone().into());
            position.set(Position::NextChild);
        }
    }
}

impl Html {
    /// Puts everything into being, without putting what is new anywhere yet.
    pub(super) fn stand(self, way: &Way) -> Standing {
        match self {
            Self::Nothing => Standing::Nothing(way.comment()),
            Self::Text(text) => Standing::Text(way.text(&text), None),
            Self::Words(words) => {
                let text = way.text("");
                let follow = super::place::follow_words(words, text.clone(), way.is_drawn());
                Standing::Text(text, Some(follow))
            }
            Self::Element(element) => element.stand(way),
            Self::List(parts) => Standing::List(parts.into_iter().map(|part| part.stand(way)).collect()),
            Self::Live(shown) => Standing::Live(follow(shown, way)),
            Self::Rows(all) => Standing::Rows(rows::follow(all, way)),
            Self::View(view) => Standing::View(match way {
                Way::New => view.build(),
                Way::Drawn(cursor, position) => view.hydrate::<true>(cursor, position),
            }),
        }
    }
}

impl Element {
    fn stand(self, way: &Way) -> Standing {
        let Some(node) = way.element(self.tag, self.svg) else {
            return Standing::Nothing(way.comment());
        };
        let give = |attribute: super::attribute::Attribute| attribute.give(&node, way.is_drawn());
        let kept: Vec<Kept> = self.attributes.into_iter().filter_map(give).collect();
        way.is_at(Position::FirstChild);
        let mut children: Vec<Standing> = self.children.into_iter().map(|child| child.stand(way)).collect();
        if way.is_drawn() {
            way.after(&node);
        } else {
            children.iter_mut().for_each(|child| child.enter(&node, None));
        }
        Standing::Element(Box::new(StandingElement {
            tag: self.tag,
            node,
            kept,
            children,
        }))
    }
}

fn follow(mut shown: Box<dyn FnMut() -> Html + Send>, way: &Way) -> RenderEffect<Standing> {
    let way = way.clone();
    let run: Box<dyn FnMut(Option<Standing>) -> Standing> = Box::new(move |before| match before {
        Some(mut standing) => {
            shown().change(&mut standing);
            standing
        }
        None => shown().stand(&way),
    });
    RenderEffect::new(run)
}
