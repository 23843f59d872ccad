//! `GET /pictures/{bookableAppointmentId}`: for everybody.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use booking::FailureKind;

use super::error::Trouble;
use super::sent::{Named, id};
use crate::app::App;
use crate::pictures::picture;

/// A picture may be an SVG, and an SVG that is opened by itself may hold a script.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

pub(super) async fn handle(State(app): State<Arc<App>>, Named(which): Named) -> Result<Response, Trouble> {
    // Whatever went wrong, there is no picture: nobody acts on why.
    let found = picture(&app, id(&which)?)
        .await
        .map_err(|_| Trouble::of(FailureKind::NotFound))?;
    let headers = [
        (header::CONTENT_TYPE, found.content_type.as_str()),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    Ok((headers, found.bytes).into_response())
}
