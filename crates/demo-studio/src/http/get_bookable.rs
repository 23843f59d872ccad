//! `getBookableAppointment`: one of them.

use axum::Json;
use axum::extract::State;
use perfectgym::{BookableAppointment, BookableAppointmentId};

use super::answer;
use super::app::{App, Base};
use super::bounds::Id;
use super::error::Problem;

pub(super) async fn handle(
    State(app): State<App>,
    Id(id): Id<BookableAppointmentId>,
    Base(base): Base,
) -> Result<Json<BookableAppointment>, Problem> {
    let service = app
        .desk
        .timetable
        .service(id)
        .ok_or(Problem::NotFound("bookableAppointment"))?;
    Ok(Json(answer::bookable(service, &base)))
}
