//! `listSlots`: for a member as that member, for others without
//! a customer, or not at all where the studio shows times to members only.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use booking::FailureKind;
use chrono::NaiveDate;
use perfectgym::{DaysAhead, ListSlots};
use serde::Deserialize;

use super::error::Trouble;
use super::listed::{Listed, TakesGzip, written};
use super::sent::{Asking, Named, id};
use super::tongue::Tongue;
use crate::app::App;
use crate::identity::Member;
use crate::slots::slots;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked {
    pub(super) days_ahead: Option<i32>,
    pub(super) slot_window_start_date: Option<NaiveDate>,
}

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Named(which): Named,
    member: Option<Member>,
    tongue: Tongue,
    takes: TakesGzip,
    Asking(asked): Asking<Asked>,
) -> Result<Response, Trouble> {
    if member.is_none() && app.settings.studio.times_need_sign_in {
        return Err(Trouble::of(FailureKind::SignedOut));
    }
    let bad = || Trouble::of(FailureKind::BadRequest);
    let which = ListSlots {
        id: id(&which)?,
        customer_id: member.map(|member| member.customer()),
        days_ahead: asked
            .days_ahead
            .map(DaysAhead::new)
            .transpose()
            .map_err(|_| bad())?,
        slot_window_start_date: asked.slot_window_start_date,
    };
    let times = slots(&app, &which, &tongue.accepts).await;
    let times = times.map_err(|error| Trouble::reading(&error))?;
    let list = Listed::new(&times.json, times.unreadable);
    Ok(written(list.read_at(times.as_of), takes))
}
