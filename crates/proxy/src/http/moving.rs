//! Moving a booking to another time, and asking what became of it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use booking::bookings::Standing;
use booking::{AttemptKey, FailureKind, MoveQuestion, MoveView};
use perfectgym::BookingWish;

use super::book::key_of;
use super::error::{Trouble, worded};
use super::get_booking::own;
use super::sent::{Named, Sent, id};
use super::tongue::Tongue;
use crate::app::App;
use crate::attempt::Try;
use crate::identity::Member;
use crate::moving;
use crate::settle::Whose;
use crate::shown::for_members;

/// `POST /bookings/{id}/move`
pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Named(which): Named,
    member: Member,
    tongue: Tongue,
    headers: HeaderMap,
    Sent(wish): Sent<BookingWish>,
) -> Result<Json<MoveView>, Trouble> {
    let (old, key) = (id(&which)?, key_of(&headers)?);
    // Of a move that is under way or done, the old one may be gone.
    if app.store.move_of(member.customer(), &key).await?.is_none() {
        let booking = own(&app, &member, old, &tongue.accepts).await?;
        if !Standing::of(&booking, app.clock.now()).can_be_cancelled() {
            // Nothing is begun any more; but it may be the same move, under another key, that it is gone of.
            let whose = Whose::of_member(&member);
            let before = moving::before(&app, &whose, old, &wish, &tongue.accepts).await?;
            let view = before.ok_or_else(|| Trouble::of(FailureKind::Refused))?;
            return Ok(Json(said(view, &tongue)));
        }
    }
    let attempt = Try {
        member,
        key,
        wish,
        language: tongue.accepts.clone(),
    };
    let view = moving::move_to(&app, attempt, old).await?;
    Ok(Json(said(view, &tongue)))
}

/// `POST /moves/{key}`
pub(super) async fn ask(
    State(app): State<Arc<App>>,
    Named(key): Named,
    member: Member,
    tongue: Tongue,
    question: Option<Sent<MoveQuestion>>,
) -> Result<Json<MoveView>, Trouble> {
    let key = AttemptKey::new(&key).map_err(|_| Trouble::of(FailureKind::BadRequest))?;
    let of = question.map(|Sent(question)| question);
    let whose = Whose::of_member(&member);
    let view = moving::ask(&app, &whose, &key, of.as_ref(), &tongue.accepts).await;
    Ok(Json(said(view, &tongue)))
}

fn said(view: MoveView, tongue: &Tongue) -> MoveView {
    MoveView {
        state: view.state,
        booking: view.booking.map(for_members),
        failure: view.failure.map(|failure| worded(failure, tongue.lang)),
    }
}
