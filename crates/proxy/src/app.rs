//! Everything the proxy works with, put together once.

use std::path::Path;
use std::sync::Arc;

use booking::{DemoMember, Lang, StudioContact};
use chrono::TimeDelta;
use chrono_tz::Tz;

use crate::attempt::Attempts;
use crate::catalogue::Catalogue;
use crate::clock::Clock;
use crate::config::{self, Database, Settings};
use crate::http::pace::Paces;
use crate::identity::{Brake, KeyFileError, Seal, session_key};
use crate::odd_words::OddWords;
use crate::page::Pages;
use crate::pictures::Pictures;
use crate::store::{Backend, Store, StoreError, StudioName};
use crate::studio_zone::ZoneKeeper;
use crate::template::TemplateError;
use crate::upstream::{ClientError, Upstream};

/// The database, in the data folder.
const DATABASE: &str = "frontdesk.sqlite";
/// Nobody asks after an attempt of three months ago.
const ATTEMPTS_KEPT: TimeDelta = TimeDelta::days(90);

/// Whom to sign in as, in words of a language; nobody where the studio is real.
pub type DemoMembers = fn(Lang) -> Vec<DemoMember>;

/// Everything a handler can reach.
pub struct App {
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    pub(crate) upstream: Upstream,
    pub(crate) store: Arc<dyn Store>,
    backend: Backend,
    pub(crate) seal: Seal,
    pub(crate) brake: Brake,
    pub(crate) zone: ZoneKeeper,
    pub(crate) catalogue: Catalogue,
    pub(crate) pictures: Pictures,
    pub(crate) attempts: Attempts,
    pub(crate) pages: Pages,
    pub(crate) contact: StudioContact,
    pub(crate) demo: DemoMembers,
    pub(crate) paces: Paces,
    pub(crate) odd_words: OddWords,
}

/// Why the proxy does not start, once its settings are sound.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be made.
    #[error("FRONTDESK_DATA: the folder {0} cannot be made or written to: {1}")]
    Data(String, std::io::Error),
    /// The built app is not there.
    #[error("FRONTDESK_DIST: {0}")]
    Dist(#[from] TemplateError),
    /// The session key.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The client.
    #[error("FRONTDESK_API_KEY: {0}")]
    Client(#[from] ClientError),
    /// The address cannot be listened at.
    #[error("FRONTDESK_LISTEN: nothing can listen at {0}: {1}")]
    Listen(std::net::SocketAddr, std::io::Error),
    /// The upstream does not exist or refuses the key.
    #[error("{0}")]
    Upstream(String),
    /// The demo studio.
    #[error("the demo studio does not start: {0}")]
    Demo(String),
}

/// Whom the proxy speaks to, and who may be tried there.
pub struct Behind {
    /// Address and key.
    pub upstream: config::Upstream,
    /// The demo's members; empty where the studio is real.
    pub demo: DemoMembers,
    /// What the operator set, or the demo's own.
    pub contact: StudioContact,
    /// Likewise; none where it has to be learnt.
    pub zone: Option<Tz>,
}

impl App {
    /// Opens what has to be opened. Sends nothing.
    ///
    /// # Errors
    /// A folder, a file or a key that cannot be used.
    pub async fn open(settings: Settings, behind: Behind, clock: Clock) -> Result<Arc<Self>, StartError> {
        let data = &settings.server.data;
        make_folder(data)?;
        let pages = Pages::open(&settings.server.dist)?;
        let key = settings.session.key.map_or_else(|| session_key(data), Ok)?;
        let backend = open_database(&settings).await?;
        let store = backend.of(&StudioName::main());
        sweep(&*store, &clock).await?;
        Ok(Arc::new(Self {
            upstream: Upstream::new(&behind.upstream, &settings.limits)?,
            store,
            backend,
            seal: Seal::new(&key),
            brake: Brake::new(settings.session.brakes),
            zone: ZoneKeeper::new(behind.zone),
            catalogue: Catalogue::default(),
            pictures: Pictures::default(),
            attempts: Attempts::default(),
            pages,
            contact: behind.contact,
            demo: behind.demo,
            paces: Paces::default(),
            odd_words: OddWords::default(),
            clock,
            settings,
        }))
    }

    /// Waits for bookings under way, then closes the database.
    pub async fn close(&self) {
        self.attempts.finish().await;
        self.backend.close().await;
    }
}

/// The server that is set, else a file in the data folder.
async fn open_database(settings: &Settings) -> Result<Backend, StoreError> {
    match &settings.database {
        Database::Postgres(address) => Backend::postgres(address).await,
        Database::File => Backend::sqlite(&settings.server.data.join(DATABASE)).await,
    }
}

/// Makes a folder for its owner alone: it holds the session key, and what members booked. One that is there already is
/// left as the operator made it.
pub(crate) fn make_folder(data: &Path) -> Result<(), StartError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(data)
        .map_err(|e| StartError::Data(data.display().to_string(), e))
}

/// Forgets what nobody needs any more.
pub(crate) async fn sweep(store: &dyn Store, clock: &Clock) -> Result<(), StoreError> {
    let now = clock.now();
    store.forget_revoked_before(now).await?;
    store.forget_bookings_over_before(now).await?;
    store.forget_attempts_before(now - ATTEMPTS_KEPT).await?;
    store.forget_moves_before(now - ATTEMPTS_KEPT).await?;
    Ok(())
}
