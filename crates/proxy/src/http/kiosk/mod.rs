//! Devices in the studio: made a kiosk by a code (`pairing`), known by a cookie (`device`), and signed in at by what
//! members have with them (`signing_in`). Their screens are the app's.

mod device;
mod pairing;
mod signing_in;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use booking::kiosk::PATH;

use super::pace;
use crate::app::App;

pub(super) use device::{begin, cookie_of, of};
pub(super) use pairing::pair;
pub(super) use signing_in::sign_in;

/// The page to pair a device by hand, counted as calls.
pub(super) fn page(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route(PATH, get(pairing::show).post(pairing::fill))
        .layer(from_fn_with_state(Arc::clone(app), pace::keep))
}
