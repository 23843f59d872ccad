//! Everything the proxy works with, put together once.

use std::path::Path;
use std::sync::Arc;

use booking::{DemoMember, Lang, StudioContact};
use chrono::TimeDelta;
use chrono_tz::Tz;

use crate::attempt::Attempts;
use crate::catalogue::Catalogue;
use crate::clock::Clock;
use crate::config::{self, Database, HouseSettings, Settings, StudioName};
use crate::free_today::FreeTimesToday;
use crate::http::in_a_frame::RefusedSites;
use crate::http::kiosk::Noted;
use crate::http::pace::Paces;
use crate::http::policy::Policy;
use crate::identity::{Brake, Flood, KeyFileError, Seal, key_of_studio, session_key};
use crate::mail::{Mailer, MailerError};
use crate::news::News;
use crate::odd_words::OddWords;
use crate::page::Pages;
use crate::pictures::Pictures;
use crate::slots::Slots;
use crate::store::{Backend, Buckets, Store, StoreError};
use crate::studio_zone::ZoneKeeper;
use crate::template::TemplateError;
use crate::tls::TlsError;
use crate::upstream::{ClientError, InStore, Upstream};

/// The database, in the data folder.
pub(crate) const DATABASE: &str = "frontdesk.sqlite";
/// What the settings allow at most, and a day.
const LONGEST_SESSION: TimeDelta = TimeDelta::days(31);
/// Nobody asks after an attempt of three months ago.
const ATTEMPTS_KEPT: TimeDelta = TimeDelta::days(90);

/// Whom to sign in as, in words of a language; nobody where the studio is real.
pub type DemoMembers = fn(Lang) -> Vec<DemoMember>;

/// Everything a handler can reach: one studio.
pub struct App {
    pub(crate) settings: Settings,
    pub(crate) behind: Behind,
    pub(crate) clock: Clock,
    pub(crate) upstream: Arc<Upstream>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) seal: Seal,
    pub(crate) brake: Brake,
    /// Counts e-mails that were asked for.
    pub(crate) mail_brake: Brake,
    /// Counts guesses at kiosks.
    pub(crate) kiosk_brake: Brake,
    /// Counts guesses at the codes that make one.
    pub(crate) pairing_brake: Brake,
    /// None where no e-mail can be sent.
    pub(crate) mailer: Option<Mailer>,
    pub(crate) zone: ZoneKeeper,
    pub(crate) catalogue: Catalogue,
    pub(crate) slots: Slots,
    pub(crate) free_today: FreeTimesToday,
    pub(crate) pictures: Pictures,
    pub(crate) attempts: Arc<Attempts>,
    pub(crate) pages: Pages,
    pub(crate) contact: StudioContact,
    pub(crate) demo: DemoMembers,
    pub(crate) paces: Arc<Paces>,
    pub(crate) odd_words: OddWords,
    pub(crate) news: Arc<News>,
    pub(crate) policy: Policy,
    pub(crate) policy_at_kiosks: Policy,
    pub(crate) refused_sites: RefusedSites,
    pub(crate) kiosks_noted: Noted,
}

/// What of a studio goes on when its settings are read anew: members take turns, guesses and calls are counted, and the
/// upstream's limit holds, whichever settings a request came under.
#[derive(Clone)]
pub(crate) struct Lasting {
    pub(crate) store: Arc<dyn Store>,
    /// Whether other machines work on the store as well, and share the key's limit.
    pub(crate) is_fleet: bool,
    pub(crate) flood: Arc<Flood>,
    pub(crate) flood_of_mail: Arc<Flood>,
    pub(crate) flood_at_kiosks: Arc<Flood>,
    pub(crate) flood_of_pairing: Arc<Flood>,
    pub(crate) attempts: Arc<Attempts>,
    pub(crate) paces: Arc<Paces>,
    pub(crate) news: Arc<News>,
}

impl Lasting {
    /// What begins with a studio: nothing is counted yet, and what nobody needs any more is forgotten.
    pub(crate) async fn open(
        settings: &Settings,
        backend: &Backend,
        news: &Arc<News>,
        clock: &Clock,
    ) -> Result<Self, StartError> {
        let store = backend.of(&settings.name);
        sweep(&*store, clock).await?;
        Ok(Self {
            store,
            is_fleet: backend.is_shared(),
            flood: Arc::default(),
            flood_of_mail: Arc::default(),
            flood_at_kiosks: Arc::default(),
            flood_of_pairing: Arc::default(),
            attempts: Arc::default(),
            paces: Arc::default(),
            news: Arc::clone(news),
        })
    }

    /// Waits for bookings under way.
    pub(crate) async fn close(&self) {
        self.attempts.finish().await;
    }
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
    /// E-mails.
    #[error(transparent)]
    Mail(#[from] MailerError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The client.
    #[error("FRONTDESK_API_KEY: {0}")]
    Client(#[from] ClientError),
    /// Certificate or key.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The address cannot be listened at.
    #[error("FRONTDESK_LISTEN: nothing can listen at {0}: {1}")]
    Listen(std::net::SocketAddr, std::io::Error),
    /// The upstream does not exist or refuses the key.
    #[error("{0}")]
    Upstream(String),
    /// One of several studios.
    #[error("studio {0}: {1}")]
    Studio(StudioName, Box<StartError>),
    /// What takes a new start.
    #[error("{0}: a demo studio comes and goes with the process; start it anew")]
    DemoComesOrGoes(StudioName),
    /// The demo studio.
    #[error("the demo studio does not start: {0}")]
    Demo(String),
}

/// Whom the proxy speaks to, and who may be tried there.
#[derive(Clone)]
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

impl Behind {
    fn is_same(&self, other: &Self) -> bool {
        self.upstream.is_same(&other.upstream)
    }
}

impl App {
    /// Puts a studio together. Sends nothing. Where `before` speaks to the same upstream, so does the new one, with what
    /// is counted against its limit.
    ///
    /// # Errors
    /// A folder, a file or a key that cannot be used.
    pub(crate) fn open(
        settings: Settings,
        behind: Behind,
        clock: Clock,
        lasting: Lasting,
        before: Option<&Self>,
    ) -> Result<Arc<Self>, StartError> {
        let pages = Pages::open(&settings.server.dist, settings.browsers.may_be_framed())?;
        let whole = settings.session.keys();
        let keys = whole.map_or_else(|| session_key(&settings.server.data), Ok)?;
        let of_studio = |key: &[u8; 32]| key_of_studio(key, &settings.name);
        let older: Vec<_> = keys.older.iter().map(of_studio).collect();
        let same = before.filter(|app| app.behind.is_same(&behind) && app.settings.limits == settings.limits);
        let upstream = match same {
            Some(app) => Arc::clone(&app.upstream),
            None => Arc::new(call(&behind.upstream, &settings.limits, &lasting, &clock)?),
        };
        let first = of_studio(&keys.first);
        let slots = Slots::new(&settings.limits, &clock);
        let brake = |way, brakes, flood| {
            let counts: Arc<dyn Buckets> = Arc::<dyn Store>::clone(&lasting.store);
            Brake::new(way, brakes, &first, counts, flood)
        };
        Ok(Arc::new(Self {
            upstream,
            brake: brake("number", settings.session.brakes, lasting.flood),
            mail_brake: brake("e-mail", settings.session.brakes, lasting.flood_of_mail),
            kiosk_brake: brake("kiosk", settings.kiosk.brakes, lasting.flood_at_kiosks),
            pairing_brake: brake("pairing", settings.session.brakes, lasting.flood_of_pairing),
            store: lasting.store,
            seal: Seal::with_older(&first, &older),
            mailer: mailer(&settings)?,
            zone: ZoneKeeper::new(behind.zone),
            catalogue: Catalogue::new(&settings.limits, &clock),
            free_today: FreeTimesToday::new(&clock, slots.events()),
            slots,
            pictures: Pictures::default(),
            attempts: lasting.attempts,
            pages,
            contact: behind.contact.clone(),
            demo: behind.demo,
            paces: lasting.paces,
            news: lasting.news,
            odd_words: OddWords::default(),
            policy: Policy::default(),
            policy_at_kiosks: Policy::default(),
            refused_sites: RefusedSites::default(),
            kiosks_noted: Noted::default(),
            clock,
            behind,
            settings,
        }))
    }

    /// Whether nothing here is real.
    pub(crate) fn is_demo(&self) -> bool {
        self.settings.upstream.is_none()
    }
}

/// A fleet shares the key's limit in its database; a process with a file is alone with it.
fn call(
    upstream: &config::Upstream,
    limits: &config::Limits,
    lasting: &Lasting,
    clock: &Clock,
) -> Result<Upstream, ClientError> {
    if !lasting.is_fleet {
        return Upstream::new(upstream, limits);
    }
    let buckets: Arc<dyn Buckets> = Arc::<dyn Store>::clone(&lasting.store);
    let shared = InStore::new(buckets, limits.budget, clock.clone());
    Upstream::with_allowance(upstream, limits, Arc::new(shared))
}

fn mailer(settings: &Settings) -> Result<Option<Mailer>, MailerError> {
    match &settings.mail {
        Some(mail) => Mailer::smtp(mail).map(Some),
        None => Ok(settings.identity.demo_mail.then(Mailer::terminal)),
    }
}

/// The server that is set, else a file in the data folder.
pub(crate) async fn open_database(house: &HouseSettings) -> Result<Backend, StartError> {
    make_folder(&house.server.data)?;
    let opened = match &house.database {
        Database::Postgres(address) => Backend::postgres(address).await,
        Database::File => Backend::sqlite(&house.server.data.join(DATABASE)).await,
    };
    Ok(opened?)
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
    store.forget_codes_before(now).await?;
    store.forget_used_before(now).await?;
    store.forget_full_buckets(now).await?;
    store.forget_signed_out_before(now - LONGEST_SESSION).await?;
    store.forget_kiosks_before(now - LONGEST_SESSION).await?;
    store.forget_bookings_over_before(now).await?;
    store.forget_attempts_before(now - ATTEMPTS_KEPT).await?;
    store.forget_moves_before(now - ATTEMPTS_KEPT).await?;
    Ok(())
}
