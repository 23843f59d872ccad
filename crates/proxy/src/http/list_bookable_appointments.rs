//! `listBookableAppointments`: for everybody.

use std::sync::Arc;

use axum::extract::State;
use booking::FailureKind;
use perfectgym::{BookableAppointment, ListBookableAppointments, Readable, Slice, SliceSize};
use serde::Deserialize;

use super::error::Trouble;
use super::listed::Listed;
use super::sent::Asking;
use super::tongue::Tongue;
use crate::app::App;
use crate::catalogue::for_browser;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked {
    pub(super) offset: Option<String>,
    pub(super) slice_size: Option<i32>,
}

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    tongue: Tongue,
    Asking(asked): Asking<Asked>,
) -> Result<Listed<Slice<BookableAppointment>>, Trouble> {
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
    Ok(Listed::of_slice(shown(&slice)).read_at(slice.as_of))
}

/// As a browser gets it.
pub(crate) fn shown(slice: &Slice<BookableAppointment>) -> Slice<BookableAppointment> {
    let items = slice.result.items.iter().map(for_browser).collect();
    let result = Readable {
        items,
        unreadable: slice.result.unreadable,
    };
    Slice {
        result,
        has_next: slice.has_next,
        offset: slice.offset.clone(),
    }
}
