//! What the app is called from outside.

use axum::http::{HeaderMap, Uri};

use super::host;
use super::jar::is_https;
use crate::app::App;

/// Where members book: what the operator says, else what was asked. Good for whoever asked alone: anybody may ask by any name.
pub(super) fn own_origin(app: &App, uri: &Uri, headers: &HeaderMap) -> String {
    if let Some(origin) = app.settings.server.origins.first() {
        return origin.to_string();
    }
    let scheme = if is_https(headers, app) { "https" } else { "http" };
    let asked = host::authority(uri, headers).unwrap_or_default();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._:[]".contains(&b);
    let host: String = asked.bytes().filter(|b| plain(*b)).map(char::from).collect();
    format!("{scheme}://{host}")
}
