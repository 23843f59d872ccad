//! Another time of a booking, and the same once more.

use crate::Moves;

pub(super) const MOVES: Moves = Moves {
    another_time: "Andere Zeit",
    again: "Noch einmal buchen",
    of_unknown: "Wir wissen nicht, welcher Termin das war.",
    of_unknown_hint: "Bitte wähle ihn unter allen Terminen aus.",
    pending: "Eine andere Zeit für deine Buchung",
    over: "Diese Buchung lässt sich nicht mehr verschieben.",
    over_way: "Weiteren Termin buchen",
    moving: "Wird verschoben …",
    heading: "Verschoben",
    moved: "Dein Termin ist verschoben.",
    both_heading: "Beide Zeiten sind gebucht",
    both_stand: "Beide Zeiten sind gebucht. Bitte storniere eine davon.",
    cancel_old: "Alte Zeit stornieren",
    cancel_new: "Neue Zeit stornieren",
    undone_heading: "Nicht verschoben",
    instead: |when| ["Statt ", when].concat(),
    move_to: |when| ["Verschieben auf ", when].concat(),
    given_up: |when| ["Deine alte Zeit, ", when, ", ist aufgegeben."].concat(),
    both: |when| ["Deine alte Zeit, ", when, ", ließ sich nicht stornieren."].concat(),
    undone: |when| ["Die neue Zeit ist storniert. ", when, " bleibt gebucht."].concat(),
    stays: |when| ["Deine alte Zeit, ", when, ", bleibt gebucht."].concat(),
};
