//! `getBookableAppointment`: for everybody.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use perfectgym::BookableAppointment;

use super::error::Trouble;
use super::sent::id;
use super::tongue::Tongue;
use crate::app::App;
use crate::catalogue::for_browser;

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Path(which): Path<String>,
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
