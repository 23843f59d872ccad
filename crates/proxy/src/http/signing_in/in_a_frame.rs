//! `POST /session/hand-off`: the app in a frame of the gym's own page was given a token by that page, and gives it to us.
//!
//! Our own app sends it, so the guard against other sites holds. Which page may be around it the browser sees to
//! (`frame-ancestors`), and that page is believed in who the member is, as its server is: whoever else is signed in in the frame
//! is not they any more, and is signed out first.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use booking::{FailureKind, HandOff};

use super::hand_off::whom;
use crate::app::App;
use crate::http::error::Trouble;
use crate::http::in_a_frame::is_framed;
use crate::http::member;
use crate::http::sent::Sent;
use crate::http::session::{shown, welcomed};
use crate::http::tongue::Tongue;
use crate::identity::{self, Member};

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    tongue: Tongue,
    member: Option<Member>,
    headers: HeaderMap,
    Sent(given): Sent<HandOff>,
) -> Result<Response, Trouble> {
    // On a page of its own somebody sits who would have to be asked: `hand_off` does.
    if !is_framed(&headers, &app) {
        return Err(Trouble::of(FailureKind::NotFound));
    }
    let who = whom(&app, &tongue, &given.token).await?;
    let who = who.ok_or_else(|| Trouble::of(FailureKind::NotRecognised))?;
    match member {
        Some(member) if member.customer() == who.customer => Ok(shown(member.view(), Vec::new())),
        other => {
            if let Some(other) = other {
                other.sign_out(&*app.store).await?;
            }
            let who = who.established();
            let begun = member::begin(&app, &headers, &who, None).await?;
            Ok(welcomed(identity::view(&who), begun))
        }
    }
}
