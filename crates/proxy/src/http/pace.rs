//! So that one address cannot use up the tenant's thousand requests a minute, which are everybody's.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use booking::FailureKind;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::error::Trouble;
use crate::app::App;
use crate::identity::network;

/// A studio's own network is one address: fifty people who tap for a minute stay below.
const A_MINUTE: NonZeroU32 = NonZeroU32::MIN.saturating_add(599);
const AT_ONCE: NonZeroU32 = NonZeroU32::MIN.saturating_add(199);
/// From this many addresses on, those that have been quiet are forgotten.
const MANY: usize = 10_000;

/// Counts calls by address.
pub(crate) struct Pace(DefaultKeyedRateLimiter<IpAddr>);

impl Default for Pace {
    fn default() -> Self {
        Self(RateLimiter::keyed(
            Quota::per_minute(A_MINUTE).allow_burst(AT_ONCE),
        ))
    }
}

impl Pace {
    fn lets_through(&self, address: IpAddr) -> bool {
        if self.0.len() > MANY {
            self.0.retain_recent();
        }
        self.0.check_key(&network(address)).is_ok()
    }
}

/// Refuses an address that asks too fast.
pub(super) async fn keep(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let from = address(&app, peer, request.headers());
    // Loopback is a developer, or a proxy in front that was not told to be trusted: then everybody is one address.
    if from.is_loopback() || app.pace.lets_through(from) {
        return next.run(request).await;
    }
    Trouble::of(FailureKind::Busy).into_response()
}

/// Whoever connected; behind a trusted proxy, whom that one last added.
pub(super) fn address(app: &App, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .and_then(|value| value.to_str().ok());
    let last = forwarded.and_then(|list| list.rsplit(',').next()?.trim().parse().ok());
    last.filter(|_| app.settings.server.trust_forwarded)
        .unwrap_or(peer.ip())
}
