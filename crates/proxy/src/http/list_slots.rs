//! `listSlots`: for a member as that member, for others without
//! a customer, or not at all where the studio shows times to members only.

use std::sync::Arc;

use axum::extract::State;
use booking::FailureKind;
use chrono::NaiveDate;
use perfectgym::{DaysAhead, ListSlots, Readable, Slot};
use serde::Deserialize;

use super::error::Trouble;
use super::listed::Listed;
use super::sent::{Asking, Named, id};
use super::tongue::Tongue;
use crate::app::App;
use crate::identity::Member;
use crate::shown::slot_for_members;
use crate::upstream::note_unreadable;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked {
    days_ahead: Option<i32>,
    slot_window_start_date: Option<NaiveDate>,
}

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Named(which): Named,
    member: Option<Member>,
    tongue: Tongue,
    Asking(asked): Asking<Asked>,
) -> Result<Listed<Readable<Slot>>, Trouble> {
    if member.is_none() && app.settings.studio.times_need_sign_in {
        return Err(Trouble::of(FailureKind::SignedOut));
    }
    let bad = || Trouble::of(FailureKind::BadRequest);
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
    note_unreadable::<ListSlots>(slots.unreadable);
    app.zone.learn(&slots.items);
    let items = slots.items.into_iter().map(slot_for_members).collect();
    Ok(Listed::of(Readable { items, ..slots }))
}
