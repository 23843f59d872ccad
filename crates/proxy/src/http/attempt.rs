//! `POST /attempts/{key}`: what became of an attempt to book. It may look at the upstream; it never books.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use booking::{AttemptKey, AttemptView, FailureKind};

use super::error::{Trouble, worded};
use super::get_booking::for_browser;
use super::tongue::Tongue;
use crate::app::App;
use crate::identity::Member;
use crate::settle;

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    member: Member,
    tongue: Tongue,
) -> Result<Json<AttemptView>, Trouble> {
    let key = AttemptKey::new(&key).map_err(|_| Trouble::of(FailureKind::BadRequest))?;
    let view = settle::settle(&app, &member, &key, &tongue.accepts).await?;
    Ok(Json(AttemptView {
        state: view.state,
        booking: view.booking.map(for_browser),
        failure: view.failure.map(|failure| worded(failure, tongue.lang)),
    }))
}
