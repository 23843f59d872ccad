//! From settings to a listening proxy, and to its orderly end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::app::{App, Behind, StartError, sweep};
use crate::clock::Clock;
use crate::config::Settings;
use crate::{check, demo, http, settle, studio_zone};

/// A proxy that listens and does not serve yet.
pub struct Proxy {
    app: Arc<App>,
    listener: TcpListener,
    address: SocketAddr,
    behind_demo: bool,
}

/// Opens everything: the demo studio where no upstream is set, the database, the port.
///
/// # Errors
/// One sentence that says what is wrong.
pub async fn open(settings: Settings, reset: bool, clock: Clock) -> Result<Proxy, StartError> {
    let behind_demo = settings.upstream.is_none();
    // The port first: a second start beside a first one should say so, and touch no data.
    let wanted = settings.server.listen;
    let listener = TcpListener::bind(wanted)
        .await
        .map_err(|e| StartError::Listen(wanted, e))?;
    let address = listener.local_addr().map_err(|e| StartError::Listen(wanted, e))?;
    let behind = match &settings.upstream {
        Some(upstream) => Behind {
            upstream: upstream.clone(),
            demo: |_| Vec::new(),
            contact: settings.studio.contact.clone(),
            zone: settings.studio.zone,
        },
        None => demo::start(&settings, reset).await?,
    };
    let upstream = behind.upstream.clone();
    let app = App::open(settings, behind, clock).await?;
    check::check(&upstream, &app.upstream).await?;
    Ok(Proxy {
        app,
        listener,
        address,
        behind_demo,
    })
}

impl Proxy {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether nothing here is real.
    pub fn is_demo(&self) -> bool {
        self.behind_demo
    }

    /// Whom to sign in as at the demo studio; nobody where the studio is real.
    pub fn demo_members(&self) -> Vec<booking::DemoMember> {
        (self.app.demo)(booking::Lang::En)
    }

    /// Serves until `end`; then lets requests and bookings under way finish.
    ///
    /// # Errors
    /// The system's, from the listening socket.
    pub async fn serve(self, end: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
        let zone = tokio::spawn(learn_zone(Arc::clone(&self.app)));
        let sweep = tokio::spawn(sweep_again_and_again(Arc::clone(&self.app)));
        let settle = tokio::spawn(settle_again_and_again(Arc::clone(&self.app)));
        let patience = self.app.settings.limits.longest_request();
        let service = http::router(Arc::clone(&self.app)).into_make_service_with_connect_info::<SocketAddr>();
        let (ending, ended) = tokio::sync::oneshot::channel();
        let end = async {
            end.await;
            // Whoever waits for it has gone only where serving has ended by itself.
            let _ = ending.send(());
        };
        let served = tokio::select! {
            served = axum::serve(self.listener, service).with_graceful_shutdown(end) => served,
            () = too_long(ended, patience) => Ok(()),
        };
        zone.abort();
        sweep.abort();
        settle.abort();
        self.app.close().await;
        served
    }
}

/// A connection that says nothing must not keep a process that was told to end; one that books may take as long as a
/// booking does.
async fn too_long(ended: tokio::sync::oneshot::Receiver<()>, patience: Duration) {
    if ended.await.is_err() {
        return std::future::pending().await;
    }
    tokio::time::sleep(patience).await;
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

/// Members who never come back are owed the truth as well: their booking is in the studio's calendar, or is not.
async fn settle_again_and_again(app: Arc<App>) {
    loop {
        if let Err(error) = settle::settle_open(&app).await {
            tracing::warn!(%error, "open attempts could not be looked up");
        }
        tokio::time::sleep(app.settings.limits.settle).await;
    }
}

async fn learn_zone(app: Arc<App>) {
    if app.zone.zone().is_none() {
        studio_zone::ask(&app.zone, &app.catalogue, &app.upstream).await;
    }
    if app.zone.zone().is_none() {
        tracing::warn!(
            "the studio's zone is not known; days are UTC until a slot names it or FRONTDESK_ZONE is set"
        );
    }
}
