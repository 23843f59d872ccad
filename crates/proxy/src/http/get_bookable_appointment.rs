//! `getBookableAppointment`: for everybody.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use perfectgym::BookableAppointment;

use super::error::Trouble;
use super::listed::as_of;
use super::sent::{Named, id};
use super::tongue::Tongue;
use crate::app::App;
use crate::catalogue::for_browser;

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Named(which): Named,
    tongue: Tongue,
) -> Result<(HeaderMap, Json<BookableAppointment>), Trouble> {
    let service = app
        .catalogue
        .service(&app.upstream, id(&which)?, &tongue.accepts)
        .await;
    let service = service.map_err(|error| Trouble::reading(&error))?;
    Ok((as_of(service.as_of), Json(for_browser(&service))))
}
