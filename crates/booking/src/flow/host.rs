//! What the page of the gym's own is told whose frame shows the app: which step, what was booked or cancelled. Ids and times,
//! and nothing of the member. As the JSON that docs/embed.md describes.

use perfectgym::{AppointmentBooking, BookingId, Moment};

use super::{News, State};
use crate::Route;

/// What has been told so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Host {
    step: &'static str,
    said: u32,
}

impl Host {
    /// What is new since it was asked last, oldest first.
    pub fn notes(&mut self, state: &State) -> Vec<String> {
        let mut notes = Vec::new();
        let step = step(&state.route);
        if step != self.step {
            self.step = step;
            notes.push(note("step", &[("step", step)]));
        }
        if let Some(said) = state.said.as_ref().filter(|said| said.number != self.said) {
            self.said = said.number;
            notes.extend(of(state, &said.news));
        }
        notes
    }
}

fn step(route: &Route) -> &'static str {
    match route {
        Route::Catalogue(_) | Route::NotFound(_) => "services",
        Route::Times(pick) if pick.slot.is_some() => "choice",
        Route::Times(_) => "times",
        Route::Booked { .. } => "booked",
        Route::Bookings | Route::Booking(_) => "bookings",
        Route::SignIn(_) => "sign-in",
    }
}

fn of(state: &State, news: &News) -> Option<String> {
    let failed = |reason| Some(note("failed", &[("reason", reason)]));
    match news {
        News::Booked { id, .. } => Some(booked(*id, known(state, *id))),
        News::Moved { .. } => Some(note("moved", &[])),
        News::Cancelled => {
            let id = state.cancel.booking()?.to_string();
            Some(note("cancelled", &[("bookingId", &id)]))
        }
        News::SignedIn => Some(note("signed-in", &[])),
        News::SignedOut => Some(note("signed-out", &[])),
        News::Refused(_) | News::TimeGone => failed("refused"),
        News::NotBooked => failed("not-booked"),
        News::BothStand => failed("both-stand"),
        News::NotCancelled => failed("not-cancelled"),
        News::Failed => failed("failed"),
        News::NotHandedOver => failed("hand-off"),
        _ => None,
    }
}

fn known(state: &State, id: BookingId) -> Option<&AppointmentBooking> {
    let (known, booking) = state.booking.as_ref()?;
    booking.value.as_ref().filter(|_| *known == id)
}

fn booked(id: BookingId, booking: Option<&AppointmentBooking>) -> String {
    let id = id.to_string();
    match booking {
        Some(booking) => {
            let (start, end) = (plain(&booking.start_date_time), plain(&booking.end_date_time));
            note("booked", &[("bookingId", &id), ("start", start), ("end", end)])
        }
        None => note("booked", &[("bookingId", &id)]),
    }
}

/// The name of a zone is the upstream's, and could be anything that is not a bracket.
fn plain(at: &Moment) -> &str {
    at.text().split(['[', '"', '\\']).next().unwrap_or_default()
}

/// By hand, as a serializer would be larger than all of this. Ids, words of ours and date-times without their zone need no
/// escaping.
fn note(kind: &str, fields: &[(&str, &str)]) -> String {
    let mut text = ["{\"type\":\"", kind, "\""].concat();
    for (name, value) in fields {
        text.push_str(&[",\"", name, "\":\"", value, "\""].concat());
    }
    text + "}"
}
