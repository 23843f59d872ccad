//! The proxies of one run: where they are, when one is killed, when all is over.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng as _};
use tokio::sync::watch;

use crate::TrialError;
use crate::proxy::Proxy;

/// What members know of them.
pub struct Fleet {
    /// Tells the keys of one run from those of any other on the same database.
    pub run: String,
    addresses: Vec<SocketAddr>,
    over: AtomicBool,
}

impl Fleet {
    /// Of these proxies.
    #[must_use]
    pub fn new(run: String, proxies: &[Proxy]) -> Self {
        Self {
            run,
            addresses: proxies.iter().map(Proxy::address).collect(),
            over: AtomicBool::new(false),
        }
    }

    /// One of them, as a balancer would choose.
    pub fn any(&self, chance: &mut impl Rng) -> SocketAddr {
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 1));
        let at = chance.random_range(0..self.addresses.len().max(1));
        self.addresses.get(at).copied().unwrap_or(nowhere)
    }

    /// Nobody waits any longer.
    pub fn end(&self) {
        self.over.store(true, Ordering::Relaxed);
    }

    /// Whether nobody waits any longer.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }
}

/// Kills one or another, at random moments, until told to stop; gives them back, and how often it killed.
///
/// # Errors
/// One does not come up any more.
pub async fn kill_at_random(
    mut proxies: Vec<Proxy>,
    seed: u64,
    every: Duration,
    mut stop: watch::Receiver<bool>,
) -> Result<(Vec<Proxy>, u32), TrialError> {
    let (mut chance, mut kills) = (StdRng::seed_from_u64(seed), 0);
    loop {
        let pause = every.mul_f64(chance.random_range(0.3..1.7));
        let stopped = tokio::time::timeout(pause, told(&mut stop)).await;
        if stopped.is_ok() {
            return Ok((proxies, kills));
        }
        let which = chance.random_range(0..proxies.len().max(1));
        if let Some(proxy) = proxies.get_mut(which) {
            proxy.kill_and_start().await?;
            kills += 1;
        }
    }
}

/// Waits until it is said, or nobody is left to say it.
async fn told(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}
