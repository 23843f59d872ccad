//! A studio that can be opened and asked.

use std::sync::atomic::AtomicU64;

use axum::Router;

use crate::desk::Desk;
use crate::http::auth::Keys;
use crate::http::{self, App, Shared};
use crate::quirks::QuirkBoard;
use crate::seed;
use crate::settings::Settings;
use crate::store::{Row, Store, StoreError};
use crate::webhooks::Sender;

/// Why a studio could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Its data cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nobody could be let in.
    #[error("the demo studio's key is empty")]
    EmptyKey,
    /// Nothing can be sent from here.
    #[error("webhooks cannot be sent: {0}")]
    Webhooks(String),
}

/// A demo studio.
#[derive(Clone, Debug)]
pub struct Studio {
    app: App,
}

impl Studio {
    /// Opens it: makes or reads its data, and tells the members' stories for today.
    ///
    /// # Errors
    /// When the data cannot be used, or the key is empty.
    pub async fn open(settings: Settings) -> Result<Self, OpenError> {
        if settings.key.is_empty() {
            return Err(OpenError::EmptyKey);
        }
        let store = Store::open(&settings.database, settings.reset).await?;
        let (mut timetable, crowd) = (seed::timetable(settings.zone), settings.crowd);
        seed::crowd::make_room(&mut timetable, crowd);
        let mut desk = Desk::new(timetable, settings.clock.clone(), store, settings.strangers);
        desk.members.extend(seed::crowd::members(crowd));
        desk.tell_stories().await?;
        Ok(Self {
            app: App::new(shared(settings, desk)?),
        })
    }

    /// Answers requests as the upstream would.
    pub fn router(&self) -> Router {
        http::router(self.app.clone())
    }

    /// Every booking there ever was, cancelled ones too: what is so, whatever anybody was told.
    ///
    /// # Errors
    /// When the data cannot be read.
    pub async fn ledger(&self) -> Result<Vec<Row>, StoreError> {
        let mut db = self.app.desk.store.read().await?;
        Row::all(&mut db).await
    }

    /// What it does wrong; can be changed at any time.
    #[must_use]
    pub fn quirks(&self) -> &QuirkBoard {
        &self.app.quirks
    }
}

fn shared(settings: Settings, desk: Desk) -> Result<Shared, OpenError> {
    let webhooks = settings.webhooks.map(Sender::new).transpose();
    Ok(Shared {
        desk,
        keys: Keys::new(settings.key),
        quirks: QuirkBoard::new(settings.quirks),
        rate: settings.rate_limit.then(Default::default),
        slot_form: settings.form,
        booking_form: settings.booking_form.unwrap_or(settings.form),
        public_url: settings.public_url,
        allow_quirks: settings.allow_quirks,
        answers: AtomicU64::new(0),
        webhooks: webhooks.map_err(OpenError::Webhooks)?,
    })
}
