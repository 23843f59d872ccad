//! `listSlots`: free times in a window of days.
//!
//! Whether the window's last day belongs to it is undocumented. Here it does not, so that one day ahead is one day;
//! a quirk includes it. The list is the same for every customer; what they may not have, validate refuses.

use axum::Json;
use axum::extract::State;
use chrono::{Datelike, NaiveDate};
use perfectgym::{BookableAppointmentId, CustomerId, DaysAhead, Slot};
use serde::Serialize;
use serde_json::{Value, json};

use super::answer;
use super::app::App;
use super::bounds::{Id, Params};
use super::error::Problem;
use crate::calendar::local;

/// An element of the list; one that cannot be read takes no other with it.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Listed {
    Slot(Slot),
    Unreadable(Value),
}

pub(super) async fn handle(
    State(app): State<App>,
    Id(id): Id<BookableAppointmentId>,
    params: Params,
) -> Result<Json<Vec<Listed>>, Problem> {
    let service = app
        .desk
        .timetable
        .service(id)
        .ok_or(Problem::NotFound("bookableAppointment"))?;
    if let Some(customer) = params.value::<CustomerId>("customerId")? {
        app.member(customer)?;
    }
    let offers = app.desk.slots(service, &window(&app, &params)?).await?;
    let quirks = app.quirks.read();
    let slots = offers
        .iter()
        .map(|offer| answer::slot(&app, &quirks, offer).map(Listed::Slot));
    let mut slots = slots.collect::<Result<Vec<_>, Problem>>()?;
    if let (true, Some(first)) = (quirks.unreadable_slot, slots.first_mut()) {
        *first = Listed::Unreadable(json!({ "startDateTime": "half past seven", "instructors": [] }));
    }
    Ok(Json(slots))
}

fn window(app: &App, params: &Params) -> Result<Vec<NaiveDate>, Problem> {
    let ahead = i64::from(params.bounded("daysAhead", DaysAhead::new)?.get());
    let first = day(params)?.unwrap_or_else(|| app.desk.today());
    let more = i64::from(app.quirks.read().inclusive_window);
    Ok((0..ahead + more)
        .map(|days| local::shifted(first, days))
        .collect())
}

fn day(params: &Params) -> Result<Option<NaiveDate>, Problem> {
    const NAME: &str = "slotWindowStartDate";
    let day = params.value::<NaiveDate>(NAME)?;
    // chrono also reads 2026-2-3 and +12026-02-03; a contract's `date` is ten characters.
    let is_one = |day: NaiveDate| {
        Some(day.to_string().as_str()) == params.text(NAME) && local::YEARS.contains(&day.year())
    };
    day.is_none_or(is_one)
        .then_some(day)
        .ok_or(Problem::Parameter(NAME))
}
