//! `GET /kiosk/free`: what is free today, for the start screen.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};

use super::device::kept;
use crate::app::App;
use crate::free_today::free_today;
use crate::http::error::Trouble;
use crate::http::member::with_cookies;
use crate::http::tongue::Tongue;
use crate::identity::Kiosk;

/// When a kiosk looks again where nobody knows better.
const AGAIN_IN: u32 = 10;

/// A kiosk asks for it day and night, and is kept one by that.
pub(super) async fn free(
    State(app): State<Arc<App>>,
    kiosk: Kiosk,
    tongue: Tongue,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    let free = free_today(&app, &tongue.accepts).await;
    let free = free.map_err(|error| Trouble::reading(&error).or_again_in(AGAIN_IN))?;
    Ok(with_cookies(
        Json(free).into_response(),
        [kept(&kiosk, &headers, &app)?],
    ))
}
