//! What stands in the page: coming in, changing, and leaving. And how leptos is told of it.

use leptos::attr::Attribute as LeptosAttribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::{AddAnyAttr, Get, Mountable, Render, RenderHtml, Signal};
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Position, PositionState};
use wasm_bindgen::JsCast;
use web_sys::{Comment, Node, Text};

use super::attribute::Kept;
use super::rows::StandingRows;
use super::take::Way;
use super::{Element, Html};

/// An [`Html`] in the browser.
pub enum Standing {
    /// Its place.
    Nothing(Comment),
    /// With what follows its words.
    Text(Text, Option<RenderEffect<()>>),
    /// An element.
    Element(Box<StandingElement>),
    /// One after the other.
    List(Vec<Standing>),
    /// Follows its signals.
    Live(RenderEffect<Standing>),
    /// Follows its signals.
    #[allow(private_interfaces, reason = "nobody outside names what is in it")]
    Rows(RenderEffect<StandingRows>),
    /// A component's.
    View(AnyViewState),
}

/// An element in the browser.
pub struct StandingElement {
    pub(super) tag: &'static str,
    pub(super) node: web_sys::Element,
    pub(super) kept: Vec<Kept>,
    pub(super) children: Vec<Standing>,
}

impl Standing {
    pub(super) fn enter(&mut self, parent: &Node, before: Option<&Node>) {
        match self {
            Self::List(parts) => parts.iter_mut().for_each(|part| part.enter(parent, before)),
            Self::Live(live) => drop(live.with_value_mut(|shown| shown.enter(parent, before))),
            Self::Rows(rows) => drop(rows.with_value_mut(|rows| rows.enter(parent, before))),
            Self::View(view) => view.mount(parent.unchecked_ref(), before),
            Self::Nothing(_) | Self::Text(..) | Self::Element(_) => {
                if let Some(node) = self.node() {
                    let _ = parent.insert_before(&node, before);
                }
            }
        }
    }

    pub(super) fn leave(&mut self) {
        match self {
            Self::List(parts) => parts.iter_mut().for_each(Self::leave),
            Self::Live(live) => drop(live.with_value_mut(Self::leave)),
            Self::Rows(rows) => drop(rows.with_value_mut(StandingRows::leave)),
            Self::View(view) => view.unmount(),
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
            Self::Live(live) => live.with_value_mut(|shown| shown.node()).flatten(),
            Self::Rows(rows) => rows.with_value_mut(|rows| rows.node()).flatten(),
            Self::View(view) => view.elements().into_iter().next().map(Into::into),
        }
    }
}

pub(super) fn remove(node: &Node) {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
}

pub(super) fn follow_words(words: Signal<String>, text: Text, drawn: bool) -> RenderEffect<()> {
    let mut apply = !drawn;
    let run: Box<dyn FnMut(Option<()>)> = Box::new(move |_| {
        let words = words.get();
        if apply {
            text.set_data(&words);
        }
        apply = true;
    });
    RenderEffect::new(run)
}

impl Html {
    /// Becomes what stands there, keeping the elements that are alike, and with them the focus.
    pub(super) fn change(self, standing: &mut Standing) {
        match (self, standing) {
            (Self::Text(text), Standing::Text(node, follow)) => {
                *follow = None;
                node.set_data(&text);
            }
            (Self::Words(words), Standing::Text(node, follow)) => {
                *follow = Some(follow_words(words, node.clone(), false));
            }
            (Self::Nothing, Standing::Nothing(_)) => (),
            (Self::Element(new), Standing::Element(old)) if new.tag == old.tag && new.fits(old) => {
                new.change(old);
            }
            (Self::List(new), Standing::List(old)) if new.len() == old.len() => {
                new.into_iter().zip(old).for_each(|(new, old)| new.change(old));
            }
            (new, old) => new.replace(old),
        }
    }

    fn replace(self, old: &mut Standing) {
        let mut new = self.stand(&Way::New);
        if let Some(node) = old.node()
            && let Some(parent) = node.parent_node()
        {
            new.enter(&parent, Some(&node));
        }
        old.leave();
        *old = new;
    }
}

impl Element {
    fn fits(&self, old: &StandingElement) -> bool {
        self.children.len() == old.children.len()
    }

    fn change(self, old: &mut StandingElement) {
        old.kept.iter().for_each(|kept| kept.off(&old.node));
        let give = |attribute: super::attribute::Attribute| attribute.give(&old.node, false);
        old.kept = self.attributes.into_iter().filter_map(give).collect();
        for (new, old) in self.children.into_iter().zip(&mut old.children) {
            new.change(old);
        }
    }
}

impl Mountable for Standing {
    fn unmount(&mut self) {
        self.leave();
    }

    fn mount(&mut self, parent: &web_sys::Element, marker: Option<&Node>) {
        self.enter(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let node = self.node();
        let parent = node.as_ref().and_then(Node::parent_node);
        let place = parent.and_then(|parent| parent.dyn_into().ok()).zip(node);
        place.inspect(|(parent, node)| child.mount(parent, Some(node))).is_some()
    }

    fn elements(&self) -> Vec<web_sys::Element> {
        self.node().map(JsCast::unchecked_into).into_iter().collect()
    }
}

impl Render for Html {
    type State = Standing;

    fn build(self) -> Standing {
        self.stand(&Way::New)
    }

    fn rebuild(self, state: &mut Standing) {
        self.change(state);
    }
}

impl AddAnyAttr for Html {
    type Output<New: LeptosAttribute> = Self;

    /// Components of ours take no attributes from outside.
    fn add_any_attr<New: LeptosAttribute>(self, _: New) -> Self {
        self
    }
}

impl RenderHtml for Html {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
        self.write(buf, position);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Standing {
        self.stand(&Way::Drawn(cursor.clone(), position.clone()))
    }

    fn into_owned(self) -> Self {
        self
    }
}
