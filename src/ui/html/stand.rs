//! Standing in the page: taken over from one that was drawn, or made new; coming in and leaving.

use crate::leptos::document;
use reactive_graph::effect::RenderEffect;
use tachys::hydration::Cursor;
use tachys::view::{Position, PositionState};
use wasm_bindgen::JsCast;
use web_sys::{Comment, Node, Text as TextNode};

use super::attribute::{Attribute, Kept};
use super::rows::StandingRows;
use super::{Element, Html, Text};

const SVG: &str = "http://www.w3.org/2000/svg";

/// An [`Html`] in the page.
pub enum Standing {
    /// Its place.
    Nothing(Comment),
    /// With what it says.
    Text(TextNode, Text),
    /// An element.
    Element(Box<StandingElement>),
    /// One after the other.
    List(Vec<Standing>),
    /// Told apart by their keys.
    Rows(StandingRows),
    /// Follows its signals.
    Live(RenderEffect<Standing>),
}

/// An element in the page.
pub struct StandingElement {
    pub(super) tag: &'static str,
    pub(super) node: web_sys::Element,
    pub(super) kept: Vec<Kept>,
    pub(super) children: Vec<Standing>,
}

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

    /// Two texts in a row were drawn with a comment between them; an empty one was drawn as a space.
    fn text(&self, text: &str) -> TextNode {
        let drawn = self.next().map(|node| {
            let apart = matches!(self, Self::Drawn(_, p) if p.get() == Position::NextChildAfterText);
            if apart { self.next().unwrap_or(node) } else { node }
        });
        self.is_at(Position::NextChildAfterText);
        match drawn {
            Some(node) => {
                let node: TextNode = node.unchecked_into();
                if text.is_empty() {
                    node.set_data("");
                }
                node
            }
            None => document().create_text_node(text),
        }
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
            Self::Text(text) => Standing::Text(way.text(&text), text),
            Self::Element(element) => element.stand(way),
            Self::List(parts) => Standing::List(parts.into_iter().map(|part| part.stand(way)).collect()),
            Self::Rows(all) => Standing::Rows(StandingRows::new(all, way)),
            Self::Live(shown) => Standing::Live(follow(shown, way)),
        }
    }
}

impl Element {
    fn stand(self, way: &Way) -> Standing {
        let parts = *self.0;
        let Some(node) = way.element(parts.tag, parts.svg) else {
            return Standing::Nothing(way.comment());
        };
        let give = |attribute: Attribute| attribute.give(&node, way.is_drawn());
        let kept = parts.attributes.into_iter().map(give).collect();
        way.is_at(Position::FirstChild);
        let mut children: Vec<Standing> = parts.children.into_iter().map(|child| child.stand(way)).collect();
        if way.is_drawn() {
            way.after(&node);
        } else {
            children.iter_mut().for_each(|child| child.enter(&node, None));
        }
        Standing::Element(Box::new(StandingElement {
            tag: parts.tag,
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

impl Standing {
    pub(super) fn enter(&mut self, parent: &Node, before: Option<&Node>) {
        match self {
            Self::List(parts) => parts.iter_mut().for_each(|part| part.enter(parent, before)),
            Self::Rows(rows) => rows.enter(parent, before),
            Self::Live(live) => drop(live.with_value_mut(|shown| shown.enter(parent, before))),
            Self::Nothing(_) | Self::Text(..) | Self::Element(_) => {
                if let Some(node) = self.node() {
                    // Fails only where `before` is no child of `parent`; both come from the page itself.
                    let _ = parent.insert_before(&node, before);
                }
            }
        }
    }

    pub(super) fn leave(&mut self) {
        match self {
            Self::List(parts) => parts.iter_mut().for_each(Self::leave),
            Self::Rows(rows) => rows.leave(),
            Self::Live(live) => drop(live.with_value_mut(Self::leave)),
            Self::Nothing(_) | Self::Text(..) | Self::Element(_) => {
                if let Some(node) = self.node() {
                    remove(&node);
                }
            }
        }
    }

    /// The first of its nodes.
    pub(super) fn node(&self) -> Option<Node> {
        match self {
            Self::Nothing(comment) => Some(comment.clone().into()),
            Self::Text(text, _) => Some(text.clone().into()),
            Self::Element(element) => Some(element.node.clone().into()),
            Self::List(parts) => parts.first().and_then(Self::node),
            Self::Rows(rows) => rows.node(),
            Self::Live(live) => live.with_value_mut(|shown| shown.node()).flatten(),
        }
    }

    /// The last of its nodes.
    pub(super) fn last_node(&self) -> Option<Node> {
        match self {
            Self::List(parts) => parts.last().and_then(Self::last_node),
            Self::Rows(rows) => Some(rows.end()),
            Self::Live(live) => live.with_value_mut(|shown| shown.last_node()).flatten(),
            Self::Nothing(_) | Self::Text(..) | Self::Element(_) => self.node(),
        }
    }
}

pub(super) fn remove(node: &Node) {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
}
