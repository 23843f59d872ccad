//! `getBooking`: any booking, however far ahead, and whose it is.

use axum::Json;
use axum::extract::State;
use perfectgym::{BookingId, BookingOfCustomer};

use super::answer;
use super::app::{App, Base};
use super::bounds::Id;
use super::error::Problem;

pub(super) async fn handle(
    State(app): State<App>,
    Id(id): Id<BookingId>,
    Base(base): Base,
) -> Result<Json<BookingOfCustomer>, Problem> {
    let row = app.desk.booking(id).await?.ok_or(Problem::NotFound("booking"))?;
    Ok(Json(BookingOfCustomer {
        booking: answer::booking(&app, &base, &row)?,
        customer_id: row.customer,
    }))
}
