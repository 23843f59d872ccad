//! `errorMessage` in English and German: what a studio's software says, not what an app should say.

use perfectgym::ValidationStatus;

use super::error::Problem;

/// A language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    En,
    De,
}

impl Lang {
    /// The language an `Accept-Language` header likes best of those we have; English if it likes none.
    pub(crate) fn from_header(header: &str) -> Self {
        let wishes = header.split(',').filter_map(wish);
        let best = wishes.fold(None, |best: Option<(Self, f32)>, (lang, weight)| match best {
            Some((_, most)) if most >= weight => best,
            _ => Some((lang, weight)),
        });
        best.map_or(Self::En, |(lang, _)| lang)
    }
}

fn wish(part: &str) -> Option<(Lang, f32)> {
    let (tag, weight) = part
        .split_once(';')
        .map_or((part, None), |(tag, rest)| (tag, rest.trim().strip_prefix("q=")));
    let lang = match tag.trim().get(..2)?.to_ascii_lowercase().as_str() {
        "en" => Lang::En,
        "de" => Lang::De,
        _ => return None,
    };
    let weight = weight.map_or(1.0, |text| text.trim().parse().unwrap_or(0.0));
    (weight > 0.0).then_some((lang, weight))
}

/// What is wrong, in words.
pub(crate) fn of(problem: &Problem, lang: Lang) -> String {
    match (problem, lang) {
        (Problem::MissingScope(scope), Lang::En) => {
            format!("The API key lacks the scope {}.", scope.as_str())
        }
        (Problem::MissingScope(scope), Lang::De) => {
            format!("Dem API-Schlüssel fehlt der Scope {}.", scope.as_str())
        }
        (Problem::Parameter(name), Lang::En) => format!("The parameter {name} is missing or cannot be read."),
        (Problem::Parameter(name), Lang::De) => format!("Der Parameter {name} fehlt oder ist nicht lesbar."),
        (Problem::Bounds(b), Lang::En) => format!("{} must be from {} to {}.", b.parameter, b.least, b.most),
        (Problem::Bounds(b), Lang::De) => {
            format!("{} muss von {} bis {} reichen.", b.parameter, b.least, b.most)
        }
        (Problem::Refused(status), lang) => refusal(status, lang).to_owned(),
        (problem, lang) => plain(problem, lang).to_owned(),
    }
}

fn plain(problem: &Problem, lang: Lang) -> &'static str {
    let (en, de) = match problem {
        Problem::BadKey => (
            "The API key is missing or not valid.",
            "Der API-Schlüssel fehlt oder ist ungültig.",
        ),
        Problem::Body => (
            "The body of the request cannot be read.",
            "Der Inhalt der Anfrage ist nicht lesbar.",
        ),
        Problem::NotFound(_) => (
            "There is nothing with this id.",
            "Unter dieser Id gibt es nichts.",
        ),
        Problem::NoSuchPath => (
            "There is nothing at this address.",
            "Unter dieser Adresse gibt es nichts.",
        ),
        Problem::NoSuchMethod => (
            "This address has no such method.",
            "Diese Adresse kennt diese Methode nicht.",
        ),
        Problem::Started => (
            "The appointment has already begun.",
            "Der Termin hat bereits begonnen.",
        ),
        Problem::AlreadyCancelled => (
            "The booking is already cancelled.",
            "Die Buchung ist bereits storniert.",
        ),
        Problem::TooMany => (
            "Too many requests. Please wait a minute.",
            "Zu viele Anfragen. Bitte eine Minute warten.",
        ),
        Problem::Told(_) => (
            "The studio's software was told to fail.",
            "Die Studiosoftware soll gerade versagen.",
        ),
        _ => (
            "An unexpected error occurred.",
            "Ein unerwarteter Fehler ist aufgetreten.",
        ),
    };
    match lang {
        Lang::En => en,
        Lang::De => de,
    }
}

fn refusal(status: &ValidationStatus, lang: Lang) -> &'static str {
    use ValidationStatus as V;
    let (en, de) = match status {
        V::Available => ("Booking is possible.", "Die Buchung ist möglich."),
        V::PastStartDateTime => (
            "The start is in the past.",
            "Der Beginn liegt in der Vergangenheit.",
        ),
        V::EndDateTimeNotAfterStartDateTime => (
            "The end is not after the start.",
            "Das Ende liegt nicht nach dem Beginn.",
        ),
        V::PeriodDoesNotMatch => (
            "The period does not match the appointment's length.",
            "Der Zeitraum passt nicht zur Dauer des Termins.",
        ),
        V::CustomerInOtherBooking => (
            "The customer has another booking in this period.",
            "Der Kunde hat in diesem Zeitraum eine andere Buchung.",
        ),
        V::CustomerIdle => (
            "The customer's contract is idle in this period.",
            "Der Vertrag des Kunden ruht in diesem Zeitraum.",
        ),
        V::NoContingent => (
            "The customer has no contingent left.",
            "Der Kunde hat kein Kontingent mehr.",
        ),
        V::BookableAppointmentRestrictionsNotFulfilled => (
            "The customer does not meet the restrictions.",
            "Der Kunde erfüllt die Einschränkungen nicht.",
        ),
        V::BookingLimitReached => (
            "The customer's booking limit is reached.",
            "Das Buchungslimit des Kunden ist erreicht.",
        ),
        V::DateTimeBeforeEarliestBookingDateTime => (
            "The start is before the earliest bookable time.",
            "Der Beginn liegt vor dem frühesten buchbaren Zeitpunkt.",
        ),
        V::DateTimeAfterLatestBookingDateTime => (
            "The start is after the latest bookable time.",
            "Der Beginn liegt nach dem spätesten buchbaren Zeitpunkt.",
        ),
        V::StudioClosed => (
            "The studio is closed in this period.",
            "Das Studio ist in diesem Zeitraum geschlossen.",
        ),
        V::ResourceNotAvailable => (
            "Trainer or room is not available.",
            "Trainer oder Raum ist nicht verfügbar.",
        ),
        V::NotAvailable | V::Unknown(_) => (
            "The appointment is not available.",
            "Der Termin ist nicht verfügbar.",
        ),
    };
    match lang {
        Lang::En => en,
        Lang::De => de,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_liked_best_wins_and_english_stands_in() {
        assert_eq!(Lang::from_header("de-DE,de;q=0.9,en;q=0.8"), Lang::De);
        assert_eq!(Lang::from_header("en;q=0.5, de;q=0.7"), Lang::De);
        assert_eq!(Lang::from_header("fr, en;q=0.1"), Lang::En);
        assert_eq!(Lang::from_header("de;q=0"), Lang::En);
        assert_eq!(Lang::from_header(""), Lang::En);
    }
}
