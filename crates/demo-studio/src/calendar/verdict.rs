//! Whether a wish can be had: one verdict for validate and for book, and the same objections for the slot list.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use perfectgym::{InstructorId, ValidationStatus};

use super::{Busy, Offer, Service, Span, Standing, Timetable, local, offer};

/// What somebody wants.
#[derive(Clone, Debug)]
pub struct Wish<'a> {
    /// Which service.
    pub service: &'a Service,
    /// From when to when; may be upside down.
    pub span: Span,
    /// With whom. Nobody named means: with anybody.
    pub trainers: Vec<InstructorId>,
}

/// Judges a wish, and says which trainers and room it would take.
///
/// What is wrong with the time itself comes first, then what the member may do, then whether trainer and room are
/// free: somebody who may not book at all should not be told to try another time.
///
/// # Errors
/// Any status of the contract but AVAILABLE.
pub fn judge(
    timetable: &Timetable,
    wish: &Wish<'_>,
    member: &Standing<'_>,
    busy: &Busy,
    now: DateTime<Utc>,
) -> Result<Offer, ValidationStatus> {
    if wish.span.until <= wish.span.from {
        return Err(ValidationStatus::EndDateTimeNotAfterStartDateTime);
    }
    let objections = objections(timetable, wish.service, &wish.span, now);
    let (of_rooms, of_time): (Vec<_>, Vec<_>) = objections
        .into_iter()
        .partition(|o| *o == ValidationStatus::ResourceNotAvailable);
    if let Some(first) = of_time.into_iter().next() {
        return Err(first);
    }
    if let Some(objection) = member.objection(timetable.zone, wish.service, &wish.span, now) {
        return Err(objection);
    }
    if let Some(first) = of_rooms.into_iter().next() {
        return Err(first);
    }
    offer::staffed(timetable, wish, busy)
}

/// Everything that speaks against this time for this service, whoever asks; none of it about what is booked.
#[must_use]
pub fn objections(
    timetable: &Timetable,
    service: &Service,
    span: &Span,
    now: DateTime<Utc>,
) -> Vec<ValidationStatus> {
    use ValidationStatus as V;
    let too_soon = now + TimeDelta::minutes(service.terms.notice);
    let too_far = now + TimeDelta::days(service.terms.horizon);
    let tests = [
        (span.from <= now, V::PastStartDateTime),
        (
            span.length() != TimeDelta::minutes(service.minutes.into()),
            V::PeriodDoesNotMatch,
        ),
        (
            span.from < too_soon && span.from > now,
            V::DateTimeBeforeEarliestBookingDateTime,
        ),
        (span.from > too_far, V::DateTimeAfterLatestBookingDateTime),
        (!timetable.is_open(service, span), V::StudioClosed),
        (is_unknown(timetable, service, span), V::NotAvailable),
        (
            is_double_booked(timetable, service, span),
            V::ResourceNotAvailable,
        ),
    ];
    tests
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, status)| status)
        .collect()
}

/// A start that the timetable does not have, or on a day on which the service is not given.
fn is_unknown(timetable: &Timetable, service: &Service, span: &Span) -> bool {
    let day = local::day_of(timetable.zone, span.from);
    service.withdrawn == Some(day.weekday()) || !timetable.has_start(service, span.from)
}

fn is_double_booked(timetable: &Timetable, service: &Service, span: &Span) -> bool {
    let day = local::day_of(timetable.zone, span.from);
    service
        .double_booked
        .filter(|other| other.on == day.weekday())
        .is_some_and(|other| other.part.on(timetable.zone, day).overlaps(span))
}
