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
use super::guard::no_customer_id;
use crate::app::App;
use crate::identity::network;

/// A minute, and at once. A studio's own network is one address: fifty people who tap for a minute stay below.
const CALLS: (NonZeroU32, NonZeroU32) = (count(600), count(200));
/// Pages that have to be drawn. Whoever is in the app asks for none; and no address may use up the hundred calls of one
/// operation that everybody has at once.
const PAGES: (NonZeroU32, NonZeroU32) = (count(150), count(50));
/// Pictures. A catalogue has one a service.
const PICTURES: (NonZeroU32, NonZeroU32) = (count(600), count(200));
/// Webhooks. A studio in which something is booked each second stays below.
const WEBHOOKS: (NonZeroU32, NonZeroU32) = (count(600), count(200));
/// From this many addresses on, those that have been quiet are forgotten.
const MANY: usize = 10_000;

const fn count(most: u32) -> NonZeroU32 {
    match NonZeroU32::new(most) {
        Some(count) => count,
        None => NonZeroU32::MIN,
    }
}

/// What is counted by address, each apart from the others: a catalogue full of pictures must not keep its reader from
/// booking.
pub(crate) struct Paces {
    calls: Pace,
    pages: Pace,
    pictures: Pace,
    webhooks: Pace,
}

impl Default for Paces {
    fn default() -> Self {
        Self {
            calls: Pace::of(CALLS),
            pages: Pace::of(PAGES),
            pictures: Pace::of(PICTURES),
            webhooks: Pace::of(WEBHOOKS),
        }
    }
}

/// Counts by address.
struct Pace(DefaultKeyedRateLimiter<IpAddr>);

impl Pace {
    fn of((a_minute, at_once): (NonZeroU32, NonZeroU32)) -> Self {
        Self(RateLimiter::keyed(
            Quota::per_minute(a_minute).allow_burst(at_once),
        ))
    }

    fn lets_through(&self, address: IpAddr) -> bool {
        if self.0.len() > MANY {
            self.0.retain_recent();
        }
        self.0.check_key(&network(address)).is_ok()
    }
}

/// Refuses an address that calls too fast.
pub(super) async fn keep(
    State(app): State<Arc<App>>,
    from: ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    keep_to(&app.paces.calls, &app, from, request, |request| next.run(request)).await
}

/// The same where a request may name no customer either.
pub(super) async fn keep_without_customer(
    State(app): State<Arc<App>>,
    from: ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let within = |request| no_customer_id(request, |request| next.run(request));
    keep_to(&app.paces.calls, &app, from, request, within).await
}

/// Refuses an address that asks for pictures too fast.
pub(super) async fn keep_pictures(
    State(app): State<Arc<App>>,
    from: ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    keep_to(&app.paces.pictures, &app, from, request, |request| {
        next.run(request)
    })
    .await
}

/// Refuses an address that sends webhooks too fast, before their key is looked at.
pub(super) async fn keep_webhooks(
    State(app): State<Arc<App>>,
    from: ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    keep_to(&app.paces.webhooks, &app, from, request, |request| {
        next.run(request)
    })
    .await
}

async fn keep_to<F>(
    pace: &Pace,
    app: &App,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: impl FnOnce(Request) -> F,
) -> Response
where
    F: Future<Output = Response>,
{
    let from = address(app, peer, request.headers());
    if is_uncounted(from) || pace.lets_through(from) {
        next(request).await
    } else {
        Trouble::of(FailureKind::Busy).into_response()
    }
}

/// Whether an address may have one more page drawn now; counts it.
pub(super) fn may_have_drawn(app: &App, from: IpAddr) -> bool {
    is_uncounted(from) || app.paces.pages.lets_through(from)
}

/// Loopback is a developer, or a proxy in front that was not told to be trusted: then everybody is one address.
fn is_uncounted(from: IpAddr) -> bool {
    from.is_loopback()
}

/// Whoever connected; behind a trusted proxy, whom that one last added.
pub(super) fn address(app: &App, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    client(app.settings.server.trust_forwarded, peer, headers)
}

pub(super) fn client(trusted: bool, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    let named = trusted.then(|| added_last(headers)).flatten();
    named.unwrap_or(peer.ip())
}

/// What stands before it anybody may have written, even what is no text: it must not hide what the trusted one added.
fn added_last(headers: &HeaderMap) -> Option<IpAddr> {
    let list = headers.get_all("x-forwarded-for").iter().next_back()?;
    let last = list.as_bytes().rsplit(|b| *b == b',').next()?;
    let last = std::str::from_utf8(last).ok()?.trim();
    // Some add the port.
    let with_port = || last.parse().map(|socket: SocketAddr| socket.ip());
    last.parse().or_else(|_| with_port()).ok()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn nothing_that_a_stranger_writes_hides_whom_a_trusted_proxy_added() {
        let peer = SocketAddr::from(([127, 0, 0, 1], 4711));
        let counted = |trusted, lists: &[&[u8]]| {
            let values = lists.iter().map(|list| HeaderValue::from_bytes(list).unwrap());
            let name = axum::http::HeaderName::from_static("x-forwarded-for");
            let headers: HeaderMap = values.map(|value| (name.clone(), value)).collect();
            client(trusted, peer, &headers).to_string()
        };
        for lists in [
            &[&b"192.0.2.7"[..]][..],
            &[b"127.0.0.1, 192.0.2.7"],
            &[b"\xff\xe4, 192.0.2.7"],
            &["\u{e4}, 192.0.2.7".as_bytes()],
            &[b"\xff", b"192.0.2.7"],
            &[b"127.0.0.1,192.0.2.7:4711"],
        ] {
            assert_eq!(counted(true, lists), "192.0.2.7", "{lists:?}");
            assert_eq!(counted(false, lists), "127.0.0.1", "{lists:?}");
        }
        assert_eq!(counted(true, &[b"x, [2001:db8::1]:443"]), "2001:db8::1");
        assert_eq!(counted(true, &[b"192.0.2.7, unknown"]), "127.0.0.1");
    }
}
