//! Rows that are told apart by a key: one that stays keeps its element, and with it the focus, as others come and go.

use web_sys::{Comment, Node};

use super::Html;
use super::stand::{Standing, Way};

/// A row.
pub struct Row {
    pub(super) key: String,
    pub(super) shown: Html,
}

/// Rows with a key each, unique among them. What can be pressed has a key of what it does: a button that becomes another
/// under the finger does what nobody meant.
pub fn rows<T: Into<Html>>(all: impl IntoIterator<Item = (String, T)>) -> Html {
    let row = |(key, shown): (String, T)| Row {
        key,
        shown: shown.into(),
    };
    Html::Rows(all.into_iter().map(row).collect())
}

/// Rows of which the first stays the first, whatever is in it: for what is read, and for what there is always as much of.
pub fn each<T: Into<Html>>(all: impl IntoIterator<Item = T>) -> Html {
    rows(
        all.into_iter()
            .enumerate()
            .map(|(at, shown)| (at.to_string(), shown)),
    )
}

struct StandingRow {
    key: String,
    standing: Standing,
}

/// Rows in the page, and the comment after the last.
pub struct StandingRows {
    rows: Vec<StandingRow>,
    end: Comment,
}

impl StandingRows {
    pub(super) fn new(all: Vec<Row>, way: &Way) -> Self {
        let stand = |row: Row| StandingRow {
            key: row.key,
            standing: row.shown.stand(way),
        };
        Self {
            rows: all.into_iter().map(stand).collect(),
            end: way.comment(),
        }
    }

    pub(super) fn change(&mut self, all: Vec<Row>) {
        let mut old = std::mem::take(&mut self.rows);
        for row in all {
            let known = old.iter().position(|known| known.key == row.key);
            self.rows.push(match known {
                Some(at) => {
                    let mut kept = old.remove(at);
                    row.shown.change(&mut kept.standing);
                    kept
                }
                None => StandingRow {
                    key: row.key,
                    standing: row.shown.stand(&Way::New),
                },
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
            let last = row.standing.last_node();
            if last.is_none_or(|last| last.next_sibling().as_ref() != Some(&next)) {
                row.standing.enter(&parent, Some(&next));
            }
            next = row.standing.node().unwrap_or(next);
        }
    }

    pub(super) fn enter(&mut self, parent: &Node, before: Option<&Node>) {
        for row in &mut self.rows {
            row.standing.enter(parent, before);
        }
        // Fails only where `before` is no child of `parent`; both come from the page itself.
        let _ = parent.insert_before(&self.end, before);
    }

    pub(super) fn leave(&mut self) {
        for row in &mut self.rows {
            row.standing.leave();
        }
        super::stand::remove(&self.end);
    }

    pub(super) fn end(&self) -> Node {
        self.end.clone().into()
    }

    pub(super) fn node(&self) -> Option<Node> {
        let first = self.rows.first().and_then(|row| row.standing.node());
        first.or_else(|| Some(self.end.clone().into()))
    }
}
