//! The studios of one process, told apart by the host that they are asked for by; and reading their settings anew.
//!
//! A request takes the studio as it is when it comes, and ends on that one, whatever is read meanwhile.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arc_swap::ArcSwap;
use axum::Router;
use tokio::sync::Mutex;
use tokio::task::JoinSet;

use crate::app::{App, Behind, Lasting, StartError, open_database};
use crate::clock::Clock;
use crate::config::{Database, HouseSettings, LogForm, Server, Settings, StudioName};
use crate::news::News;
use crate::store::Backend;
use crate::tls::{NewCertificate, Tls};
use crate::{check, demo, http, tend};

/// All of them.
pub struct House {
    table: ArcSwap<Table>,
    clock: Clock,
    backend: Backend,
    news: Arc<News>,
    database: Database,
    log: LogForm,
    server: Server,
    tls: Option<Tls>,
    /// Also of studios that are gone: what was begun under them is ended under them.
    lasting: Mutex<BTreeMap<StudioName, Lasting>>,
}

/// Who is asked for by which name.
#[derive(Default)]
struct Table {
    studios: Vec<Arc<Studio>>,
    by_host: HashMap<String, Arc<Studio>>,
}

/// One studio, being served.
pub(crate) struct Studio {
    pub(crate) app: Arc<App>,
    pub(crate) router: Router,
    /// Ends with it.
    _tasks: JoinSet<()>,
}

impl House {
    /// Opens every studio, demo studios where no upstream is set.
    ///
    /// # Errors
    /// One sentence that says what is wrong, and with which studio where there are several.
    pub(crate) async fn open(settings: HouseSettings, reset: bool, clock: Clock) -> Result<Self, StartError> {
        let house = Self::empty(&settings, clock).await?;
        let several = settings.are_several();
        let mut studios = Vec::new();
        for one in settings.studios {
            let name = one.name.clone();
            let opened = house.open_first(one, reset, several).await;
            studios.push(opened.map_err(|error| of_studio(several, &name, error))?);
        }
        house.table.store(Arc::new(Table::of(studios)));
        Ok(house)
    }

    /// One studio, before an upstream that is there already, and is not asked anything.
    ///
    /// # Errors
    /// One sentence that says what is wrong.
    pub async fn before(settings: Settings, behind: Behind, clock: Clock) -> Result<Self, StartError> {
        let house = Self::empty(&settings.clone().into(), clock).await?;
        let app = house.open_before(settings, behind).await?;
        house.table.store(Arc::new(Table::of(vec![Studio::serve(app)])));
        Ok(house)
    }

    async fn empty(settings: &HouseSettings, clock: Clock) -> Result<Self, StartError> {
        let backend = open_database(settings).await?;
        Ok(Self {
            tls: settings.server.doors.tls.as_ref().map(Tls::open).transpose()?,
            table: ArcSwap::default(),
            clock,
            news: News::by(backend.line()),
            backend,
            database: settings.database.clone(),
            log: settings.log,
            server: settings.server.clone(),
            lasting: Mutex::default(),
        })
    }

    /// The studio that is asked for by a host, as [`crate::http`] reads it from a request.
    pub(crate) fn studio(&self, host: Option<&str>) -> Option<Arc<Studio>> {
        let table = self.table.load();
        let named = host.and_then(|host| table.by_host.get(host));
        match table.studios.as_slice() {
            [only] if only.app.settings.hosts.is_empty() => Some(Arc::clone(only)),
            _ => named.map(Arc::clone),
        }
    }

    /// All studios, in the order of their names.
    pub(crate) fn studios(&self) -> Vec<Arc<Studio>> {
        self.table.load().studios.clone()
    }

    /// Takes new settings. Requests under way end under the old ones. A studio whose settings are the same is left as it
    /// is. Gives the names of settings that are other now and do not change before the next start.
    ///
    /// # Errors
    /// One sentence; then everything is as it was.
    pub async fn reload(&self, settings: HouseSettings) -> Result<Vec<&'static str>, StartError> {
        // One at a time: the second of two that come at once sees what the first has made.
        let mut lasting = self.lasting.lock().await;
        let several = settings.are_several();
        let mut fixed = self.server.fixed_that_differ(&settings.server);
        fixed.extend((!self.database.is_same(&settings.database)).then_some("FRONTDESK_DATABASE"));
        fixed.extend((self.log != settings.log).then_some("FRONTDESK_LOG"));
        let certificate = self.read_certificate(&settings.server)?;
        let mut studios = Vec::new();
        for one in settings.studios {
            let name = one.name.clone();
            let opened = self.open_again(one, &mut lasting).await;
            studios.push(opened.map_err(|error| of_studio(several, &name, error))?);
        }
        self.table.store(Arc::new(Table::of(studios)));
        if let Some(certificate) = certificate {
            certificate.take_effect();
        }
        Ok(fixed)
    }

    /// A certificate is renewed under the same name as often as under another.
    fn read_certificate(&self, new: &Server) -> Result<Option<NewCertificate<'_>>, StartError> {
        let (Some(tls), Some(files)) = (&self.tls, &new.doors.tls) else {
            return Ok(None);
        };
        Ok(Some(tls.read(files)?))
    }

    /// What all share.
    pub(crate) fn server(&self) -> &Server {
        &self.server
    }

    /// Where connections are to be by TLS.
    pub(crate) fn tls(&self) -> Option<&Tls> {
        self.tls.as_ref()
    }

    /// Waits for bookings and e-mails under way, tells the other proxies of them, then closes the database.
    pub(crate) async fn close(&self) {
        for studio in self.table.swap(Arc::default()).studios.iter() {
            if let Some(mailer) = &studio.app.mailer {
                mailer.finish().await;
            }
        }
        for lasting in self.lasting.lock().await.values() {
            lasting.close().await;
        }
        self.news.finish().await;
        self.backend.close().await;
    }

    async fn open_first(
        &self,
        settings: Settings,
        reset: bool,
        several: bool,
    ) -> Result<Arc<Studio>, StartError> {
        let behind = match &settings.upstream {
            Some(upstream) => real(&settings, upstream.clone()),
            None => demo::start(&settings, reset).await?,
        };
        let app = self.open_before(settings, behind).await?;
        match check::check(&app.behind.upstream, &app.upstream).await {
            // One studio's key must not keep the others' members out.
            Err(error) if several => {
                tracing::error!(studio = %app.settings.name, %error, "this studio cannot book")
            }
            checked => checked?,
        }
        Ok(Studio::serve(app))
    }

    async fn open_before(&self, settings: Settings, behind: Behind) -> Result<Arc<App>, StartError> {
        let lasting = Lasting::open(&settings, &self.backend, &self.news, &self.clock).await?;
        let name = settings.name.clone();
        self.lasting.lock().await.insert(name, lasting.clone());
        App::open(settings, behind, self.clock.clone(), lasting, None)
    }

    async fn open_again(
        &self,
        settings: Settings,
        all: &mut BTreeMap<StudioName, Lasting>,
    ) -> Result<Arc<Studio>, StartError> {
        let before = self
            .studios()
            .into_iter()
            .find(|studio| studio.app.settings.name == settings.name);
        if let Some(same) = before.as_ref().filter(|studio| studio.is_told(&settings)) {
            return Ok(Arc::clone(same));
        }
        let behind = behind_again(&settings, before.as_deref())?;
        let lasting = match all.get(&settings.name) {
            Some(lasting) => lasting.clone(),
            None => Lasting::open(&settings, &self.backend, &self.news, &self.clock).await?,
        };
        let name = settings.name.clone();
        let was = before.as_ref().map(|studio| &*studio.app);
        let settings = self.with_what_stays(settings);
        let app = App::open(settings, behind, self.clock.clone(), lasting.clone(), was)?;
        check::check(&app.behind.upstream, &app.upstream).await?;
        all.insert(name, lasting);
        Ok(Studio::serve(app))
    }

    /// The folders of the first start: a database does not move while it is written to.
    fn with_what_stays(&self, mut settings: Settings) -> Settings {
        settings.server.listen = self.server.listen;
        settings.server.data.clone_from(&self.server.data);
        settings.server.doors = self.server.doors.clone();
        settings
    }
}

impl Studio {
    fn serve(app: Arc<App>) -> Arc<Self> {
        Arc::new(Self {
            router: http::router(Arc::clone(&app)),
            _tasks: tend::start(&app),
            app,
        })
    }

    fn is_told(&self, settings: &Settings) -> bool {
        let own = &self.app.settings;
        own.fingerprint == settings.fingerprint && own.hosts == settings.hosts
    }
}

impl Table {
    fn of(studios: Vec<Arc<Studio>>) -> Self {
        let hosts = |studio: &Arc<Studio>| -> Vec<_> {
            let names = studio.app.settings.hosts.iter();
            names.map(|host| (host.clone(), Arc::clone(studio))).collect()
        };
        let by_host = studios.iter().flat_map(hosts).collect();
        Self { studios, by_host }
    }
}

fn real(settings: &Settings, upstream: crate::config::Upstream) -> Behind {
    Behind {
        upstream,
        demo: |_| Vec::new(),
        contact: settings.studio.contact.clone(),
        zone: settings.studio.zone,
    }
}

fn behind_again(settings: &Settings, before: Option<&Studio>) -> Result<Behind, StartError> {
    let was_demo = before.filter(|studio| studio.app.is_demo());
    match (&settings.upstream, was_demo) {
        (Some(upstream), None) => Ok(real(settings, upstream.clone())),
        (None, Some(studio)) => Ok(demo::told(settings, studio.app.behind.upstream.clone())),
        _ => Err(StartError::DemoComesOrGoes(settings.name.clone())),
    }
}

fn of_studio(several: bool, name: &StudioName, error: StartError) -> StartError {
    if several {
        StartError::Studio(name.clone(), Box::new(error))
    } else {
        error
    }
}
