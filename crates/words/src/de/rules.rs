//! Refusals and failures: the cause, then what to do.

use booking::FailureKind;
use booking::refusal::{Refusal, Way};

use crate::{Failures, RefusalContext, Refusals};

pub(super) const REFUSALS: Refusals = Refusals {
    title: "Diese Zeit lässt sich nicht buchen.",
    of: refusal,
    clash: |service, period| [service, ", ", period, " Uhr"].concat(),
    way,
};

fn refusal(refusal: &Refusal, about: &RefusalContext) -> String {
    let text = match refusal {
        Refusal::Past if !about.time.is_empty() => {
            return ["Der Termin um ", &about.time, " hat schon begonnen."].concat();
        }
        Refusal::Past => "Dieser Termin hat schon begonnen.",
        Refusal::NotAPeriod => "Mit dieser Zeit stimmt bei uns etwas nicht. Es wurde nichts gebucht.",
        Refusal::PeriodChanged => "Das Studio hat die Dauer geändert. Bitte wähle neu.",
        Refusal::OtherBooking => match &about.clash {
            Some(clash) => return ["Du hast schon etwas gebucht: ", clash, "."].concat(),
            None => "Du hast zu dieser Zeit schon etwas gebucht.",
        },
        Refusal::Paused => "Deine Mitgliedschaft ruht an diesem Tag.",
        Refusal::NoContingent => "Davon ist in deiner Mitgliedschaft nichts mehr übrig.",
        Refusal::Restricted => "Dieser Termin hat Bedingungen, die deine Mitgliedschaft nicht erfüllt.",
        Refusal::LimitReached => "Du hast die Höchstzahl deiner Buchungen erreicht.",
        Refusal::TooEarly => "Diese Zeit kannst du nicht online buchen.",
        Refusal::TooLate => "Diese Zeit kannst du nicht online buchen. Vielleicht hilft dir das Studio.",
        Refusal::StudioClosed => "Das Studio ist dann geschlossen.",
        Refusal::Taken => "Gerade vergeben: Trainer/in oder Raum ist dann belegt.",
        Refusal::NotAvailable | Refusal::Unknown(_) => "Diese Zeit lässt sich nicht buchen.",
    };
    text.to_owned()
}

fn way(way: Way) -> &'static str {
    match way {
        Way::OtherTimes => "Andere Zeiten ansehen",
        Way::OtherTrainer => "Jemand anderen wählen",
        Way::OtherDays => "Andere Tage ansehen",
        Way::OtherServices => "Andere Termine ansehen",
        Way::Bookings => "Meine Buchungen ansehen",
        Way::Studio => "Studio kontaktieren",
    }
}

pub(super) const FAILURES: Failures = Failures {
    title: "Das hat nicht geklappt.",
    try_again: "Noch einmal versuchen",
    details: "Details",
    trace_id: "Nummer für den Support",
    upstream_message: "Das System des Studios meldet",
    of,
    retry_after,
};

fn of(kind: &FailureKind) -> &'static str {
    match kind {
        FailureKind::Offline => "Du bist offline. Prüf deine Verbindung, dann versuch es erneut.",
        FailureKind::Timeout => {
            "Das System des Studios braucht zu lange. Es wurde nichts geladen. Bitte versuch es erneut."
        }
        FailureKind::SignedOut => {
            "Du bist nicht mehr angemeldet. Es wurde nichts geändert. Bitte melde dich neu an."
        }
        FailureKind::WrongCredentials => {
            "Nummer und Geburtsdatum passen nicht zusammen. Prüf beides und versuch es erneut."
        }
        FailureKind::NotRecognised => "Das kennen wir nicht. Versuch es erneut, oder frag am Empfang.",
        FailureKind::TooManyTries => "Das wurde zu oft versucht. Du bist nicht angemeldet.",
        FailureKind::NotFound => {
            "Das gibt es nicht mehr, oder es gehört dir nicht. Es wurde nichts geändert."
        }
        FailureKind::Refused => {
            "Das System des Studios hat abgelehnt. Es wurde nichts geändert. Bitte frag das Studio."
        }
        FailureKind::Conflict => "Jemand hat es im selben Moment geändert. Bitte versuch es erneut.",
        FailureKind::Busy => {
            "Das System des Studios ist ausgelastet. Es wurde nichts geändert. Versuch es in einer Minute erneut."
        }
        FailureKind::UpstreamDown => {
            "Das System des Studios antwortet nicht. Es wurde nichts geändert. Bitte versuch es erneut."
        }
        FailureKind::SwitchedOff => {
            "Die Online-Buchung ist abgeschaltet. Es wurde nichts geändert. Bitte wende dich ans Studio."
        }
        FailureKind::BadRequest => {
            "Diese Seite ist vielleicht veraltet. Es wurde nichts geändert. Bitte lade sie neu."
        }
        FailureKind::Unreadable => "Die Antwort des Studios ist nicht lesbar. Bitte wende dich ans Studio.",
        FailureKind::Uncertain => {
            "Wir wissen nicht, ob es geklappt hat. Sieh zuerst unter Meine Buchungen nach."
        }
        FailureKind::Internal => {
            "Bei uns ist etwas schiefgegangen. Es wurde nichts geändert. Bitte versuch es erneut."
        }
        FailureKind::Unknown(_) => "Das hat nicht geklappt. Lade die Seite neu, oder frag das Studio.",
    }
}

fn retry_after(seconds: u32) -> String {
    let minutes = seconds.div_ceil(60);
    match (seconds, minutes) {
        (0..=1, _) => "Versuch es jetzt erneut.".to_owned(),
        (2..60, _) => ["Versuch es in ", &seconds.to_string(), " Sekunden erneut."].concat(),
        (_, 1) => "Versuch es in einer Minute erneut.".to_owned(),
        (_, 2..=90) => ["Versuch es in ", &minutes.to_string(), " Minuten erneut."].concat(),
        _ => [
            "Versuch es in ",
            &minutes.div_ceil(60).to_string(),
            " Stunden erneut.",
        ]
        .concat(),
    }
}
