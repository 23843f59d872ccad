//! `book`: books, by the same verdict that validate gives.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use perfectgym::AppointmentBooking;

use super::app::{App, Base};
use super::error::Problem;
use super::{answer, wish};
use crate::webhooks::Event;

pub(super) async fn handle(
    State(app): State<App>,
    Base(base): Base,
    body: Bytes,
) -> Result<Json<AppointmentBooking>, Problem> {
    let request = wish::read(&body)?;
    let (member, wish) = wish::of(&app, &request)?;
    let row = app.desk.book(member, &wish).await?.map_err(Problem::Refused)?;
    app.tell(Event::Created, row.id);
    Ok(Json(answer::booking(&app, &base, &row)?))
}
