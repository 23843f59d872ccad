//! Cancelling, as it is meant: what is said to be cancelled was read back, and what is cancelled already is cancelled.

use booking::bookings::Standing;
use booking::{Failure, FailureKind};
use perfectgym::{AppointmentBooking, BookingId, CustomerId, DeleteBooking, Deleted, GetBooking};

use crate::app::App;
use crate::http::error::{Doing, failure_of};
use crate::upstream::UpstreamError;

/// What came of it.
pub(crate) enum Cancelled {
    /// It stands no more.
    Gone(Deleted),
    /// The upstream will not, and why: it stands.
    Refused(Failure),
    /// Now was not the time: it stands, and may be cancelled later.
    NotNow(Failure),
    /// Nobody knows.
    Unknown(Failure),
}

/// Cancels a booking. Whose it is, the caller has made sure of.
pub(crate) async fn cancel(app: &App, whose: CustomerId, id: BookingId, language: &str) -> Cancelled {
    let said = app.upstream.call(&DeleteBooking { id }, language).await;
    // A booking does not say which service's it is.
    match &said {
        Err(error) if error.did_nothing() => app.times_are_old(whose, None),
        _ => app.times_changed(whose, None),
    }
    if let Err(error) = &said
        && error.did_nothing()
        && !error.is_verdict()
    {
        let failure = failure_of(error, Doing::Write);
        return match error {
            UpstreamError::Forbidden(_) => Cancelled::Refused(failure),
            _ => Cancelled::NotNow(failure),
        };
    }
    // A verdict may be that it is cancelled already: with an answer or without one, what counts is what is there now.
    let gone = is_gone(app, id, language).await;
    if gone == Some(true) && said.is_err() {
        // Perhaps since then only.
        app.times_changed(whose, None);
    }
    match (gone, said) {
        (Some(true), said) => Cancelled::Gone(said.unwrap_or_default()),
        (Some(false), Ok(_)) => Cancelled::Refused(Failure::of(FailureKind::Refused)),
        (Some(false), Err(error)) if error.did_nothing() => {
            Cancelled::Refused(failure_of(&error, Doing::Write))
        }
        (_, Err(error)) => Cancelled::Unknown(failure_of(&error, Doing::Write)),
        (None, Ok(_)) => Cancelled::Unknown(Failure::of(FailureKind::Uncertain)),
    }
}

/// What is cancelled already, whoever did it: a proxy that died in the middle of it told nobody.
pub(crate) fn gone_already(app: &App, whose: CustomerId) -> Deleted {
    app.times_changed(whose, None);
    Deleted::default()
}

/// Whether it is cancelled; `None` where the upstream does not say.
pub(crate) async fn is_gone(app: &App, id: BookingId, language: &str) -> Option<bool> {
    match app.upstream.call(&GetBooking { id }, language).await {
        Ok(found) => Some(is_cancelled(app, &found.booking)),
        Err(UpstreamError::NotFound(_)) => Some(true),
        Err(_) => None,
    }
}

/// Whether the upstream's answer says so.
pub(crate) fn is_cancelled(app: &App, booking: &AppointmentBooking) -> bool {
    Standing::of(booking, app.clock.now()) == Standing::Cancelled
}
