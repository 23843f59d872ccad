//! Booked, my bookings, cancelling.

use booking::bookings::Standing;

use super::counted;
use crate::{Booked, Bookings, Calendar, Cancel};

pub(super) const BOOKED: Booked = Booked {
    heading: "Booked",
    to_be_confirmed: "Booked – the studio still has to confirm",
    to_be_confirmed_text: "My bookings shows whether the studio has confirmed it.",
    to_be_confirmed_said: "It is booked. The studio still has to confirm it.",
    unclear: "The studio has your request",
    unclear_text: "The studio has your request. Look at My bookings.",
    cancelled: "Cancelled",
    cancelled_text: "This booking is cancelled. Please ask the studio.",
    text: "It is booked.",
    day: "Day",
    time: "Time",
    trainer: "Trainer",
    number: "Booking number",
    studio: "Studio",
    add_to_calendar: "Add to calendar",
    google_calendar: "Add to Google Calendar",
    my_bookings: "See my bookings",
    another: "Book another",
};

pub(super) const CALENDAR: Calendar = Calendar {
    to_be_confirmed: "The studio still has to confirm it.",
    summary: |service, studio| [service, " – ", studio].concat(),
    with: |names| ["With ", names, "."].concat(),
    number: |number| ["Booking number ", number, "."].concat(),
    contact: |contact| ["Can't come? Reach the studio: ", contact].concat(),
};

pub(super) const BOOKINGS: Bookings = Bookings {
    heading: "My bookings",
    upcoming: "Upcoming",
    past: "Past",
    cancelled: "Cancelled",
    no_upcoming: "Nothing booked ahead.",
    book_one: "Book an appointment",
    covers: "Two weeks back and two weeks ahead, plus later ones booked here.",
    detail_heading: "Your booking",
    loading: "Loading your bookings…",
    detail_gone: "This booking doesn't exist, or isn't yours.",
    not_participating: "Marked as not attended",
    as_of: |when| ["Bookings as of ", when, ": the studio's system isn't answering."].concat(),
    unreadable: |n| {
        let bookings = counted(n, "No booking", "booking", "bookings");
        [&bookings, " couldn't be read. Ask the studio about the rest."].concat()
    },
    standing,
};

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Upcoming => "Booked",
        Standing::ToBeConfirmed => "To be confirmed",
        Standing::Past => "Past",
        Standing::Cancelled => "Cancelled",
        Standing::Unclear => "Ask the studio",
    }
}

pub(super) const CANCEL: Cancel = Cancel {
    open: "Cancel appointment",
    keep: "Keep it",
    confirm: "Cancel appointment",
    sending: "Cancelling…",
    reading_back: "Checking that it is cancelled…",
    done: "Your appointment is cancelled.",
    done_hint: "You can book another time.",
    stands: "It was not cancelled. Your appointment still stands.",
    stands_hint: "Please ask the studio to cancel it.",
    unclear: "We couldn't find out whether it is cancelled.",
    unclear_hint: "Check again, or ask the studio.",
    not_confirmed: "It is not confirmed as cancelled.",
    offline: "You're offline. You can cancel once you're back online.",
    ask: |when| ["Cancel ", when, "?"].concat(),
    body: |service| [service, " will be cancelled. This can't be undone."].concat(),
};
