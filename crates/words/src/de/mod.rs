//! German. Members are addressed as du.

mod bookings;
pub(crate) mod kiosk;
mod moves;
mod rules;
pub(crate) mod server;
mod times;

use booking::Lang;

use crate::{Catalogue, Dates, NotFound, Shell, SignIn, Words};

/// Every sentence in German.
pub(crate) static DE: Words = Words {
    lang: Lang::De,
    dates: DATES,
    shell: SHELL,
    catalogue: CATALOGUE,
    times: times::TIMES,
    confirm: times::CONFIRM,
    booked: bookings::BOOKED,
    calendar: bookings::CALENDAR,
    bookings: bookings::BOOKINGS,
    cancel: bookings::CANCEL,
    moves: moves::MOVES,
    sign_in: SIGN_IN,
    refusals: rules::REFUSALS,
    failures: rules::FAILURES,
    not_found: NOT_FOUND,
};

const DATES: Dates = Dates {
    weekdays: [
        "Montag",
        "Dienstag",
        "Mittwoch",
        "Donnerstag",
        "Freitag",
        "Samstag",
        "Sonntag",
    ],
    weekdays_short: ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    months_short: [
        "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.",
    ],
    today: "Heute",
    tomorrow: "Morgen",
    after_day: ".",
    after_weekday: ",",
    minute: "Minute",
    minutes: "Minuten",
    and: " und ",
};

const SHELL: Shell = Shell {
    skip: "Zum Inhalt springen",
    nav_label: "Hauptmenü",
    nav_catalogue: "Termine",
    nav_bookings: "Meine Buchungen",
    sign_in: "Anmelden",
    sign_out: "Abmelden",
    language: "Sprache",
    studio: "Dein Studio",
    demo: "Demo-Studio: Nichts hier ist echt.",
    offline: "Du bist offline.",
    back_online: "Du bist wieder online.",
    help: "Hilfe",
    help_text: "Nicht gefunden, was du brauchst? Das Studio hilft dir gern.",
    help_at_the_desk: "Nicht gefunden, was du brauchst? Frag am Empfang deines Studios.",
    loading: "Wird geladen …",
    still_trying: "Es dauert noch …",
    signed_in: "Du bist angemeldet.",
    signed_out: "Du bist abgemeldet.",
    signed_out_offline: "Du bist offline. Wir melden dich ab, sobald du wieder online bist.",
    sign_out_owed: "Du bist noch nicht überall abgemeldet. Wir versuchen es weiter.",
    session_ended: "Du bist nicht mehr angemeldet. Bitte melde dich neu an.",
    session_ended_at_book: "Du bist nicht mehr angemeldet. Es wurde nichts gebucht.",
    title: |screen, studio| [screen, " – ", studio].concat(),
    offline_as_of: |time| ["Du bist offline. Deine Buchungen, Stand ", time, " Uhr."].concat(),
};

const CATALOGUE: Catalogue = Catalogue {
    heading: "Termin buchen",
    search: "Termine suchen",
    search_submit: "Suchen",
    clear_search: "Suche löschen",
    all_categories: "Alle",
    categories_label: "Kategorien",
    other_category: "Weitere Termine",
    untitled: "Termin",
    nothing_found_hint: "Versuch ein anderes Wort, oder sieh dir alle Termine an.",
    empty: "Zurzeit lässt sich hier nichts online buchen.",
    empty_hint: "Frag das Studio, was es anbietet.",
    more: "Mehr anzeigen",
    loading: "Termine werden geladen …",
    count: |n| counted(n, "Keine Termine", "Termin", "Termine"),
    as_of: |when| {
        [
            "Termine, Stand ",
            when,
            " Uhr. Das System des Studios antwortet nicht.",
        ]
        .concat()
    },
    nothing_found: |search| ["Nichts gefunden für „", search, "“."].concat(),
};

const SIGN_IN: SignIn = SignIn {
    heading: "Anmelden",
    why: "Melde dich an, um Termine zu sehen und zu buchen.",
    why_book: "Melde dich an, um zu buchen. Deine Zeit bleibt ausgewählt.",
    number: "Mitgliedsnummer",
    number_hint: "Sie steht auf deiner Karte oder in deinem Vertrag.",
    birth_date: "Geburtsdatum",
    birth_date_hint: "Tag, Monat und Jahr.",
    email: "Weiter mit E-Mail",
    or_number: "Oder mit deiner Mitgliedsnummer:",
    submit: "Anmelden",
    busy: "Du wirst angemeldet …",
    number_missing: "Gib deine Mitgliedsnummer ein.",
    birth_date_invalid: "Gib ein ganzes Datum ein: Tag, Monat und Jahr.",
    demo_heading: "Als Testmitglied ausprobieren",
    demo_text: "Keine dieser Personen gibt es wirklich.",
    privacy: "Von deinen Daten bekommt diese Seite nur deinen Vornamen.",
    not_kept: "Dein Browser merkt sich die Anmeldung hier nicht.",
    not_kept_text: "In einem eigenen Tab schon. Deine Auswahl kommt mit.",
    new_tab: "In neuem Tab weiter",
};

const NOT_FOUND: NotFound = NotFound {
    heading: "Seite nicht gefunden",
    text: "Unter dieser Adresse gibt es nichts.",
    home: "Alle Termine ansehen",
};

/// "6 Zeiten": the words for none, one and more.
fn counted(n: usize, none: &str, one: &str, more: &str) -> String {
    match n {
        0 => none.to_owned(),
        1 => ["1 ", one].concat(),
        n => [&n.to_string(), " ", more].concat(),
    }
}
