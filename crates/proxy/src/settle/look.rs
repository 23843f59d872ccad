//! One look at the upstream for a booking whose answer was lost.

use booking::bookings::same_booking;
use chrono::{DateTime, Utc};
use perfectgym::{AppointmentBooking, BookingWish, ListBookings, Readable, ValidationStatus};

use super::Whose;
use crate::app::App;
use crate::attempt::LIST_REACHES;
use crate::store::{Attempt, Outcome};
use crate::upstream::note_unreadable;

/// What was sent, and when there was last a sign of life.
struct Sent<'a> {
    wish: &'a BookingWish,
    title: Option<&'a str>,
    quiet_since: DateTime<Utc>,
}

/// What one look found.
pub(super) enum Finding {
    /// There it is.
    Booked(Box<AppointmentBooking>),
    /// Not there, and too late for it to come still.
    NotBooked,
    /// Not there yet, or the upstream could not be asked.
    NotYetKnown,
    /// The upstream has no way to ask; what validation says of the same wish now.
    Unsettleable(ValidationStatus),
}

/// Looks for the booking in the member's list; `None` where it is not there, or the upstream could not be asked.
pub(crate) async fn find(
    app: &App,
    whose: &Whose,
    wish: &BookingWish,
    title: Option<&str>,
    language: &str,
) -> Option<AppointmentBooking> {
    let list = list(app, whose, language).await?;
    list.items
        .into_iter()
        .find(|booking| same_booking(wish, title, booking))
}

async fn list(app: &App, whose: &Whose, language: &str) -> Option<Readable<AppointmentBooking>> {
    let bookings = app.upstream.call(&whose.list(), language).await.ok()?;
    note_unreadable::<ListBookings>(bookings.unreadable);
    Some(bookings)
}

/// Looks once for what came of an attempt that was sent.
pub(super) async fn look(app: &App, whose: &Whose, attempt: &Attempt, language: &str) -> Finding {
    let Some(wish) = &attempt.wish else {
        return Finding::NotBooked;
    };
    let sent = Sent {
        wish,
        title: attempt.title.as_deref(),
        quiet_since: quiet_since(app, attempt),
    };
    look_in_the_list(app, whose, &sent, language).await
}

async fn look_in_the_list(app: &App, whose: &Whose, sent: &Sent<'_>, language: &str) -> Finding {
    let Some(bookings) = list(app, whose, language).await else {
        return Finding::NotYetKnown;
    };
    let mut at_that_time = bookings
        .items
        .into_iter()
        .filter(|booking| same_booking(sent.wish, None, booking))
        .peekable();
    let there_is_another = at_that_time.peek().is_some();
    if let Some(booking) = at_that_time.find(|booking| same_booking(sent.wish, sent.title, booking)) {
        return Finding::Booked(Box::new(booking));
    }
    if sent.wish.end_date_time.instant() > app.clock.now() + LIST_REACHES {
        return look_further(app, whose, sent, language).await;
    }
    match settled(app, sent) {
        // An element that could not be read may be the very booking.
        _ if bookings.unreadable > 0 => Finding::NotYetKnown,
        // So may one under another title: a service can be renamed, or be called otherwise in another language.
        Finding::NotBooked if there_is_another => {
            Finding::Unsettleable(ValidationStatus::CustomerInOtherBooking)
        }
        finding => finding,
    }
}

/// Beyond the list nothing but the verdict of validation tells: whoever is still free to book has not booked.
/// `CUSTOMER_IN_OTHER_BOOKING` says that there is a booking, not which; its id is the studio's to tell.
async fn look_further(app: &App, whose: &Whose, sent: &Sent<'_>, language: &str) -> Finding {
    match app
        .upstream
        .call(&whose.could(sent.wish), language)
        .await
        .map(|answer| answer.validation_status)
    {
        Ok(ValidationStatus::Available) => settled(app, sent),
        Ok(verdict) => Finding::Unsettleable(verdict),
        Err(_) => Finding::NotYetKnown,
    }
}

/// A call may still be at work in the upstream after we stopped waiting for it.
fn settled(app: &App, sent: &Sent<'_>) -> Finding {
    let quiet = app.clock.now() - sent.quiet_since;
    if quiet >= app.settings.limits.settled_after {
        Finding::NotBooked
    } else {
        Finding::NotYetKnown
    }
}

/// A process that ended in mid-flight wrote when it sent, not when its call was given up.
fn quiet_since(app: &App, attempt: &Attempt) -> DateTime<Utc> {
    match attempt.outcome {
        Outcome::Sent => attempt.changed_at + app.settings.limits.write * 2,
        _ => attempt.changed_at,
    }
}
