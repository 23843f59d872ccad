//! Rows that are told apart by a key: one that stays keeps its element, and with it the focus.

use leptos::prelude::Owner;
use leptos::reactive::effect::RenderEffect;
use web_sys::{Comment, Node};

use super::place::Standing;
use super::take::Way;
use super::{Element, Html};

/// A row, and how it is drawn if it is new.
pub struct Row {
    key: String,
    draw: Box<dyn FnOnce() -> Element + Send>,
}

/// A row. Whatever is to draw it anew when it changes has to be part of the key.
pub fn row(key: String, draw: impl FnOnce() -> Element + Send + 'static) -> Row {
    Row {
        key,
        draw: Box::new(draw),
    }
}

/// Rows that change with the signals that `all` reads.
pub fn rows(all: impl FnMut() -> Vec<Row> + Send + 'static) -> Html {
    Html::Rows(Box::new(all))
}

impl Row {
    pub(super) fn draw(self) -> Element {
        (self.draw)()
    }

    /// In an owner of its own, so that its signals live as long as it does, and no longer.
    fn stand(self, parent: &Owner, way: &Way) -> StandingRow {
        let owner = parent.with(Owner::new);
        let standing = owner.with(|| Html::from((self.draw)()).stand(way));
        StandingRow {
            key: self.key,
            standing,
            _owner: owner,
        }
    }
}

struct StandingRow {
    key: String,
    standing: Standing,
    _owner: Owner,
}

/// Rows in the page, and the comment after the last.
pub(super) struct StandingRows {
    rows: Vec<StandingRow>,
    end: Comment,
}

impl StandingRows {
    fn first(mut all: Vec<Row>, parent: &Owner, way: &Way) -> Self {
        let rows = all.drain(..).map(|row| row.stand(parent, way)).collect();
        Self {
            rows,
            end: way.comment(),
        }
    }

    fn next(&mut self, all: Vec<Row>, parent: &Owner) {
        let mut old = std::mem::take(&mut self.rows);
        for row in all {
            let known = old.iter().position(|known| known.key == row.key);
            self.rows.push(match known {
                Some(at) => old.remove(at),
                None => row.stand(parent, &Way::New),
            });
        }
        for gone in &mut old {
            gone.standing.leave();
        }
        self.put_in_order();
    }

    /// From the end, and moving only what is not where it should be: what is moved loses the focus.
    fn put_in_order(&mut self) {
        let Some(parent) = self.end.parent_node() else {
            return;
        };
        let mut next: Node = self.end.clone().into();
        for row in self.rows.iter_mut().rev() {
            let Some(node) = row.standing.node() else { continue };
            if node.next_sibling().as_ref() != Some(&next) {
                row.standing.enter(&parent, Some(&next));
            }
            next = node;
        }
    }

    pub(super) fn enter(&mut self, parent: &Node, before: Option<&Node>) {
        for row in &mut self.rows {
            row.standing.enter(parent, before);
        }
        let _ = parent.insert_before(&self.end, before);
    }

    pub(super) fn leave(&mut self) {
        for row in &mut self.rows {
            row.standing.leave();
        }
        super::place::remove(&self.end);
    }

    pub(super) fn node(&self) -> Option<Node> {
        let first = self.rows.first().and_then(|row| row.standing.node());
        first.or_else(|| Some(self.end.clone().into()))
    }
}

pub(super) fn follow(mut all: Box<dyn FnMut() -> Vec<Row> + Send>, way: &Way) -> RenderEffect<StandingRows> {
    let parent = Owner::current().unwrap_or_default();
    let way = way.clone();
    let run: Box<dyn FnMut(Option<StandingRows>) -> StandingRows> = Box::new(move |before| match before {
        Some(mut standing) => {
            standing.next(all(), &parent);
            standing
        }
        None => StandingRows::first(all(), &parent, &way),
    });
    RenderEffect::new(run)
}
