//! Times, and the bar that books one.

use super::counted;
use crate::dates::city;
use crate::{Confirm, Times};

pub(super) const TIMES: Times = Times {
    back: "All appointments",
    trainer: "Trainer",
    any_trainer: "Any trainer",
    strip_label: "Day",
    earlier: "Earlier days",
    later: "Later days",
    morning: "Morning",
    afternoon: "Afternoon",
    evening: "Evening",
    choose: "Choose a time",
    empty_day: "No free times on this day.",
    looking_ahead: "Looking further ahead…",
    sign_in_to_see: "Sign in to see the free times.",
    loading: "Loading the times…",
    service_gone: "This appointment isn't offered any more.",
    service_gone_hint: "See what else the studio offers.",
    gone_mark: "just taken",
    lost_mark: "can't be booked",
    zone: |zone| match zone {
        "UTC" | "Etc/UTC" => "Times are UTC.".to_owned(),
        zone => ["Times are ", &city(zone), " time."].concat(),
    },
    day_times: |day, n| [day, ", ", &counted(n, "no times", "time", "times")].concat(),
    day_unknown: |day| [day, ", times not known yet"].concat(),
    count_mark: |n| counted(n, "none", "time", "times"),
    legend: |day| ["Times on ", day].concat(),
    as_of: |when| ["Times as of ", when, ": the studio's system isn't answering."].concat(),
    next_free: |when| ["Next free: ", when].concat(),
    none_until: |day| ["No free times until ", day, "."].concat(),
    until: |time| ["until ", time].concat(),
    unreadable: |n| {
        let times = counted(n, "No time", "time", "times");
        [&times, " couldn't be read. Ask the studio about more."].concat()
    },
};

pub(super) const CONFIRM: Confirm = Confirm {
    label: "Your choice",
    hint: "Choose a time",
    choose_trainer: "With whom?",
    checking: "Checking this time…",
    sign_in_to_book: "Sign in to book. Your time stays chosen.",
    sign_in: "Sign in to book",
    book: "Book",
    booking: "Booking…",
    can_be_booked: "This time can be booked.",
    uncertain: "We're checking whether your booking went through.",
    uncertain_hint: "Please wait, and don't book again.",
    look_now: "Check now",
    given_up: "We can't find out whether it is booked.",
    not_booked: "It did not go through. Nothing was booked.",
    not_booked_hint: "You can check this time again.",
    unchecked: "This time couldn't be checked. Nothing was booked.",
    gone: "This time is no longer free. Nothing was booked.",
    gone_hint: "Choose another time.",
    alternatives: "Nearest free times",
    other_trainers: "Same time with",
    check_again: "Check again",
    drop: "Choose another time",
    close: "Close",
    offline: "You're offline. You can book once you're back online.",
    with: |names| ["with ", names].concat(),
    service_with: |service, names| [service, " with ", names].concat(),
    given_up_about: |what| ["Please ask the studio about ", what, "."].concat(),
    option_with: |time, names| [time, " with ", names].concat(),
};
