//! Times, and the bar that books one.

use super::counted;
use crate::dates::city;
use crate::{Confirm, Times};

pub(super) const TIMES: Times = Times {
    back: "Alle Termine",
    trainer: "Trainer/in",
    any_trainer: "Alle Trainer/innen",
    strip_label: "Tag",
    earlier: "Frühere Tage",
    later: "Spätere Tage",
    morning: "Vormittag",
    afternoon: "Nachmittag",
    evening: "Abend",
    choose: "Wähle eine Zeit",
    empty_day: "An diesem Tag ist nichts frei.",
    looking_ahead: "Spätere Tage werden durchsucht …",
    sign_in_to_see: "Melde dich an, um freie Zeiten zu sehen.",
    loading: "Zeiten werden geladen …",
    service_gone: "Dieser Termin wird nicht mehr angeboten.",
    service_gone_hint: "Sieh nach, was das Studio sonst anbietet.",
    gone_mark: "gerade vergeben",
    lost_mark: "nicht buchbar",
    zone: |zone| match zone {
        "UTC" | "Etc/UTC" => "Alle Zeiten in UTC.".to_owned(),
        zone => ["Alle Zeiten sind Ortszeit ", german_city(&city(zone)), "."].concat(),
    },
    day_times: |day, n| [day, ", ", &counted(n, "keine Zeiten", "Zeit", "Zeiten")].concat(),
    day_unknown: |day| [day, ", Zeiten noch nicht bekannt"].concat(),
    count_mark: |n| counted(n, "keine", "Zeit", "Zeiten"),
    legend: |day| ["Zeiten am ", day].concat(),
    as_of: |when| {
        [
            "Zeiten, Stand ",
            when,
            " Uhr. Das System des Studios antwortet nicht.",
        ]
        .concat()
    },
    next_free: |when| ["Nächste freie Zeit: ", when].concat(),
    none_until: |day| ["Nichts frei bis ", day, "."].concat(),
    until: |time| ["bis ", time].concat(),
    unreadable: |n| {
        let times = counted(n, "Keine Zeit", "Zeit ist", "Zeiten sind");
        [&times, " nicht lesbar. Frag das Studio nach weiteren."].concat()
    },
};

/// The German name of a place that IANA names in English.
fn german_city(city: &str) -> &str {
    match city {
        "Athens" => "Athen",
        "Brussels" => "Brüssel",
        "Lisbon" => "Lissabon",
        "Luxembourg" => "Luxemburg",
        "Prague" => "Prag",
        "Rome" => "Rom",
        "Vienna" => "Wien",
        "Warsaw" => "Warschau",
        "Zurich" => "Zürich",
        other => other,
    }
}

pub(super) const CONFIRM: Confirm = Confirm {
    label: "Deine Auswahl",
    hint: "Wähle eine Zeit",
    choose_trainer: "Bei wem?",
    checking: "Diese Zeit wird geprüft …",
    sign_in_to_book: "Melde dich an, um zu buchen. Deine Zeit bleibt ausgewählt.",
    sign_in: "Anmelden und buchen",
    book: "Buchen",
    booking: "Wird gebucht …",
    can_be_booked: "Diese Zeit kannst du buchen.",
    uncertain: "Wir prüfen, ob deine Buchung angekommen ist.",
    uncertain_hint: "Bitte warte, und buche nicht noch einmal.",
    look_now: "Jetzt prüfen",
    given_up: "Wir können nicht herausfinden, ob es gebucht ist.",
    not_booked: "Das hat nicht geklappt. Es wurde nichts gebucht.",
    not_booked_hint: "Du kannst diese Zeit noch einmal prüfen.",
    unchecked: "Diese Zeit ließ sich nicht prüfen. Es wurde nichts gebucht.",
    gone: "Diese Zeit ist nicht mehr frei. Es wurde nichts gebucht.",
    gone_hint: "Wähle eine andere Zeit.",
    alternatives: "Nächste freie Zeiten",
    other_trainers: "Gleiche Zeit bei",
    check_again: "Noch einmal prüfen",
    drop: "Andere Zeit wählen",
    close: "Schließen",
    offline: "Du bist offline. Buchen kannst du, sobald du wieder online bist.",
    with: |names| ["bei ", names].concat(),
    service_with: |service, names| [service, " bei ", names].concat(),
    given_up_about: |what| ["Bitte frag das Studio nach: ", what, "."].concat(),
    option_with: |time, names| [time, " bei ", names].concat(),
};
