//! A failure on the screen: what failed, what was not done, one action, and the technical rest under Details.

use booking::flow::Event;
use booking::{Failure, FailureKind};

use crate::desk::Desk;
use crate::ui::html::{Element, Html, el};
use crate::ui::{Button, ButtonKind, Details, Icon, LinkButton, Notice, NoticeKind, wait_line};

/// Says what failed, and offers to try again where that is sound, else whom to ask.
pub fn failure_notice(desk: Desk, failure: &Failure) -> Notice {
    let w = desk.words;
    let retry = failure.retry || failure.kind == FailureKind::Unreadable;
    let way: Html = if retry {
        Button::new(w.failures.try_again, desk.sends(Event::TryAgain))
            .icon(Icon::Again)
            .into()
    } else {
        to_the_studio(desk)
    };
    told(desk, failure).way(way)
}

/// The same for a failure that offers nothing by itself: the way on stands beside it.
pub fn told(desk: Desk, failure: &Failure) -> Notice {
    let w = &desk.words.failures;
    let when = failure
        .retry_after
        .map(|seconds| (w.retry_after)(seconds))
        .unwrap_or_default();
    Notice::new(NoticeKind::Error, (w.of)(&failure.kind))
        .text(when)
        .details(details(desk, failure))
}

/// How to reach the studio.
pub fn to_the_studio(desk: Desk) -> Html {
    let text = (desk.words.refusals.way)(booking::refusal::Way::Studio);
    LinkButton::new("#help", text).kind(ButtonKind::Plain).into()
}

/// The trace id and the upstream's own words, for whoever helps.
pub fn details(desk: Desk, failure: &Failure) -> Details {
    let w = &desk.words.failures;
    let line = |name: &'static str, value: &Option<String>| value.clone().map(|value| (name, value));
    let lines = [
        line(w.upstream_message, &failure.upstream_message),
        line(w.trace_id, &failure.trace_id),
    ];
    Details {
        summary: w.details,
        lines: lines.into_iter().flatten().collect(),
    }
}

/// Reading takes long: says so, and offers a way out.
pub fn slow_line(desk: Desk, slow: bool) -> Option<Element> {
    let w = &desk.words.shell;
    slow.then(|| wait_line(w.still_trying, el("a").attr("href", "#help").child(w.help_text)))
}

/// Some could not be read: they are not shown, and that is said.
pub fn unreadable(count: usize, words: words::Count) -> Option<Element> {
    (count > 0).then(|| el("p").class("quiet").child(words(count)))
}
