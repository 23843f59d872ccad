//! A question that has to be answered first: the browser's own `<dialog>`, so the page behind is inert, Escape works, and
//! the focus goes back to where it came from.

use web_sys::Event;

use super::Press;
use super::html::{Html, Text, el};

/// A dialog. It never closes itself: Escape and a press beside it only ask to.
pub struct Dialog {
    /// Unique on the page.
    pub id: &'static str,
    /// Whether it is open. Closing returns the focus to what had it.
    pub open: bool,
    /// The question.
    pub title: Text,
    /// What follows from it; empty for none.
    pub text: Text,
    /// The answers; `autofocus` is the harmless one's.
    pub answers: Html,
    /// The member wants out: Escape, or a press beside the dialog.
    pub on_dismiss: Press,
}

impl From<Dialog> for Html {
    fn from(dialog: Dialog) -> Self {
        let Dialog {
            id,
            open,
            title,
            text,
            answers,
            on_dismiss,
        } = dialog;
        let (cancelled, closed, pressed_beside) =
            (Press::clone(&on_dismiss), Press::clone(&on_dismiss), on_dismiss);
        let cancel = move |event: Event| {
            event.prevent_default();
            cancelled();
        };
        // Browsers close a dialog on a second Escape whatever we say: then the page has to hear of it.
        let close = move |_| {
            if open {
                closed();
            }
        };
        let press = move |event: Event| {
            if event.target() == event.current_target() {
                pressed_beside();
            }
        };
        let heading = [id, "-title"].concat();
        let words = [id, "-text"].concat();
        let body = el("div")
            .class("dialog-body")
            .child(
                el("h2")
                    .class("dialog-title")
                    .attr("id", heading.clone())
                    .child(title),
            )
            .child(
                el("p")
                    .class("dialog-text")
                    .attr("id", words.clone())
                    .child(Some(text).filter(|text| !text.is_empty())),
            )
            .child(el("div").class("dialog-actions").child(answers));
        el("dialog")
            .class("dialog")
            .attr("aria-labelledby", heading)
            .attr("aria-describedby", words)
            .attr("id", id)
            .on("cancel", cancel)
            .on("close", close)
            .on("click", press)
            .modal(open)
            .child(body)
            .into()
    }
}
