//! `listSlots`: for a member as that member, for others without
//! a customer, or not at all where the studio shows times to members only.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use booking::FailureKind;
use chrono::NaiveDate;
use perfectgym::{DaysAhead, ListSlots, Readable, Slot};
use serde::Deserialize;

use super::error::Trouble;
use super::sent::id;
use super::tongue::Tongue;
use crate::app::App;
use crate::identity::Member;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked {
    days_ahead: Option<i32>,
    slot_window_start_date: Option<NaiveDate>,
}

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Path(which): Path<String>,
    member: Option<Member>,
    tongue: Tongue,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<Readable<Slot>>, Trouble> {
    if member.is_none() && app.settings.studio.times_need_sign_in {
        return Err(Trouble::of(FailureKind::SignedOut));
    }
    let bad = || Trouble::of(FailureKind::BadRequest);
    let Query(asked) = asked.map_err(|_| bad())?;
    let slots = ListSlots {
        id: id(&which)?,
        customer_id: member.map(|member| member.customer()),
        days_ahead: asked
            .days_ahead
            .map(DaysAhead::new)
            .transpose()
            .map_err(|_| bad())?,
        slot_window_start_date: asked.slot_window_start_date,
    };
    let slots = app
        .upstream
        .call(&slots, &tongue.accepts)
        .await
        .map_err(|error| Trouble::reading(&error))?;
    app.zone.learn(&slots.items);
    Ok(Json(slots))
}
