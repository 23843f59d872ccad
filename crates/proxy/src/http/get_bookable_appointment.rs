//! `getBookableAppointment`: for everybody.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use perfectgym::BookableAppointment;

use super::error::Trouble;
use super::sent::{Named, id};
use super::tongue::Tongue;
use crate::app::App;
use crate::catalogue::for_browser;

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Named(which): Named,
    tongue: Tongue,
) -> Result<Json<BookableAppointment>, Trouble> {
    let service = app
        .catalogue
        .service(&app.upstream, id(&which)?, &tongue.accepts)
        .await;
    Ok(Json(for_browser(
        &*service.map_err(|error| Trouble::reading(&error))?,
    )))
}
