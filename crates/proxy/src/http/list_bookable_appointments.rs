//! `listBookableAppointments`: for everybody.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use booking::FailureKind;
use perfectgym::{ListBookableAppointments, SliceSize};
use serde::Deserialize;

use super::error::Trouble;
use super::listed::{Listed, TakesGzip, written};
use super::sent::Asking;
use super::tongue::Tongue;
use crate::app::App;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked {
    pub(super) offset: Option<String>,
    pub(super) slice_size: Option<i32>,
}

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    tongue: Tongue,
    takes: TakesGzip,
    Asking(asked): Asking<Asked>,
) -> Result<Response, Trouble> {
    let bad = || Trouble::of(FailureKind::BadRequest);
    let slice_size = asked
        .slice_size
        .map(SliceSize::new)
        .transpose()
        .map_err(|_| bad())?;
    let which = ListBookableAppointments {
        offset: asked.offset,
        slice_size,
    };
    let slice = app.catalogue.slice(&app.upstream, &which, &tongue.accepts).await;
    let slice = slice.map_err(|error| Trouble::reading(&error))?;
    let list = Listed::new(&slice.json, slice.result.unreadable);
    Ok(written(list.read_at(slice.as_of), takes))
}
