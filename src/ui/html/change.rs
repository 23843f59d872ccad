//! Drawing again: what stands in the page becomes what is meant, keeping the elements that are still meant. And how
//! leptos is told of it.

use tachys::html::attribute::Attribute as LeptosAttribute;
use tachys::html::attribute::any_attribute::AnyAttribute;
use tachys::hydration::Cursor;
use tachys::view::add_attr::AddAnyAttr;
use tachys::view::{Mountable, Render, RenderHtml};
use tachys::view::{Position, PositionState};
use wasm_bindgen::JsCast;
use web_sys::Node;

use super::attribute;
use super::stand::{Standing, StandingElement, Way};
use super::{Element, Html};

impl Html {
    /// Becomes what stands there.
    pub(super) fn change(self, standing: &mut Standing) {
        match (self, standing) {
            (Self::Text(new), Standing::Text(node, old)) => {
                if new != *old {
                    node.set_data(&new);
                    *old = new;
                }
            }
            (Self::Nothing, Standing::Nothing(_)) => (),
            (Self::Element(new), Standing::Element(old)) if new.fits(old) => new.change(old),
            (Self::List(new), Standing::List(old)) if new.len() == old.len() => {
                new.into_iter().zip(old).for_each(|(new, old)| new.change(old));
            }
            (Self::Rows(new), Standing::Rows(old)) => old.change(new),
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
        self.0.tag == old.tag && self.0.children.len() == old.children.len()
    }

    fn change(self, old: &mut StandingElement) {
        attribute::change(&old.node, &mut old.kept, self.0.attributes);
        for (new, old) in self.0.children.into_iter().zip(&mut old.children) {
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
        place
            .inspect(|(parent, node)| child.mount(parent, Some(node)))
            .is_some()
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
