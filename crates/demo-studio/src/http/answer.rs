//! From the studio's own words to the contract's.

use chrono::{DateTime, Utc};
use perfectgym::{
    AppointmentBooking, AppointmentStatus, BookableAppointment, BookingStatus, Instructor, InstructorId,
    Moment, MomentForm, ParticipantStatus, Slot,
};

use super::app::App;
use super::error::Problem;
use crate::calendar::{Offer, Service, Span};
use crate::desk;
use crate::quirks::Quirks;
use crate::store::{Fate, Row};

/// A service.
pub(super) fn bookable(service: &Service, base: &str) -> BookableAppointment {
    BookableAppointment {
        id: service.id,
        title: Some(service.title.to_owned()),
        duration: Some(service.minutes),
        category: service.category.map(str::to_owned),
        description: service.description.map(str::to_owned),
        img_url: picture(service, base),
    }
}

/// A free slot.
pub(super) fn slot(app: &App, quirks: &Quirks, offer: &Offer) -> Result<Slot, Problem> {
    let form = quirks.slot_form.map_or(app.slot_form, MomentForm::from);
    let (start, end) = moments(app, &offer.span, form)?;
    let (start, end) = if quirks.reversed_slots {
        (end, start)
    } else {
        (start, end)
    };
    Ok(Slot {
        start_date_time: start,
        end_date_time: end,
        instructors: instructors(app, quirks, &offer.trainers),
    })
}

/// A booking.
pub(super) fn booking(app: &App, base: &str, row: &Row) -> Result<AppointmentBooking, Problem> {
    let quirks = app.quirks.read();
    let service = app.desk.timetable.service(row.service);
    let form = quirks.booking_form.map_or(app.booking_form, MomentForm::from);
    let (start, end) = moments(app, &row.span, form)?;
    let over = row.span.until <= app.desk.clock.now();
    Ok(AppointmentBooking {
        booking_id: row.id,
        booking_status: booking_status(&quirks, row),
        start_date_time: start,
        end_date_time: end,
        title: service.map(|service| service.title.to_owned()),
        duration: service.map(|service| service.minutes),
        category: service.and_then(|service| service.category).map(str::to_owned),
        description: service.and_then(|service| service.description).map(str::to_owned),
        img_url: service.and_then(|service| picture(service, base)),
        instructors: instructors(app, &quirks, &row.trainers),
        appointment_status: appointment_status(&quirks, row, over),
        participant_status: participant_status(&quirks, row, over),
    })
}

fn booking_status(quirks: &Quirks, row: &Row) -> BookingStatus {
    let told = quirks.booking_status.as_deref().map(BookingStatus::from);
    match row.fate {
        Fate::Canceled => BookingStatus::Canceled,
        Fate::Unconfirmed => told.unwrap_or(BookingStatus::BookedWithConfirmationRequired),
        Fate::Booked | Fate::Missed => told.unwrap_or(BookingStatus::Booked),
    }
}

fn appointment_status(quirks: &Quirks, row: &Row, over: bool) -> AppointmentStatus {
    match (row.fate, quirks.appointment_status.as_deref()) {
        (Fate::Canceled, _) => AppointmentStatus::Canceled,
        (_, Some(told)) => AppointmentStatus::from(told),
        _ if over => AppointmentStatus::Completed,
        _ => AppointmentStatus::Planned,
    }
}

fn participant_status(quirks: &Quirks, row: &Row, over: bool) -> ParticipantStatus {
    if let (true, Some(told)) = (row.stands(), quirks.participant_status.as_deref()) {
        return ParticipantStatus::from(told);
    }
    match row.fate {
        Fate::Canceled | Fate::Missed => ParticipantStatus::NotParticipating,
        Fate::Unconfirmed if !over => ParticipantStatus::Unset,
        Fate::Booked | Fate::Unconfirmed => ParticipantStatus::Participating,
    }
}

fn picture(service: &Service, base: &str) -> Option<String> {
    service.picture.map(|name| format!("{base}/pictures/{name}.svg"))
}

fn moments(app: &App, span: &Span, form: MomentForm) -> Result<(Moment, Moment), Problem> {
    Ok((moment(app, span.from, form)?, moment(app, span.until, form)?))
}

fn moment(app: &App, at: DateTime<Utc>, form: MomentForm) -> Result<Moment, Problem> {
    let timetable = &app.desk.timetable;
    Moment::write(desk::shown(timetable, at), timetable.zone.name(), form)
        .map_err(|error| Problem::Fault(error.to_string()))
}

fn instructors(app: &App, quirks: &Quirks, ids: &[InstructorId]) -> Vec<Instructor> {
    let named = |id: &InstructorId| {
        if quirks.empty_instructors {
            Instructor::default()
        } else {
            instructor(app, *id)
        }
    };
    if quirks.no_instructors {
        Vec::new()
    } else {
        ids.iter().map(named).collect()
    }
}

fn instructor(app: &App, id: InstructorId) -> Instructor {
    let trainer = app.desk.timetable.trainer(id);
    Instructor {
        id: Some(id),
        first_name: trainer.map(|trainer| trainer.first_name.to_owned()),
        last_name: trainer.map(|trainer| trainer.last_name.to_owned()),
        public_name: trainer.and_then(|trainer| trainer.public_name).map(str::to_owned),
    }
}
