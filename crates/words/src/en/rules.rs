//! Refusals and failures: the cause, then what to do.

use booking::FailureKind;
use booking::refusal::{Refusal, Way};

use crate::{Failures, RefusalContext, Refusals};

pub(super) const REFUSALS: Refusals = Refusals {
    title: "This time can't be booked.",
    of: refusal,
    clash: |service, period| [service, " at ", period].concat(),
    way,
};

fn refusal(refusal: &Refusal, about: &RefusalContext) -> String {
    let text = match refusal {
        Refusal::Past if !about.time.is_empty() => return [&about.time, " has already started."].concat(),
        Refusal::Past => "This time has already started.",
        Refusal::NotAPeriod => "Something's wrong with this time on our side. Nothing was booked.",
        Refusal::PeriodChanged => "The studio changed how long this takes. Please choose again.",
        Refusal::OtherBooking => match &about.clash {
            Some(clash) => return ["You already have ", clash, "."].concat(),
            None => "You already have another booking then.",
        },
        Refusal::Paused => "Your membership is paused on that day.",
        Refusal::NoContingent => "Your membership has none of these left.",
        Refusal::Restricted => "This one has conditions that your membership doesn't meet.",
        Refusal::LimitReached => "You've reached the number you can book.",
        Refusal::TooEarly => "You can't book that time online.",
        Refusal::TooLate => "You can't book that time online. The studio may still fit you in.",
        Refusal::StudioClosed => "The studio is closed then.",
        Refusal::Taken => "Just taken: trainer or room is busy then.",
        Refusal::NotAvailable | Refusal::Unknown(_) => "That time can't be booked.",
    };
    text.to_owned()
}

fn way(way: Way) -> &'static str {
    match way {
        Way::OtherTimes => "See other times",
        Way::OtherTrainer => "Take another trainer",
        Way::OtherDays => "See other days",
        Way::OtherServices => "See other appointments",
        Way::Bookings => "See my bookings",
        Way::Studio => "Contact the studio",
    }
}

pub(super) const FAILURES: Failures = Failures {
    title: "That didn't work.",
    try_again: "Try again",
    details: "Details",
    trace_id: "Number for support",
    upstream_message: "The studio's system says",
    of,
    retry_after,
};

fn of(kind: &FailureKind) -> &'static str {
    match kind {
        FailureKind::Offline => "You're offline. Check your connection, then try again.",
        FailureKind::Timeout => "The studio's system took too long. Nothing was loaded. Please try again.",
        FailureKind::SignedOut => "You're no longer signed in. Nothing was changed. Please sign in again.",
        FailureKind::WrongCredentials => "Number and date of birth don't match. Check both and try again.",
        FailureKind::NotRecognised => "We don't recognise that. Try it again, or ask at the desk.",
        FailureKind::TooManyTries => "That was tried too often. You are not signed in.",
        FailureKind::NotFound => "It doesn't exist any more, or isn't yours. Nothing was changed.",
        FailureKind::Refused => "The studio's system refused it. Nothing was changed. Please ask the studio.",
        FailureKind::Conflict => "Somebody changed it at the same moment. Please try again.",
        FailureKind::Busy => "The studio's system is busy. Nothing was changed. Try again in a minute.",
        FailureKind::UpstreamDown => {
            "The studio's system isn't answering. Nothing was changed. Please try again."
        }
        FailureKind::SwitchedOff => {
            "Online booking is switched off. Nothing was changed. Please contact the studio."
        }
        FailureKind::BadRequest => "This page may be out of date. Nothing was changed. Please reload it.",
        FailureKind::Unreadable => "The studio's answer can't be read. Please contact the studio.",
        FailureKind::Uncertain => "We don't know whether it went through. Look at My bookings first.",
        FailureKind::Internal => "Something went wrong on our side. Nothing was changed. Please try again.",
        FailureKind::Unknown(_) => "That didn't work. Please reload the page, or contact the studio.",
    }
}

fn retry_after(seconds: u32) -> String {
    let minutes = seconds.div_ceil(60);
    match (seconds, minutes) {
        (0..=1, _) => "Try again now.".to_owned(),
        (2..60, _) => ["Try again in ", &seconds.to_string(), " seconds."].concat(),
        (_, 1) => "Try again in a minute.".to_owned(),
        (_, 2..=90) => ["Try again in ", &minutes.to_string(), " minutes."].concat(),
        _ => ["Try again in ", &minutes.div_ceil(60).to_string(), " hours."].concat(),
    }
}
