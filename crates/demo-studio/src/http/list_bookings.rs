//! `listBookings`: a customer's bookings of two weeks to either side, cancelled ones too.

use axum::Json;
use axum::extract::State;
use perfectgym::AppointmentBooking;

use super::answer;
use super::app::{App, Base};
use super::bounds::Params;
use super::error::Problem;

pub(super) async fn handle(
    State(app): State<App>,
    Base(base): Base,
    params: Params,
) -> Result<Json<Vec<AppointmentBooking>>, Problem> {
    let id = params
        .value("customerId")?
        .ok_or(Problem::Parameter("customerId"))?;
    let rows = app.desk.bookings(app.member(id)?).await?;
    let answers = rows.iter().map(|row| answer::booking(&app, &base, row));
    Ok(Json(answers.collect::<Result<_, _>>()?))
}
