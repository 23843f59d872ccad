//! From settings to a listening proxy, and to its orderly end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum_server::{Handle, Server};
use tokio::net::TcpListener;

use crate::app::StartError;
use crate::clock::Clock;
use crate::config::{self, HouseSettings};
use crate::doors::Doors;
use crate::house::House;
use crate::{http, measure};

/// Line and headers of a request. A cookie has 4 kB at most.
const LARGEST_HEAD: u32 = 16 << 10;
/// Requests at once on one connection by HTTP/2.
const MOST_STREAMS: u32 = 32;
const SMALL_WINDOW: u32 = 64 << 10;
/// What is kept of an answer for a reader by HTTP/2 that does not take it, for each request.
const KEPT_FOR_READER: usize = 16 << 10;
/// How long the other end of a connection by HTTP/2 may leave unanswered whether it is still there.
const STILL_THERE: Duration = Duration::from_secs(20);

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
    measure::start();
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

    /// Whether browsers come by TLS.
    pub fn is_tls(&self) -> bool {
        self.house.tls().is_some()
    }

    /// Serves until `end`; then lets requests and bookings under way finish.
    ///
    /// # Errors
    /// The system's, from the listening socket.
    pub async fn serve(self, end: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
        let handle = Handle::new();
        let ending = tokio::spawn(end_in_good_order(end, handle.clone(), Arc::clone(&self.house)));
        let figures = tokio::spawn(measure::keep_up());
        let service =
            http::front(Arc::clone(&self.house)).into_make_service_with_connect_info::<SocketAddr>();
        let doors = Doors::new(self.house.server());
        let server = listening(self.listener, self.house.server()).handle(handle);
        let served = match self.house.tls() {
            Some(tls) => server.acceptor(tls.behind(doors)).serve(service).await,
            None => server.acceptor(doors).serve(service).await,
        };
        ending.abort();
        figures.abort();
        self.house.close().await;
        served
    }
}

/// A connection that says nothing must not keep a process that was told to end; one that books may take as long as a
/// booking does.
async fn end_in_good_order(end: impl Future<Output = ()>, handle: Handle<SocketAddr>, house: Arc<House>) {
    end.await;
    let studios = house.studios();
    let longest = studios
        .iter()
        .map(|studio| studio.app.settings.limits.longest_request());
    handle.graceful_shutdown(longest.max());
}

/// With the limits of a request's head, which come before there is a request.
fn listening(listener: TcpListener, server: &config::Server) -> Server<SocketAddr> {
    let doors = &server.doors;
    let mut listening = Server::from_listener(listener)
        .first_request_timeout(doors.head)
        .accept_error_handler(|address, _| {
            // Of one connection is its own end; of none is this process's: it has no more files.
            if address.is_none() {
                measure::turned_away("system");
            }
        });
    let http = listening.http_builder();
    // It counts from the end of the answer before, and so is the time that a connection may be idle as well.
    http.http1()
        .header_read_timeout(doors.idle)
        .max_buf_size(LARGEST_HEAD as usize);
    http.http2()
        .max_header_list_size(LARGEST_HEAD)
        .max_concurrent_streams(MOST_STREAMS)
        // Nobody sends us more than a small body.
        .initial_stream_window_size(SMALL_WINDOW)
        .initial_connection_window_size(SMALL_WINDOW)
        .max_send_buf_size(KEPT_FOR_READER)
        .keep_alive_interval(doors.idle)
        .keep_alive_timeout(STILL_THERE);
    listening
}
