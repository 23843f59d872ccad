//! `POST /webhooks/perfectgym`: the upstream says that a booking was made, changed or cancelled, wherever.
//!
//! It only has what is kept read anew. Nothing else in it is believed: what it says of a booking may be late, lost or told
//! twice, and whoever has its key must not be able to make anything up. So it is answered at once, whatever it holds.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use booking::FailureKind;
use perfectgym::API_KEY_HEADER;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::error::Trouble;
use crate::app::App;

/// Where the upstream is told to send them.
pub(super) const PATH: &str = "/webhooks/perfectgym";

/// What is said of a booking may be long; of it only the types are read.
pub(super) const LARGEST: usize = 256 << 10;
/// What the types of all that change free times begin with; there are three, and there may be more.
const CHANGES_TIMES: &str = "APPOINTMENT_BOOKING_";

/// What is sent, as far as it is read.
#[derive(Deserialize)]
struct Sent {
    #[serde(default)]
    payload: Vec<serde_json::Value>,
}

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Result<StatusCode, Trouble> {
    let key = app.settings.webhook.key.as_ref();
    let key = key.ok_or_else(|| Trouble::of(FailureKind::NotFound))?;
    if !is_theirs(key, &headers) {
        tracing::warn!("a webhook came without the key that it should have");
        return Err(Trouble::of(FailureKind::SignedOut));
    }
    let news = has_times_changed(&body).ok_or_else(|| Trouble::of(FailureKind::BadRequest))?;
    if news {
        app.times_changed_elsewhere();
    }
    Ok(StatusCode::NO_CONTENT)
}

/// In constant time, of digests, so that not even the key's length can be told from the time it takes.
fn is_theirs(key: &SecretString, headers: &HeaderMap) -> bool {
    let Some(sent) = headers.get(API_KEY_HEADER) else {
        return false;
    };
    let (ours, theirs) = (
        Sha256::digest(key.expose_secret().as_bytes()),
        Sha256::digest(sent.as_bytes()),
    );
    ours.ct_eq(&theirs).into()
}

/// What it says, as far as it is believed; none where it is no webhook.
pub(super) fn has_times_changed(body: &[u8]) -> Option<bool> {
    let sent: Sent = serde_json::from_slice(body).ok()?;
    Some(sent.payload.iter().any(changes_times))
}

fn changes_times(event: &serde_json::Value) -> bool {
    let kind = event.get("type").and_then(serde_json::Value::as_str);
    kind.is_some_and(|kind| kind.starts_with(CHANGES_TIMES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_times_is_known_by_its_type_and_by_nothing_else() {
        let of = |text: &str| changes_times(&serde_json::from_str(text).unwrap());
        for kind in ["CREATED", "UPDATED", "CANCELLED", "MOVED"] {
            assert!(of(&format!(
                r#"{{"timestamp":1,"type":"APPOINTMENT_BOOKING_{kind}","content":null}}"#
            )));
        }
        for other in [
            r#"{"type":"CLASS_BOOKING_CREATED"}"#,
            r#"{"type":7}"#,
            r#"{}"#,
            r#""APPOINTMENT_BOOKING_CREATED""#,
        ] {
            assert!(!of(other), "{other}");
        }
    }
}
