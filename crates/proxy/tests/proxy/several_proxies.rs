//! Several proxies on one database: whatever races and whoever is killed, nothing is booked twice and nothing is lost.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use base64::Engine as _;
use chrono::TimeDelta;
use demo_studio::{CallQuirk, OperationName, Quirks, Studio};
use frontdesk_proxy::clock::Clock;
use frontdesk_proxy::serve;
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::Notify;

use crate::databases::{Fresh, on_both};
use crate::support::*;

on_both! {
    two_keys_for_one_wish_at_two_proxies_are_one_booking_and_both_are_told_it
    one_key_at_two_proxies_is_one_booking_and_both_are_told_it
    one_key_with_another_wish_is_refused_at_the_other_proxy_too
    many_races_with_lost_answers_double_nothing_and_lose_nothing
    a_proxy_that_is_killed_after_it_was_booked_leaves_a_booking_that_the_other_finds
    what_comes_of_a_call_that_was_given_up_is_told_in_the_end
    a_move_whose_proxy_was_killed_while_it_cancelled_is_gone_on_with
    of_two_processes_the_one_that_lives_finds_what_the_killed_one_booked
    a_proxy_that_is_killed_before_it_was_booked_leaves_nothing_and_the_wish_can_be_had
}

const SESSION_KEY: [u8; 32] = [7; 32];

/// Two proxies, and a studio whose calls of book can be held up.
struct Fleet {
    studio: Studio,
    clocks: (Clock, demo_studio::Clock),
    upstream: SocketAddr,
    hold: Arc<Hold>,
    folder: TempDir,
    fresh: Fresh,
    proxies: Vec<SocketAddr>,
}

/// Keeps answers from coming: of book, before or after it is done, and of cancelling before.
#[derive(Default)]
struct Hold {
    before: AtomicBool,
    after: AtomicBool,
    cancel: AtomicBool,
    held: Notify,
    let_go: Notify,
}

async fn may_hold(State(hold): State<Arc<Hold>>, request: Request, next: Next) -> Response {
    let is_book = request.uri().path().ends_with("/booking/book");
    let is_cancel = request.method() == axum::http::Method::DELETE;
    if is_cancel && hold.cancel.load(Ordering::SeqCst) || is_book && hold.before.load(Ordering::SeqCst) {
        hold.held.notify_one();
        hold.let_go.notified().await;
    }
    let answer = next.run(request).await;
    if is_book && hold.after.load(Ordering::SeqCst) {
        hold.held.notify_one();
        return std::future::pending().await;
    }
    answer
}

impl Fleet {
    /// With this many proxies in this process.
    async fn of(proxies: usize, fresh: Fresh) -> Self {
        let now = Clock::system().now();
        let clocks = (Clock::standing_at(now), demo_studio::Clock::fixed(now));
        let studio = Studio::open(demo_studio::Settings {
            key: KEY.into(),
            clock: clocks.1.clone(),
            ..Default::default()
        })
        .await
        .unwrap();
        let hold = Arc::<Hold>::default();
        let router = studio
            .router()
            .layer(from_fn_with_state(Arc::clone(&hold), may_hold));
        let mut fleet = Self {
            studio,
            clocks,
            upstream: listen(router).await,
            hold,
            folder: folder(),
            fresh,
            proxies: Vec::new(),
        };
        for _ in 0..proxies {
            let address = fleet.start().await;
            fleet.proxies.push(address);
        }
        fleet
    }

    async fn start(&self) -> SocketAddr {
        let mut settings = settings_for(&self.folder, self.upstream);
        settings.session.key = Some(SESSION_KEY);
        settings.limits.patience = Duration::from_secs(60);
        // Another process has the machine's clock, and may take its time to start.
        settings.limits.settled_after = TimeDelta::minutes(10);
        self.fresh.set(&mut settings);
        let proxy = serve::open(settings, false, self.clocks.0.clone()).await.unwrap();
        let address = proxy.address();
        tokio::spawn(proxy.serve(std::future::pending()));
        address
    }

    /// One member's browser at each of the proxies, with one session.
    async fn signed_in(&self, who: (&str, &str), at: &[SocketAddr]) -> Vec<Browser> {
        let first = Browser::new(at[0]);
        assert_eq!(first.sign_in(who).await.status, 200);
        let at_each = at.iter().map(|address| {
            let mut browser = Browser::new(*address);
            browser.cookies = Arc::clone(&first.cookies);
            browser
        });
        at_each.collect()
    }

    fn book_takes(&self, millis: u64) {
        self.book_is(None, millis, false);
    }

    fn book_is(&self, times: Option<u32>, delay_millis: u64, lose_answer: bool) {
        let quirk = CallQuirk {
            operation: OperationName::Book,
            times,
            delay_millis,
            status: None,
            lose_answer,
        };
        let calls = vec![quirk];
        self.studio.quirks().set(Quirks {
            calls,
            ..Default::default()
        });
    }

    fn later(&self, by: TimeDelta) {
        let now = self.clocks.0.now() + by;
        self.clocks.0.set(now);
        self.clocks.1.set(Some(now));
    }

    /// A day that the studio's list of bookings reaches.
    fn day(&self, ahead: i64) -> String {
        (self.clocks.0.now() + TimeDelta::days(ahead))
            .format("%Y-%m-%d")
            .to_string()
    }

    /// Another process, from the real binary.
    async fn process(&self) -> Process {
        let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk-proxy"));
        command
            .env_clear()
            .env("FRONTDESK_UPSTREAM_URL", format!("http://{}", self.upstream))
            .env("FRONTDESK_API_KEY", KEY)
            .env("FRONTDESK_LISTEN", "127.0.0.1:0")
            .env("FRONTDESK_DIST", self.folder.path().join("dist"))
            .env("FRONTDESK_DATA", self.folder.path().join("data"))
            .env(
                "FRONTDESK_SESSION_KEY",
                base64::engine::general_purpose::STANDARD.encode(SESSION_KEY),
            )
            .env("RUST_LOG", "warn")
            .envs(self.fresh.environment());
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let stdout = child.stdout.take().unwrap();
        let said = tokio::task::spawn_blocking(move || {
            let mut line = String::new();
            BufReader::new(stdout).read_line(&mut line).unwrap();
            line
        });
        let line = said.await.unwrap();
        let address = line.trim().rsplit_once("http://").unwrap().1.parse().unwrap();
        Process { child, address }
    }
}

/// Killed at the end at the latest.
struct Process {
    child: Child,
    address: SocketAddr,
}

impl Process {
    /// As `kill -9` does.
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn key(n: usize) -> String {
    format!("key-of-a-race-number-{n}")
}

/// So that the next round may have another time beside it.
async fn cancel(browser: &Browser, booked: &Answer) {
    let id = booked.json()["bookingId"].clone();
    assert_eq!(browser.delete(&format!("{BOOKINGS}/{id}")).await.status, 200);
}

async fn two_keys_for_one_wish_at_two_proxies_are_one_booking_and_both_are_told_it(fresh: Fresh) {
    let fleet = Fleet::of(2, fresh).await;
    let nora = fleet.signed_in(NORA, &fleet.proxies).await;
    fleet.book_takes(50);
    for round in 0..5 {
        let wish = nora[0].wish(TRAINING, &fleet.day(3)).await;
        let keys = (key(2 * round), key(2 * round + 1));
        let (one, two) = tokio::join!(nora[0].book(&keys.0, &wish), nora[1].book(&keys.1, &wish));
        assert_eq!((one.status, two.status), (200, 200), "{} {}", one.text, two.text);
        assert_eq!(one.text, two.text);
        assert_eq!(nora[0].standing(&wish).await, 1);
        // Asked after at the other, each says the same.
        for (browser, key) in [(&nora[1], keys.0), (&nora[0], keys.1)] {
            let view = browser.post(&format!("/attempts/{key}"), &json!({})).await.json();
            assert_eq!(view["state"], "BOOKED", "{view}");
            assert_eq!(view["booking"]["bookingId"], one.json()["bookingId"]);
        }
        cancel(&nora[1], &one).await;
    }
}

async fn one_key_at_two_proxies_is_one_booking_and_both_are_told_it(fresh: Fresh) {
    let fleet = Fleet::of(2, fresh).await;
    let nora = fleet.signed_in(NORA, &fleet.proxies).await;
    fleet.book_takes(50);
    for round in 0..5 {
        let wish = nora[0].wish(TRAINING, &fleet.day(3)).await;
        let key = key(round);
        let (one, two) = tokio::join!(nora[0].book(&key, &wish), nora[1].book(&key, &wish));
        assert_eq!((one.status, two.status), (200, 200), "{} {}", one.text, two.text);
        assert_eq!(one.text, two.text);
        assert_eq!(nora[0].standing(&wish).await, 1);
        cancel(&nora[1], &one).await;
    }
}

async fn one_key_with_another_wish_is_refused_at_the_other_proxy_too(fresh: Fresh) {
    let fleet = Fleet::of(2, fresh).await;
    let nora = fleet.signed_in(NORA, &fleet.proxies).await;
    let wish = nora[0].wish(TRAINING, &fleet.day(3)).await;
    let mut other = wish.clone();
    other["bookableAppointmentId"] = json!(1_220_000_103);
    fleet.book_takes(50);
    let key = key(1);
    let (one, two) = tokio::join!(nora[0].book(&key, &wish), nora[1].book(&key, &other));
    let statuses = [one.status, two.status];
    assert!(statuses.contains(&409), "{} {}", one.text, two.text);
    assert_eq!(nora[1].book(&key, &other).await.status == 409, one.status == 200);
}

async fn many_races_with_lost_answers_double_nothing_and_lose_nothing(fresh: Fresh) {
    let fleet = Fleet::of(2, fresh).await;
    let mut races = Vec::new();
    for (m, who) in [NORA, HENRY].into_iter().enumerate() {
        let browsers = fleet.signed_in(who, &fleet.proxies).await;
        for (d, service) in [TRAINING, "1220000103"].into_iter().enumerate() {
            let wish = browsers[0].wish(service, &fleet.day(2 + 3 * d as i64)).await;
            races.push((browsers.clone(), wish, 10 * m + d));
        }
    }
    let mut booked = 0;
    // Some answers never come, though it is booked.
    fleet.book_is(Some(3), 20, true);
    let all = races.iter().map(|(browsers, wish, n)| async move {
        let key = |k: usize| key(100 * n + k);
        let (a, b, c) = (key(1), key(2), key(3));
        let answers = tokio::join!(
            browsers[0].book(&a, wish),
            browsers[1].book(&a, wish),
            browsers[0].book(&b, wish),
            browsers[1].book(&c, wish),
        );
        [answers.0, answers.1, answers.2, answers.3]
    });
    let answers = futures_util::future::join_all(all).await;
    fleet.studio.quirks().set(Quirks::default());
    fleet.later(TimeDelta::minutes(20));
    for ((browsers, wish, n), answers) in races.iter().zip(answers) {
        let texts: Vec<_> = answers.iter().map(|answer| &answer.text).collect();
        let mut ids = Vec::new();
        let mut states = Vec::new();
        for k in 1..4 {
            let path = format!("/attempts/{}", key(100 * n + k));
            let view = browsers[k % 2].post(&path, &json!({})).await.json();
            ids.extend(view["booking"].get("bookingId").cloned());
            states.push(view["state"].as_str().unwrap().to_owned());
        }
        ids.extend(
            answers
                .iter()
                .filter(|answer| answer.status == 200)
                .map(|answer| answer.json()["bookingId"].clone()),
        );
        assert!(ids.windows(2).all(|two| two[0] == two[1]), "{texts:?} {states:?}");
        // Both members may have wished for the same trainer: then one of them booked nothing, and is told so.
        let standing = browsers[0].standing(wish).await;
        assert_eq!(standing, usize::from(!ids.is_empty()), "{texts:?} {states:?}");
        let known = |state: &String| match standing {
            1 => state == "BOOKED",
            _ => state == "NOT_BOOKED" || state == "REFUSED",
        };
        assert!(states.iter().all(known), "{texts:?} {states:?}");
        let told_wrong = |answer: &Answer| standing == 1 && answer.kind() == "REFUSED";
        assert!(!answers.iter().any(told_wrong), "{texts:?}");
        booked += standing;
    }
    assert!(booked > 0);
}

/// Nora's wish, sent to a process that is killed while the upstream holds it; and her browser at the proxy that is left.
async fn killed_while_held(
    fresh: Fresh,
    held: impl Fn(&Hold) -> &AtomicBool,
) -> (Fleet, Browser, serde_json::Value) {
    let fleet = Fleet::of(1, fresh).await;
    let mut doomed = fleet.process().await;
    let at = [doomed.address, fleet.proxies[0]];
    let [first, other] = fleet.signed_in(NORA, &at).await.try_into().ok().unwrap();
    let wish = other.wish(TRAINING, &fleet.day(3)).await;
    held(&fleet.hold).store(true, Ordering::SeqCst);
    let wished = wish.clone();
    let cut_off = tokio::spawn(async move { first.try_book(&key(1), &wished).await });
    fleet.hold.held.notified().await;
    doomed.kill();
    assert!(
        cut_off.await.unwrap().is_none(),
        "it was killed before it answered"
    );
    held(&fleet.hold).store(false, Ordering::SeqCst);
    (fleet, other, wish)
}

async fn a_proxy_that_is_killed_after_it_was_booked_leaves_a_booking_that_the_other_finds(fresh: Fresh) {
    let (fleet, nora, wish) = killed_while_held(fresh, |hold| &hold.after).await;
    // Sent, and booked, and nobody wrote it down. A page that was loaded anew asks the other, under another key.
    fleet.later(TimeDelta::minutes(2));
    let found = nora.book(&key(2), &wish).await;
    assert_eq!(found.status, 200, "{}", found.text);
    assert_eq!(nora.standing(&wish).await, 1);
    for n in [1, 2] {
        let path = format!("/attempts/{}", key(n));
        let view = nora.post(&path, &json!({})).await.json();
        assert_eq!(view["state"], "BOOKED", "{view}");
        assert_eq!(view["booking"]["bookingId"], found.json()["bookingId"]);
    }
}

async fn a_proxy_that_is_killed_before_it_was_booked_leaves_nothing_and_the_wish_can_be_had(fresh: Fresh) {
    let (fleet, nora, wish) = killed_while_held(fresh, |hold| &hold.before).await;
    // The upstream might be at work still; it is not sent again.
    fleet.later(TimeDelta::minutes(2));
    assert_eq!(nora.book(&key(1), &wish).await.kind(), "UNCERTAIN");
    assert_eq!(nora.standing(&wish).await, 0);
    fleet.later(TimeDelta::minutes(20));
    let path = format!("/attempts/{}", key(1));
    let view = nora.post(&path, &json!({})).await.json();
    assert_eq!(view["state"], "NOT_BOOKED", "{view}");
    assert_eq!(nora.book(&key(2), &wish).await.status, 200);
    assert_eq!(nora.standing(&wish).await, 1);
}

async fn a_move_whose_proxy_was_killed_while_it_cancelled_is_gone_on_with(fresh: Fresh) {
    let fleet = Fleet::of(1, fresh).await;
    let mut doomed = fleet.process().await;
    let nora = fleet.signed_in(NORA, &[doomed.address, fleet.proxies[0]]).await;
    let (from, to) = (
        nora[1].wish(TRAINING, &fleet.day(1)).await,
        nora[1].wish(TRAINING, &fleet.day(3)).await,
    );
    assert_ne!(from, to);
    let old = nora[1].book(&key(1), &from).await.json()["bookingId"].clone();
    fleet.hold.cancel.store(true, Ordering::SeqCst);
    let (first, wished, path) = (nora[0].clone(), to.clone(), format!("/bookings/{old}/move"));
    let cut_off = tokio::spawn(async move { first.try_post(&path, &key(2), &wished).await });
    fleet.hold.held.notified().await;
    doomed.kill();
    assert!(
        cut_off.await.unwrap().is_none(),
        "it was killed before it answered"
    );
    fleet.hold.cancel.store(false, Ordering::SeqCst);
    let of = json!({ "bookingId": old, "wish": to });
    let view = nora[1].post(&format!("/moves/{}", key(2)), &of).await.json();
    assert_eq!(view["state"], "MOVED", "{view}");
    assert_eq!(
        (nora[1].standing(&from).await, nora[1].standing(&to).await),
        (0, 1)
    );
}

async fn what_comes_of_a_call_that_was_given_up_is_told_in_the_end(fresh: Fresh) {
    let fleet = Fleet::of(2, fresh).await;
    let nora = fleet.signed_in(NORA, &fleet.proxies).await;
    let wish = nora[0].wish(TRAINING, &fleet.day(3)).await;
    fleet.hold.before.store(true, Ordering::SeqCst);
    let (first, wished) = (nora[0].clone(), wish.clone());
    let slow = tokio::spawn(async move { first.book(&key(1), &wished).await });
    fleet.hold.held.notified().await;
    // As far as anybody else can tell, its process is long dead.
    fleet.later(TimeDelta::minutes(20));
    let path = format!("/attempts/{}", key(1));
    let view = nora[1].post(&path, &json!({})).await.json();
    assert_eq!(view["state"], "NOT_BOOKED", "{view}");
    fleet.hold.let_go.notify_one();
    let booked = slow.await.unwrap();
    assert_eq!(booked.status, 200, "{}", booked.text);
    assert_eq!(nora[1].standing(&wish).await, 1);
    let view = nora[1].post(&path, &json!({})).await.json();
    assert_eq!(view["booking"]["bookingId"], booked.json()["bookingId"], "{view}");
}

async fn of_two_processes_the_one_that_lives_finds_what_the_killed_one_booked(fresh: Fresh) {
    let fleet = Fleet::of(0, fresh).await;
    let mut doomed = fleet.process().await;
    let survivor = fleet.process().await;
    let nora = fleet.signed_in(NORA, &[doomed.address, survivor.address]).await;
    let wish = nora[1].wish(TRAINING, &fleet.day(3)).await;
    fleet.hold.after.store(true, Ordering::SeqCst);
    let (first, wished) = (nora[0].clone(), wish.clone());
    let cut_off = tokio::spawn(async move { first.try_book(&key(1), &wished).await });
    fleet.hold.held.notified().await;
    // While it is at work, the same wish comes to the other, which waits for it.
    let (second, wished) = (nora[1].clone(), wish.clone());
    let waits = tokio::spawn(async move { second.book(&key(2), &wished).await });
    doomed.kill();
    assert!(
        cut_off.await.unwrap().is_none(),
        "it was killed before it answered"
    );
    let found = waits.await.unwrap();
    assert_eq!(found.status, 200, "{}", found.text);
    assert_eq!(nora[1].standing(&wish).await, 1);
    let path = format!("/attempts/{}", key(1));
    let view = nora[1].post(&path, &json!({})).await.json();
    assert_eq!(view["booking"]["bookingId"], found.json()["bookingId"], "{view}");
}
