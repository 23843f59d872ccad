//! `POST /attempts/{key}`: what became of an attempt to book. It may look at the upstream; it never books.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use booking::{AttemptKey, AttemptQuestion, AttemptState, AttemptView, FailureKind};

use super::error::{Trouble, worded};
use super::sent::{Named, Sent};
use super::tongue::Tongue;
use crate::app::App;
use crate::identity::Member;
use crate::settle;
use crate::shown::for_members;

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Named(key): Named,
    member: Member,
    tongue: Tongue,
    question: Option<Sent<AttemptQuestion>>,
) -> Result<Json<AttemptView>, Trouble> {
    let key = AttemptKey::new(&key).map_err(|_| Trouble::of(FailureKind::BadRequest))?;
    let wish = question.and_then(|Sent(question)| question.wish);
    let view = settle::settle(&app, &member, &key, wish.as_ref(), &tongue.accepts).await;
    if view.state == AttemptState::Booked {
        // By whichever proxy, whose word may not be here yet.
        app.times_are_old(member.customer(), None);
    }
    Ok(Json(AttemptView {
        state: view.state,
        booking: view.booking.map(for_members),
        failure: view.failure.map(|failure| worded(failure, tongue.lang)),
    }))
}
