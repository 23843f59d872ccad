//! What became of a booking while the member looks at something else: on top of whatever screen that is.

use booking::bookings::Standing;
use booking::flow::{Event, Outcome};
use booking::refusal::Refusal;
use leptos::prelude::*;

use super::refused::sentence;
use crate::desk::Desk;
use crate::ui::{Button, ButtonKind, LinkButton, Notice, NoticeKind};

/// Says it for eyes; ears have heard it already.
#[component]
pub fn Elsewhere() -> impl IntoView {
    let desk = Desk::here();
    let outcome = desk.watch(|state| state.outcome.clone());
    move || outcome.get().map(|outcome| notice(desk, &outcome))
}

fn notice(desk: Desk, outcome: &Outcome) -> AnyView {
    let w = desk.words;
    let (kind, title, way) = match outcome {
        Outcome::Booked { standing, .. } => {
            let kind = match standing {
                Standing::Cancelled | Standing::Unclear => NoticeKind::Warning,
                Standing::Upcoming | Standing::ToBeConfirmed | Standing::Past => NoticeKind::Success,
            };
            let title = w.booked.said(*standing).to_owned();
            (kind, title, w.bookings.detail_heading)
        }
        Outcome::Refused { status, .. } => {
            let refusal = Refusal::of(status).unwrap_or(Refusal::NotAvailable);
            let title = desk.state.with_untracked(|state| sentence(desk, state, &refusal));
            (NoticeKind::Warning, title, w.times.choose)
        }
        Outcome::NotBooked { .. } => (
            NoticeKind::Error,
            w.confirm.not_booked.to_owned(),
            w.confirm.check_again,
        ),
        Outcome::GivenUp { .. } => (
            NoticeKind::Warning,
            w.confirm.given_up.to_owned(),
            w.confirm.look_now,
        ),
    };
    let href = outcome.route().format();
    view! {
        <Notice kind=kind title=title silent=true>
            <LinkButton href=href text=way />
            <Button text=w.confirm.close kind=ButtonKind::Plain on_press=desk.sends(Event::OutcomeSeen) />
        </Notice>
    }
    .into_any()
}
