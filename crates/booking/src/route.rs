//! The addresses of the app: one typed value for each screen, parsed and written in one place.

use chrono::NaiveDate;
use form_urlencoded::Serializer;
use perfectgym::{BookableAppointmentId, BookingId, InstructorId};

use crate::slots::SlotKey;

/// Where a member is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// What the studio offers.
    Catalogue(Shelf),
    /// The times of one bookable appointment.
    Times(Pick),
    /// It is booked.
    Booked {
        /// What was made.
        id: BookingId,
        /// The booking that it was to take the place of, where it was to be moved.
        instead: Option<BookingId>,
    },
    /// My bookings.
    Bookings,
    /// One of them.
    Booking(BookingId),
    /// Sign in, and go on to where this says.
    SignIn(Box<Route>),
    /// No screen has this address.
    NotFound(String),
}

/// Which part of the catalogue is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// Words to look for; empty for all.
    pub search: String,
    /// Only this category.
    pub category: Option<String>,
}

/// What has been picked of one bookable appointment's times so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// Of what.
    pub service: BookableAppointmentId,
    /// The studio's day; the first one with times where none is picked.
    pub day: Option<NaiveDate>,
    /// Only with this one; anyone where none is picked.
    pub trainer: Option<InstructorId>,
    /// The time.
    pub slot: Option<SlotKey>,
    /// The booking that is to be moved to it; `None` where it is one more.
    pub instead: Option<BookingId>,
}

impl Pick {
    /// Nothing picked yet.
    pub fn of(service: BookableAppointmentId) -> Self {
        Self {
            service,
            day: None,
            trainer: None,
            slot: None,
            instead: None,
        }
    }

    /// Another time of the same, for a booking.
    pub fn instead_of(booking: BookingId, service: BookableAppointmentId) -> Self {
        Self {
            instead: Some(booking),
            ..Self::of(service)
        }
    }
}

impl Route {
    /// The whole catalogue: where everything starts.
    pub fn home() -> Self {
        Self::Catalogue(Shelf::default())
    }

    /// Reads path and query (`/services/7?day=2026-12-02`). What cannot be read in a query counts as not picked.
    pub fn parse(address: &str) -> Self {
        let address = address.split('#').next().unwrap_or_default();
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let query = Query(query);
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let found = match parts.as_slice() {
            [] => Some(Self::Catalogue(query.shelf())),
            ["services", id] => id.parse().ok().map(|id| Self::Times(query.pick(id))),
            ["booked", id] => id.parse().ok().map(|id| query.booked(id)),
            ["bookings"] => Some(Self::Bookings),
            ["bookings", id] => id.parse().ok().map(Self::Booking),
            ["sign-in"] => Some(Self::SignIn(Box::new(query.next()))),
            _ => None,
        };
        found.unwrap_or_else(|| Self::NotFound(path.to_owned()))
    }

    /// Writes the address that [`Route::parse`] reads.
    pub fn format(&self) -> String {
        match self {
            Self::Catalogue(shelf) => with_query("/".to_owned(), &shelf.pairs()),
            Self::Times(pick) => with_query(format!("/services/{}", pick.service), &pick.pairs()),
            Self::Booked { id, instead } => with_query(format!("/booked/{id}"), &instead_pair(*instead)),
            Self::Bookings => "/bookings".to_owned(),
            Self::Booking(id) => format!("/bookings/{id}"),
            Self::SignIn(next) if **next == Self::home() => "/sign-in".to_owned(),
            Self::SignIn(next) => with_query("/sign-in".to_owned(), &[("next", next.format())]),
            Self::NotFound(path) => path.clone(),
        }
    }

    /// Sign in, then come back to here. Signing in from the sign-in screen goes where that one goes.
    pub fn through_sign_in(self) -> Self {
        match self {
            Self::SignIn(next) => Self::SignIn(next),
            other => Self::SignIn(Box::new(other)),
        }
    }

    /// Whether a member has to be signed in to see anything there.
    pub fn is_for_members(&self) -> bool {
        matches!(self, Self::Booked { .. } | Self::Bookings | Self::Booking(_))
    }

    /// Whether it is a screen on which that booking can be cancelled.
    pub fn is_about(&self, booking: BookingId) -> bool {
        match self {
            Self::Booking(id) => *id == booking,
            Self::Booked { id, instead } => *id == booking || *instead == Some(booking),
            _ => false,
        }
    }

    /// Whether both are the same screen, whatever has been picked on it: going from one to the other moves no focus.
    pub fn same_screen(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Times(a), Self::Times(b)) => a.service == b.service && a.instead == b.instead,
            (Self::Catalogue(_), Self::Catalogue(_)) | (Self::SignIn(_), Self::SignIn(_)) => true,
            (a, b) => a == b,
        }
    }
}

impl Shelf {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let search = Some(self.search.clone())
            .filter(|s| !s.is_empty())
            .map(|s| ("q", s));
        search
            .into_iter()
            .chain(self.category.clone().map(|c| ("category", c)))
            .collect()
    }
}

impl Pick {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = instead_pair(self.instead);
        pairs.extend(self.day.map(|day| ("day", day.to_string())));
        pairs.extend(self.trainer.map(|trainer| ("trainer", trainer.to_string())));
        if let Some(slot) = &self.slot {
            pairs.push(("start", slot.start.clone()));
            pairs.push(("end", slot.end.clone()));
            let ids: Vec<String> = slot.instructors.iter().map(ToString::to_string).collect();
            pairs.extend(
                Some(ids.join(","))
                    .filter(|ids| !ids.is_empty())
                    .map(|ids| ("with", ids)),
            );
        }
        pairs
    }
}

fn instead_pair(instead: Option<BookingId>) -> Vec<(&'static str, String)> {
    instead
        .map(|id| ("instead", id.to_string()))
        .into_iter()
        .collect()
}

fn with_query(path: String, pairs: &[(&'static str, String)]) -> String {
    if pairs.is_empty() {
        return path;
    }
    format!(
        "{path}?{}",
        Serializer::new(String::new()).extend_pairs(pairs).finish()
    )
}

struct Query<'a>(&'a str);

impl Query<'_> {
    fn get(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.0.as_bytes());
        pairs
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
            .filter(|value| !value.is_empty())
    }

    fn shelf(&self) -> Shelf {
        Shelf {
            search: self.get("q").unwrap_or_default(),
            category: self.get("category"),
        }
    }

    fn pick(&self, service: BookableAppointmentId) -> Pick {
        Pick {
            service,
            day: self.get("day").and_then(|day| crate::day::parse(&day)),
            trainer: self.get("trainer").and_then(|trainer| trainer.parse().ok()),
            slot: self.slot(),
            instead: self.instead(),
        }
    }

    fn instead(&self) -> Option<BookingId> {
        self.get("instead").and_then(|id| id.parse().ok())
    }

    /// Nothing takes its own place.
    fn booked(&self, id: BookingId) -> Route {
        let instead = self.instead().filter(|old| *old != id);
        Route::Booked { id, instead }
    }

    fn slot(&self) -> Option<SlotKey> {
        let ids = self.get("with").unwrap_or_default();
        let instructors: Option<_> = ids
            .split(',')
            .filter(|id| !id.is_empty())
            .map(|id| id.parse().ok())
            .collect();
        Some(SlotKey {
            start: self.get("start")?,
            end: self.get("end")?,
            instructors: instructors?,
        })
    }

    /// Where to go after signing in: an address of this app, never another site's, and never sign-in itself.
    fn next(&self) -> Route {
        let ours = self
            .get("next")
            .filter(|next| next.starts_with('/') && !next.starts_with("//"));
        match ours.map(|next| Route::parse(&next)) {
            Some(Route::SignIn(_) | Route::NotFound(_)) | None => Route::home(),
            Some(route) => route,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(route: &Route) {
        assert_eq!(&Route::parse(&route.format()), route, "{}", route.format());
    }

    #[test]
    fn every_screen_has_an_address_that_reads_back() {
        let slot = SlotKey {
            start: "2026-12-02T17:30:00.000+01:00[Europe/Berlin]".into(),
            end: "2026-12-02T18:15:00.000+01:00[Europe/Berlin]".into(),
            instructors: vec![InstructorId(7), InstructorId(i64::MAX)],
        };
        let pick = Pick {
            service: BookableAppointmentId(9_007_199_254_740_993),
            day: "2026-12-02".parse().ok(),
            trainer: Some(InstructorId(7)),
            slot: Some(slot),
            instead: None,
        };
        let moved = Pick {
            instead: Some(BookingId(5)),
            ..pick.clone()
        };
        let shelf = Shelf {
            search: "körper & geist".into(),
            category: Some("Body/Scan+".into()),
        };
        round(&Route::home());
        round(&Route::Catalogue(shelf));
        round(&Route::Times(pick.clone()));
        round(&Route::Times(Pick::of(BookableAppointmentId(1))));
        round(&Route::SignIn(Box::new(Route::Times(pick))));
        round(&Route::SignIn(Box::new(Route::Times(moved))));
        round(&Route::Booked {
            id: BookingId(5),
            instead: None,
        });
        round(&Route::Booked {
            id: BookingId(6),
            instead: Some(BookingId(5)),
        });
        round(&Route::Bookings);
        round(&Route::Booking(BookingId(5)));
        round(&Route::NotFound("/nowhere/at/all".into()));
    }

    #[test]
    fn signing_in_never_leads_to_another_site_or_round_in_a_circle() {
        for next in [
            "//evil.example",
            "https://evil.example",
            "/sign-in",
            "/no/such/place",
            "",
        ] {
            let address = format!(
                "/sign-in?{}",
                Serializer::new(String::new()).append_pair("next", next).finish()
            );
            assert_eq!(
                Route::parse(&address),
                Route::SignIn(Box::new(Route::home())),
                "{next}"
            );
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_picked_and_an_unknown_path_is_not_found() {
        let route = Route::parse("/services/7?day=tomorrow&trainer=Anna&start=x&with=1,b&instead=it");
        assert_eq!(route, Route::Times(Pick::of(BookableAppointmentId(7))));
        assert_eq!(
            Route::parse("/services/seven"),
            Route::NotFound("/services/seven".into())
        );
    }
}
