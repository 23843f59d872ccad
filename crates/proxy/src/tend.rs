//! What a studio's proxy does by itself, for as long as it is served.

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::app::{App, sweep};
use crate::news::Hearing;
use crate::upstream::Known;
use crate::{settle, studio_zone};

/// Starts all of it. Ends when what is given back is dropped.
pub(crate) fn start(app: &Arc<App>) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(learn_zone(Arc::clone(app)));
    tasks.spawn(look_again(Arc::clone(app)));
    tasks.spawn(sweep_again_and_again(Arc::clone(app)));
    tasks.spawn(forget_counts_again_and_again(Arc::clone(app)));
    tasks.spawn(settle_again_and_again(Arc::clone(app)));
    tasks.spawn(hear(Arc::clone(app), app.news.hear()));
    tasks
}

/// Whoever is sent away because the upstream is down asks nothing more of it, and nobody would learn that it is back.
async fn look_again(app: Arc<App>) {
    loop {
        tokio::time::sleep(app.settings.limits.look_again).await;
        if app.upstream.known() != Known::Good {
            app.upstream.look_again().await;
        }
    }
}

/// A process runs for months, and what it promised to forget must not wait for its end.
async fn sweep_again_and_again(app: Arc<App>) {
    loop {
        tokio::time::sleep(app.settings.limits.sweep).await;
        if let Err(error) = sweep(&*app.store, &app.clock).await {
            tracing::warn!(%error, "what nobody needs any more could not be forgotten");
        }
    }
}

/// Not daily: whoever guesses at thousands of numbers would leave as many rows until then.
async fn forget_counts_again_and_again(app: Arc<App>) {
    loop {
        tokio::time::sleep(app.settings.limits.forget_counts).await;
        if let Err(error) = app.store.forget_full_buckets(app.clock.now()).await {
            tracing::warn!(%error, "what is no longer counted could not be forgotten");
        }
    }
}

/// Members who never come back are owed the truth as well: their booking is in the studio's calendar, or is not.
async fn settle_again_and_again(app: Arc<App>) {
    loop {
        if let Err(error) = settle::settle_open(&app).await {
            tracing::warn!(%error, "open attempts could not be looked up");
        }
        tokio::time::sleep(app.settings.limits.settle).await;
    }
}

/// What the other proxies of a fleet changed.
async fn hear(app: Arc<App>, mut hearing: Hearing) {
    while let Some(heard) = hearing.next().await {
        app.hears(&heard);
    }
}

async fn learn_zone(app: Arc<App>) {
    if app.zone.zone().is_none() {
        studio_zone::ask(&app.zone, &app.catalogue, &app.upstream).await;
    }
    if app.zone.zone().is_none() {
        tracing::warn!(
            studio = %app.settings.name,
            "the studio's zone is not known; days are UTC until a slot names it or FRONTDESK_ZONE is set"
        );
    }
}
