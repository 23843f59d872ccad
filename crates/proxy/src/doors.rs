//! Who is let in: so many connections at once, of everybody and from one address.

use std::collections::HashMap;
use std::io::{Error, ErrorKind, Result};
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::config::Server;
use crate::identity::network;
use crate::measure;
use crate::stall::Watched;

/// How long a connection waits until one of those before it is closed: a rush is over sooner, an attack is not.
const WAITS: Duration = Duration::from_secs(5);

/// Counts connections. Its clones count the same.
#[derive(Clone)]
pub(crate) struct Doors {
    all: Arc<Semaphore>,
    of_addresses: Arc<Mutex<HashMap<IpAddr, usize>>>,
    per_address: usize,
    stall: Duration,
}

/// A connection's place, which is free again when it is dropped.
pub(crate) struct Place {
    address: Option<IpAddr>,
    doors: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl Doors {
    pub(crate) fn new(server: &Server) -> Self {
        let doors = &server.doors;
        // Behind a trusted proxy all connections are that one's.
        let per_address = if server.trust_forwarded {
            usize::MAX
        } else {
            doors.per_address
        };
        Self {
            all: Arc::new(Semaphore::new(doors.connections)),
            of_addresses: Arc::default(),
            per_address,
            stall: doors.stall,
        }
    }

    /// A place for an address, unless it has as many as it may. Loopback, which may be a proxy in front, has no end.
    fn place(&self, address: IpAddr) -> Option<Place> {
        let address = Some(network(address)).filter(|address| !address.is_loopback());
        if let Some(address) = address {
            let mut taken = self.of_addresses.lock().unwrap_or_else(PoisonError::into_inner);
            let taken = taken.entry(address).or_default();
            if *taken >= self.per_address {
                return None;
            }
            *taken += 1;
        }
        measure::connected();
        Some(Place {
            address,
            doors: Arc::clone(&self.of_addresses),
        })
    }

    async fn let_in(self, stream: TcpStream) -> Result<Watched<(Place, OwnedSemaphorePermit)>> {
        let full = |why: &'static str| {
            measure::turned_away(why);
            Error::new(ErrorKind::ConnectionRefused, why)
        };
        let address = stream.peer_addr()?.ip();
        let place = self.place(address).ok_or_else(|| full("address"))?;
        let turn = tokio::time::timeout(WAITS, self.all.acquire_owned()).await;
        let permit = turn.ok().and_then(std::result::Result::ok);
        let permit = permit.ok_or_else(|| full("all"))?;
        stream.set_nodelay(true)?;
        Ok(Watched::new(stream, self.stall, (place, permit)))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        measure::disconnected();
        let Some(address) = self.address else { return };
        let mut taken = self.doors.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&address);
            }
        }
    }
}

impl<S: Send + 'static> Accept<TcpStream, S> for Doors {
    type Stream = Watched<(Place, OwnedSemaphorePermit)>;
    type Service = S;
    type Future = Pin<Box<dyn Future<Output = Result<(Self::Stream, S)>> + Send>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let doors = self.clone();
        Box::pin(async move { Ok((doors.let_in(stream).await?, service)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Settings, Source};

    fn doors(change: impl FnOnce(&mut Server)) -> Doors {
        let mut server = Settings::read(&Source::default()).unwrap().server;
        server.doors.per_address = 2;
        change(&mut server);
        Doors::new(&server)
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn an_address_has_so_many_places_and_gets_them_back() {
        let doors = doors(|_| {});
        let (one, other) = (address("203.0.113.7"), address("203.0.113.8"));
        let held = [doors.place(one), doors.place(one)];
        assert!(held.iter().all(Option::is_some) && doors.place(one).is_none());
        assert!(doors.place(other).is_some());
        drop(held);
        assert!(doors.place(one).is_some());
        assert!(
            doors.of_addresses.lock().unwrap().is_empty(),
            "nobody is remembered"
        );
    }

    #[test]
    fn a_network_is_one_address_and_what_stands_in_front_is_none() {
        let in_front = doors(|server| server.trust_forwarded = true);
        let many = |doors: &Doors, text: &str| {
            let places: Vec<_> = (0..9).map_while(|_| doors.place(address(text))).collect();
            places.len()
        };
        let doors = doors(|_| {});
        let _held = doors.place(address("2001:db8::1"));
        let _other = doors.place(address("2001:db8::2"));
        assert!(doors.place(address("2001:db8::3")).is_none());
        assert_eq!((many(&doors, "127.0.0.1"), many(&doors, "203.0.113.7")), (9, 2));
        assert_eq!(many(&in_front, "203.0.113.7"), 9);
    }
}
