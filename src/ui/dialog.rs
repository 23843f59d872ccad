//! A question that has to be answered first: the browser's own `<dialog>`, so the page behind is inert, Escape works, and
//! the focus goes back to where it came from.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDialogElement};

use super::html::el;

/// A dialog that is open while `open` says so. It never closes itself: Escape and a press beside it only ask to.
#[component]
pub fn Dialog(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// Whether it is open. Closing returns the focus to what had it.
    #[prop(into)]
    open: Signal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What follows from it; empty for none.
    #[prop(optional, into)]
    text: Signal<String>,
    /// The member wants out: Escape, or a press beside the dialog.
    #[prop(into)]
    on_dismiss: Callback<()>,
    /// The answers; give `autofocus` to the harmless one.
    children: Children,
) -> impl IntoView {
    let node = StoredValue::new_local(None::<HtmlDialogElement>);
    Effect::new(move |_| {
        let wanted = open.get();
        let Some(dialog) = node.get_value() else { return };
        match (wanted, dialog.open()) {
            // A dialog already out of the page cannot be shown, and nobody is there to answer it.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let cancel = move |event: Event| {
        event.prevent_default();
        on_dismiss.run(());
    };
    // Browsers close a dialog on a second Escape whatever we say: then the page has to hear of it.
    let closed = move |_| {
        if open.get_untracked() {
            on_dismiss.run(());
        }
    };
    let beside = move |event: Event| {
        let dialog = node.get_value().map(|dialog| dialog.into());
        if dialog.is_some() && event.target() == dialog {
            on_dismiss.run(());
        }
    };
    let heading = format!("{id}-title");
    let words = format!("{id}-text");
    let body = el("div")
        .class("dialog-body")
        .child(el("h2").class("dialog-title").attr("id", heading.clone()).child(title))
        .child(el("p").class("dialog-text").attr("id", words.clone()).child(text))
        .child(el("div").class("dialog-actions").child(children()));
    el("dialog")
        .class("dialog")
        .attr("aria-labelledby", heading)
        .attr("aria-describedby", words)
        .attr("id", id)
        .take(move |element| node.set_value(Some(element.clone().unchecked_into())))
        .on("cancel", cancel)
        .on("close", closed)
        .on("click", beside)
        .child(body)
        .into_any()
}
