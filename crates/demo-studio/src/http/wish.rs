//! The body of validate and of book.

use axum::body::Bytes;
use perfectgym::BookingRequest;

use super::app::App;
use super::error::Problem;
use crate::calendar::{Span, Wish};
use crate::seed::members::Member;

/// Reads a request's body.
pub(super) fn read(body: &Bytes) -> Result<BookingRequest, Problem> {
    serde_json::from_slice(body).map_err(|_| Problem::Body)
}

/// Who wants what; 404 for an id that nobody has.
pub(super) fn of<'a>(app: &'a App, request: &BookingRequest) -> Result<(&'a Member, Wish<'a>), Problem> {
    let member = app.member(request.customer_id)?;
    let service = app.desk.timetable.service(request.bookable_appointment_id);
    let span = Span {
        from: request.start_date_time.instant(),
        until: request.end_date_time.instant(),
    };
    let wish = Wish {
        service: service.ok_or(Problem::NotFound("bookableAppointment"))?,
        span,
        trainers: request.instructor_ids.clone(),
    };
    Ok((member, wish))
}
