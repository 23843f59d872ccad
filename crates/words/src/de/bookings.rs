//! Booked, my bookings, cancelling.

use booking::bookings::Standing;

use super::counted;
use crate::{Booked, Bookings, Calendar, Cancel};

pub(super) const BOOKED: Booked = Booked {
    heading: "Gebucht",
    to_be_confirmed: "Gebucht – das Studio muss noch bestätigen",
    to_be_confirmed_text: "Unter Meine Buchungen siehst du, ob das Studio bestätigt hat.",
    to_be_confirmed_said: "Dein Termin ist gebucht. Das Studio muss ihn noch bestätigen.",
    unclear: "Das Studio hat deine Anfrage",
    unclear_text: "Das Studio hat deine Anfrage. Sieh unter Meine Buchungen nach.",
    cancelled: "Storniert",
    cancelled_text: "Diese Buchung ist storniert. Bitte frag das Studio.",
    text: "Dein Termin ist gebucht.",
    day: "Tag",
    time: "Zeit",
    trainer: "Trainer/in",
    number: "Buchungsnummer",
    studio: "Studio",
    add_to_calendar: "In den Kalender eintragen",
    google_calendar: "In Google Kalender eintragen",
    my_bookings: "Meine Buchungen ansehen",
    another: "Weiteren Termin buchen",
};

pub(super) const CALENDAR: Calendar = Calendar {
    to_be_confirmed: "Das Studio muss den Termin noch bestätigen.",
    summary: |service, studio| [service, " – ", studio].concat(),
    with: |names| ["Bei ", names, "."].concat(),
    number: |number| ["Buchungsnummer ", number, "."].concat(),
    contact: |contact| ["Verhindert? So erreichst du das Studio: ", contact].concat(),
};

pub(super) const BOOKINGS: Bookings = Bookings {
    heading: "Meine Buchungen",
    upcoming: "Kommende",
    past: "Vergangene",
    cancelled: "Stornierte",
    no_upcoming: "Du hast keine kommenden Termine.",
    book_one: "Termin buchen",
    covers: "Zwei Wochen zurück und voraus, dazu spätere, die du hier gebucht hast.",
    detail_heading: "Deine Buchung",
    loading: "Deine Buchungen werden geladen …",
    detail_gone: "Diese Buchung gibt es nicht, oder sie gehört dir nicht.",
    not_participating: "Als nicht teilgenommen vermerkt",
    as_of: |when| {
        [
            "Buchungen, Stand ",
            when,
            " Uhr. Das System des Studios antwortet nicht.",
        ]
        .concat()
    },
    unreadable: |n| {
        let bookings = counted(n, "Keine Buchung ist", "Buchung ist", "Buchungen sind");
        [&bookings, " nicht lesbar. Frag das Studio nach den übrigen."].concat()
    },
    standing,
};

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Upcoming => "Gebucht",
        Standing::ToBeConfirmed => "Noch nicht bestätigt",
        Standing::Past => "Vergangen",
        Standing::Cancelled => "Storniert",
        Standing::Unclear => "Frag das Studio",
    }
}

pub(super) const CANCEL: Cancel = Cancel {
    open: "Termin stornieren",
    keep: "Behalten",
    confirm: "Termin stornieren",
    sending: "Wird storniert …",
    reading_back: "Wir prüfen, ob der Termin storniert ist …",
    done: "Dein Termin ist storniert.",
    done_hint: "Du kannst eine andere Zeit buchen.",
    stands: "Der Termin wurde nicht storniert. Er steht weiterhin.",
    stands_hint: "Bitte das Studio, ihn zu stornieren.",
    unclear: "Wir konnten nicht herausfinden, ob der Termin storniert ist.",
    unclear_hint: "Prüf es noch einmal, oder frag das Studio.",
    not_confirmed: "Die Stornierung ist nicht bestätigt.",
    offline: "Du bist offline. Stornieren kannst du, sobald du wieder online bist.",
    ask: |when| [when, " stornieren?"].concat(),
    body: |service| {
        [
            service,
            " wird storniert. Das lässt sich nicht rückgängig machen.",
        ]
        .concat()
    },
};
