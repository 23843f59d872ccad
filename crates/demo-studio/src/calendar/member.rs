//! What a membership allows, and what the member has booked already.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use perfectgym::ValidationStatus;

use super::{Service, Span, local};

/// How often one kind of appointment can be had in a week (Monday to Sunday).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contingent {
    /// The kind, as services name it.
    pub kind: &'static str,
    /// Times a week.
    pub a_week: usize,
}

/// What a member may do.
#[derive(Clone, Debug, Default)]
pub struct Membership {
    /// Features that services may require.
    pub includes: Vec<&'static str>,
    /// Limits by kind. A kind that is not listed is not limited.
    pub contingents: Vec<Contingent>,
    /// Bookings to come that may stand at one time.
    pub booking_limit: Option<usize>,
    /// First and last day of a pause.
    pub idle: Option<(NaiveDate, NaiveDate)>,
}

/// A booking of the member's that stands.
#[derive(Clone, Copy, Debug)]
pub struct Own {
    /// When.
    pub span: Span,
    /// The kind of contingent it uses.
    pub contingent: Option<&'static str>,
}

/// A member at the moment of a wish.
#[derive(Clone, Debug)]
pub struct Standing<'a> {
    /// What the membership allows.
    pub membership: &'a Membership,
    /// Bookings that stand.
    pub bookings: &'a [Own],
}

impl Standing<'_> {
    /// What speaks against the wish on the member's side, the first thing first.
    #[must_use]
    pub fn objection(
        &self,
        zone: Tz,
        service: &Service,
        span: &Span,
        now: DateTime<Utc>,
    ) -> Option<ValidationStatus> {
        if self.is_idle(zone, span) {
            return Some(ValidationStatus::CustomerIdle);
        }
        if !self.may_have(service) {
            return Some(ValidationStatus::BookableAppointmentRestrictionsNotFulfilled);
        }
        if self.used_up(zone, service, span) {
            return Some(ValidationStatus::NoContingent);
        }
        if self.bookings.iter().any(|own| own.span.overlaps(span)) {
            return Some(ValidationStatus::CustomerInOtherBooking);
        }
        self.at_limit(now)
            .then_some(ValidationStatus::BookingLimitReached)
    }

    fn is_idle(&self, zone: Tz, span: &Span) -> bool {
        let first = local::day_of(zone, span.from);
        let last = local::day_of(zone, span.until - TimeDelta::seconds(1));
        self.membership
            .idle
            .is_some_and(|(from, until)| from <= last && first <= until)
    }

    fn may_have(&self, service: &Service) -> bool {
        service
            .requires
            .is_none_or(|feature| self.membership.includes.contains(&feature))
    }

    fn used_up(&self, zone: Tz, service: &Service, span: &Span) -> bool {
        let Some(kind) = service.contingent else {
            return false;
        };
        let Some(limit) = self.membership.contingents.iter().find(|c| c.kind == kind) else {
            return false;
        };
        let week = |span: &Span| local::day_of(zone, span.from).iso_week();
        let used = self
            .bookings
            .iter()
            .filter(|own| own.contingent == Some(kind) && week(&own.span) == week(span));
        used.count() >= limit.a_week
    }

    fn at_limit(&self, now: DateTime<Utc>) -> bool {
        let to_come = self.bookings.iter().filter(|own| own.span.from > now).count();
        self.membership
            .booking_limit
            .is_some_and(|limit| to_come >= limit)
    }
}
