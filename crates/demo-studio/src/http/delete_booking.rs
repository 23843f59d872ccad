//! `deleteBooking`: cancels. The contract has no deadline; here it is the start.

use axum::Json;
use axum::extract::State;
use perfectgym::{BookingId, Deleted};

use super::app::App;
use super::bounds::Id;
use super::error::Problem;
use crate::desk::NotCancelled;
use crate::webhooks::Event;

pub(super) async fn handle(State(app): State<App>, Id(id): Id<BookingId>) -> Result<Json<Deleted>, Problem> {
    app.desk.cancel(id).await?.map_err(problem)?;
    app.tell(Event::Cancelled, id);
    Ok(Json(Deleted {
        success: Some("true".to_owned()),
    }))
}

fn problem(cause: NotCancelled) -> Problem {
    match cause {
        NotCancelled::Started => Problem::Started,
        NotCancelled::Already => Problem::AlreadyCancelled,
        NotCancelled::Unknown => Problem::NotFound("booking"),
    }
}
