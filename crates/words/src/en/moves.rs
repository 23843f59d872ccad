//! Another time of a booking, and the same once more.

use crate::Moves;

pub(super) const MOVES: Moves = Moves {
    another_time: "Another time",
    again: "Book again",
    of_unknown: "We can't tell which appointment this was.",
    of_unknown_hint: "Please choose it among all appointments.",
    pending: "Another time for your booking",
    over: "This booking can't be moved any more.",
    over_way: "Book an extra appointment",
    moving: "Moving…",
    heading: "Moved",
    moved: "Your appointment is moved.",
    both_heading: "Both times are booked",
    both_stand: "Both times are booked. Please cancel one of them.",
    cancel_old: "Cancel the old one",
    cancel_new: "Cancel the new one",
    undone_heading: "Not moved",
    instead: |when| ["Instead of ", when].concat(),
    move_to: |when| ["Move to ", when].concat(),
    given_up: |when| ["Your old time, ", when, ", is given up."].concat(),
    both: |when| ["Your old time, ", when, ", couldn't be cancelled."].concat(),
    undone: |when| ["The new time is cancelled. ", when, " stays booked."].concat(),
    stays: |when| ["Your old time, ", when, ", stays booked."].concat(),
};
