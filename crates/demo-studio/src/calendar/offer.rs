//! Free slots: the starts of the week for which a trainer and a room are free.

use chrono::{DateTime, NaiveDate, Utc};
use perfectgym::{InstructorId, ValidationStatus};

use super::{Busy, Resource, RoomId, Service, Span, Staff, Timetable, Wish, verdict};

/// A time that can be had, with whom and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// From when to when.
    pub span: Span,
    /// With whom: nobody, one, or a team.
    pub trainers: Vec<InstructorId>,
    /// Where, if it takes a room.
    pub room: Option<RoomId>,
}

/// The slots of a service on these days, in order of start, then of trainer.
///
/// Lists what is free, whoever asks. A service may overlook objections that validate will make
/// ([`Service::overlooks`]).
#[must_use]
pub fn offers(
    timetable: &Timetable,
    service: &Service,
    days: &[NaiveDate],
    busy: &Busy,
    now: DateTime<Utc>,
) -> Vec<Offer> {
    days.iter()
        .flat_map(|day| timetable.grid(service, *day))
        .filter(|span| is_listed(timetable, service, span, now))
        .flat_map(|span| of_span(timetable, service, span, busy))
        .collect()
}

fn is_listed(timetable: &Timetable, service: &Service, span: &Span, now: DateTime<Utc>) -> bool {
    let objections = verdict::objections(timetable, service, span, now);
    objections
        .iter()
        .all(|objection| service.overlooks.contains(objection))
}

fn of_span(timetable: &Timetable, service: &Service, span: Span, busy: &Busy) -> Vec<Offer> {
    let offer = |crew: Vec<InstructorId>| staff_with(timetable, service, span, crew, busy);
    crews(service).into_iter().filter_map(offer).collect()
}

/// Finds trainers and a room for a wish whose time is fine.
pub(super) fn staffed(
    timetable: &Timetable,
    wish: &Wish<'_>,
    busy: &Busy,
) -> Result<Offer, ValidationStatus> {
    let mut wanted = crews(wish.service);
    wanted.retain(|crew| wish.trainers.is_empty() || same(crew, &wish.trainers));
    if wanted.is_empty() {
        return Err(ValidationStatus::NotAvailable);
    }
    wanted
        .into_iter()
        .find_map(|crew| staff_with(timetable, wish.service, wish.span, crew, busy))
        .ok_or(ValidationStatus::ResourceNotAvailable)
}

fn crews(service: &Service) -> Vec<Vec<InstructorId>> {
    match &service.staff {
        Staff::Nobody => vec![Vec::new()],
        Staff::OneOf(trainers) => trainers.iter().map(|trainer| vec![*trainer]).collect(),
        Staff::Team(trainers) => vec![trainers.clone()],
    }
}

fn same(crew: &[InstructorId], named: &[InstructorId]) -> bool {
    crew.len() == named.len() && named.iter().all(|trainer| crew.contains(trainer))
}

fn staff_with(
    timetable: &Timetable,
    service: &Service,
    span: Span,
    trainers: Vec<InstructorId>,
    busy: &Busy,
) -> Option<Offer> {
    let needed = span.widened(service.before, service.after);
    let all_can = trainers.iter().all(|id| {
        let works = timetable
            .trainer(*id)
            .is_some_and(|trainer| trainer.hours.cover(timetable.zone, &span));
        works && busy.is_free(Resource::Trainer(*id), &needed)
    });
    let room = service
        .rooms
        .iter()
        .copied()
        .find(|room| busy.is_free(Resource::Room(*room), &needed));
    (all_can && (room.is_some() || service.rooms.is_empty())).then_some(Offer { span, trainers, room })
}
