//! What became of a booking while the member looks at something else: on top of whatever screen that is.

use booking::bookings::Standing;
use booking::flow::{Event, Outcome, State};
use booking::refusal::Refusal;

use super::refused::sentence;
use crate::desk::Desk;
use crate::ui::html::{Html, Text};
use crate::ui::{Button, ButtonKind, LinkButton, Notice, NoticeKind};

/// Says it for eyes; ears have heard it already.
pub fn elsewhere(desk: Desk, state: &State) -> Html {
    state
        .outcome
        .as_ref()
        .map(|outcome| notice(desk, state, outcome))
        .into()
}

fn notice(desk: Desk, state: &State, outcome: &Outcome) -> Notice {
    let w = desk.words;
    let (kind, title, way): (_, Text, _) = match outcome {
        Outcome::Booked { standing, .. } => {
            let kind = match standing {
                Standing::Cancelled | Standing::Unclear => NoticeKind::Warning,
                Standing::Upcoming | Standing::ToBeConfirmed | Standing::Past => NoticeKind::Success,
            };
            (kind, w.booked.said(*standing).into(), w.bookings.detail_heading)
        }
        Outcome::Moved { both_stand: true, .. } => (
            NoticeKind::Warning,
            w.moves.both_stand.into(),
            w.bookings.detail_heading,
        ),
        Outcome::Moved { standing, .. } => {
            let said = match standing {
                Standing::Upcoming => w.moves.moved,
                other => w.booked.said(*other),
            };
            (NoticeKind::Success, said.into(), w.bookings.detail_heading)
        }
        Outcome::Refused { status, .. } => {
            let refusal = Refusal::of(status).unwrap_or(Refusal::NotAvailable);
            let why = sentence(desk, state, &refusal);
            (NoticeKind::Warning, why.into(), w.times.choose)
        }
        Outcome::NotBooked { .. } => (
            NoticeKind::Error,
            w.confirm.not_booked.into(),
            w.confirm.check_again,
        ),
        Outcome::GivenUp { .. } => (NoticeKind::Warning, w.confirm.given_up.into(), w.confirm.look_now),
    };
    let seen = Button::new(w.confirm.close, desk.sends(Event::OutcomeSeen)).kind(ButtonKind::Plain);
    Notice::new(kind, title)
        .silent()
        .way(LinkButton::new(outcome.route().format(), way))
        .way(seen)
}
