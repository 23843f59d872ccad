//! A failure on the screen: what failed, what was not done, one action, and the technical rest under Details.

use booking::flow::Event;
use booking::{Failure, FailureKind};
use leptos::prelude::*;

use crate::desk::Desk;
use crate::ui::{Button, Details, Icon, Notice, NoticeKind, WaitLine};

/// Says what failed, and offers to try again where that is sound.
#[component]
pub fn FailureNotice(
    /// What failed.
    failure: Failure,
) -> impl IntoView {
    let desk = Desk::here();
    let w = desk.words;
    let title = (w.failures.of)(&failure.kind);
    let when = failure
        .retry_after
        .map(|seconds| (w.failures.retry_after)(seconds))
        .unwrap_or_default();
    let retry = failure.retry || matches!(failure.kind, FailureKind::Unreadable);
    view! {
        <Notice kind=NoticeKind::Error title=title text=when details=details(desk, &failure)>
            {retry.then(|| view! { <Button text=w.failures.try_again icon=Icon::Again on_press=desk.sends(Event::TryAgain) /> })}
        </Notice>
    }
}

/// The trace id and the upstream's own words, for whoever helps.
pub fn details(desk: Desk, failure: &Failure) -> Details {
    let w = &desk.words.failures;
    let line =
        |name: &'static str, value: &Option<String>| value.clone().map(|value| (name.to_owned(), value));
    let lines = [
        line(w.upstream_message, &failure.upstream_message),
        line(w.trace_id, &failure.trace_id),
    ];
    Details {
        summary: w.details.to_owned(),
        lines: lines.into_iter().flatten().collect(),
    }
}

/// Reading takes long: says so, and offers a way out.
#[component]
pub fn SlowLine(
    /// Whether it does.
    #[prop(into)]
    slow: Signal<bool>,
) -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.shell;
    move || {
        slow.get().then(|| {
            view! {
                <WaitLine text=w.still_trying>
                    <a href="#help">{w.help_text}</a>
                </WaitLine>
            }
        })
    }
}
