//! Attempts and moves that nobody asks after any more: their process died, or their member never came back.
//!
//! Each proxy of a fleet does this. They share the work by noting in the store what was looked up when; two that look at
//! the same one find the same, and the second to write it is told that it stands.

use chrono::TimeDelta;

use super::{PATIENCE, Whose, known_in_turn};
use crate::app::App;
use crate::moving;
use crate::store::{OpenAttempt, State, StoreError};

/// How an attempt is looked up for nobody in particular.
const LANGUAGE: &str = "en";

/// Looks up what is open once. One that cannot be looked up is no reason not to look up the next.
pub(crate) async fn settle_open(app: &App) -> Result<(), StoreError> {
    let (now, limits) = (app.clock.now(), &app.settings.limits);
    // Younger ones may be at work, here or in another process.
    let changed_before = now - limits.longest_request() - limits.settled_after;
    let looked_before = now - TimeDelta::from_std(limits.settle).unwrap_or_default();
    for open in app.store.open_attempts(changed_before, looked_before).await? {
        if let Err(error) = look_at(app, &open, looked_before).await {
            tracing::warn!(%error, "an open attempt could not be looked up");
        }
    }
    for open in app.store.open_moves(changed_before, looked_before).await? {
        if app
            .store
            .claim_move(&open, looked_before, app.clock.now())
            .await?
        {
            moving::ask(app, &Whose::of_open_move(&open), open.key(), None, LANGUAGE).await;
        }
    }
    Ok(())
}

async fn look_at(
    app: &App,
    open: &OpenAttempt,
    looked_before: chrono::DateTime<chrono::Utc>,
) -> Result<(), StoreError> {
    if !app.store.claim_look(open, looked_before, app.clock.now()).await? {
        return Ok(());
    }
    let turn = app.attempts.turn(open.customer());
    let Ok(_turn) = tokio::time::timeout(PATIENCE, turn).await else {
        return Ok(());
    };
    let before = open.attempt().outcome.state();
    let whose = Whose::of_open(open);
    known_in_turn(app, &whose, open.key(), LANGUAGE).await?;
    let after = app.store.attempt(open.customer(), open.key()).await?;
    let after = after.map(|attempt| attempt.outcome.state());
    if after != Some(before) {
        let after = after.map_or("", State::as_str);
        tracing::info!(
            before = before.as_str(),
            after,
            "an attempt that was left open is settled"
        );
    }
    Ok(())
}
