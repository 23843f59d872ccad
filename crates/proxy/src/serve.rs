//! From settings to a listening proxy, and to its orderly end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::app::StartError;
use crate::clock::Clock;
use crate::config::HouseSettings;
use crate::house::House;
use crate::http;

/// A proxy that listens and does not serve yet.
pub struct Proxy {
    house: Arc<House>,
    listener: TcpListener,
    address: SocketAddr,
}

/// Opens everything: the studios, their databases, the port.
///
/// # Errors
/// One sentence that says what is wrong.
pub async fn open(
    settings: impl Into<HouseSettings>,
    reset: bool,
    clock: Clock,
) -> Result<Proxy, StartError> {
    let settings = settings.into();
    // The port first: a second start beside a first one should say so, and touch no data.
    let wanted = settings.server.listen;
    let listener = TcpListener::bind(wanted)
        .await
        .map_err(|e| StartError::Listen(wanted, e))?;
    let address = listener.local_addr().map_err(|e| StartError::Listen(wanted, e))?;
    let house = Arc::new(House::open(settings, reset, clock).await?);
    Ok(Proxy {
        house,
        listener,
        address,
    })
}

impl Proxy {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its studios, to tell them new settings while they are served.
    pub fn house(&self) -> Arc<House> {
        Arc::clone(&self.house)
    }

    /// Whether nothing here is real.
    pub fn is_demo(&self) -> bool {
        self.house.studios().iter().any(|studio| studio.app.is_demo())
    }

    /// Whom to sign in as at the demo studio; nobody where the studio is real.
    pub fn demo_members(&self) -> Vec<booking::DemoMember> {
        let first = self.house.studios().into_iter().next();
        first
            .map(|studio| (studio.app.demo)(booking::Lang::En))
            .unwrap_or_default()
    }

    /// Serves until `end`; then lets requests and bookings under way finish.
    ///
    /// # Errors
    /// The system's, from the listening socket.
    pub async fn serve(self, end: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
        let limits = self.house.studios();
        let longest = limits
            .iter()
            .map(|studio| studio.app.settings.limits.longest_request());
        let patience = longest.max().unwrap_or_default();
        let service =
            http::front(Arc::clone(&self.house)).into_make_service_with_connect_info::<SocketAddr>();
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
        self.house.close().await;
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
