//! The studio as a whole: its zone, its week, its people, its rooms, and the starts that its week makes possible.

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use perfectgym::{BookableAppointmentId, InstructorId};

use super::{Between, Closing, Hours, Room, Service, Span, Trainer, local};

/// Everything about the studio that no booking changes.
#[derive(Clone, Debug)]
pub struct Timetable {
    /// The zone of its wall clock.
    pub zone: Tz,
    /// When its doors are open.
    pub opening: Hours,
    /// When they are not, though the week says so.
    pub closings: Vec<Closing>,
    /// What it offers.
    pub services: Vec<Service>,
    /// Who works there.
    pub trainers: Vec<Trainer>,
    /// Where.
    pub rooms: Vec<Room>,
}

impl Timetable {
    /// The service with that id.
    #[must_use]
    pub fn service(&self, id: BookableAppointmentId) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }

    /// The trainer with that id.
    #[must_use]
    pub fn trainer(&self, id: InstructorId) -> Option<&Trainer> {
        self.trainers.iter().find(|trainer| trainer.id == id)
    }

    /// The hours in which the service happens, if the studio is not closed.
    #[must_use]
    pub fn hours_of<'a>(&'a self, service: &'a Service) -> &'a Hours {
        service.hours.as_ref().unwrap_or(&self.opening)
    }

    /// The spans that the list is made from on that day: a grid of starts within the hours, less closings that were
    /// known when the list was made. A start in the skipped hour is left out; one in the repeated hour comes twice.
    #[must_use]
    pub fn grid(&self, service: &Service, day: NaiveDate) -> Vec<Span> {
        let minutes = service.listed_minutes(day);
        let mut spans = Vec::new();
        for part in self.hours_of(service).parts(day) {
            let starts = (part.from..part.until).step_by(usize::from(service.step.max(1)));
            let lasting = starts
                .flat_map(|minute| local::instants(self.zone, local::wall(day, minute)))
                .map(|start| Span::lasting(start, minutes));
            spans.extend(lasting.filter(|span| self.fits(service, part, day, span)));
        }
        spans.sort_by_key(|span| span.from);
        spans
    }

    /// Whether the grid of its day has this start. Says it without making the grid.
    #[must_use]
    pub fn has_start(&self, service: &Service, at: DateTime<Utc>) -> bool {
        let shown = at.with_timezone(&self.zone);
        let (day, minute) = (shown.date_naive(), shown.hour() * 60 + shown.minute());
        let on_the_minute = shown.second() == 0 && shown.nanosecond() == 0;
        let span = Span::lasting(at, service.listed_minutes(day));
        let step = u32::from(service.step.max(1));
        let starts = |part: &Between| {
            (part.from.into()..part.until.into()).contains(&minute)
                && (minute - u32::from(part.from)).is_multiple_of(step)
        };
        let mut parts = self.hours_of(service).parts(day).filter(starts);
        on_the_minute && parts.any(|part| self.fits(service, part, day, &span))
    }

    fn fits(&self, service: &Service, part: Between, day: NaiveDate, span: &Span) -> bool {
        part.on(self.zone, day).contains(span) && !self.is_shut(service, span, false)
    }

    /// Whether the doors are open for the whole span, by everything that is known now.
    #[must_use]
    pub fn is_open(&self, service: &Service, span: &Span) -> bool {
        self.hours_of(service).cover(self.zone, span)
            && !self.is_shut(service, span, false)
            && !self.is_shut(service, span, true)
    }

    /// A service with hours of its own has its own door, and no closing.
    fn is_shut(&self, service: &Service, span: &Span, late: bool) -> bool {
        let mut closings = self.closings.iter().filter(|closing| closing.late == late);
        service.hours.is_none() && closings.any(|closing| closing.shuts(self.zone, span))
    }
}
