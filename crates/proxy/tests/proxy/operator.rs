//! For whoever runs it: whether it is ready, its figures, and one id from the browser to the upstream.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use frontdesk_proxy::config::Settings;
use serde_json::json;

use crate::kind::{SLOTS, SLOTS_CALL, upstream};
use crate::scripted::*;
use crate::support::*;

async fn with_a_token(settings: impl FnOnce(&mut Settings)) -> Stage {
    stage_with(|own| {
        own.server.metrics_token = Some("planted-token-0123456789".into());
        settings(own);
    })
    .await
}

async fn figures(stage: &Stage, headers: &[(&str, &str)]) -> Answer {
    stage.browser().send("GET", "/metrics", headers, None).await
}

const TOKEN: (&str, &str) = ("authorization", "Bearer planted-token-0123456789");

#[tokio::test]
async fn figures_are_counted_by_route_and_hold_nothing_of_anybody() {
    let stage = with_a_token(|settings| settings.name = "counted".parse().unwrap()).await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    let booked = nora.book("key-of-a-counted-booking", &wish).await.json();
    let id = booked["bookingId"].to_string();
    assert_eq!(nora.get(&format!("{BOOKINGS}/{id}")).await.status, 200);
    assert_eq!(nora.get("/").await.status, 200);
    assert_eq!(nora.get("/").await.status, 200);
    for method in ["PROPFIND", "PLANTEDMETHOD"] {
        nora.send(method, "/nowhere/planted", &[], None).await;
    }

    let said = figures(&stage, &[TOKEN]).await;
    assert!(
        said.status == 200
            && said
                .header("content-type")
                .starts_with("text/plain; version=0.0.4")
    );
    let has = |line: &str| {
        assert!(
            said.text.lines().any(|one| one.starts_with(line)),
            "{line}\n{}",
            said.text
        )
    };
    has(
        "http_requests_total{studio=\"counted\",method=\"POST\",route=\"/api/v1/appointments/booking/book\",status=\"200\"} 1",
    );
    has(
        "http_requests_total{studio=\"counted\",method=\"GET\",route=\"/api/v1/appointments/booking/{bookingId}\",status=\"200\"} 1",
    );
    has("http_requests_total{studio=\"counted\",method=\"other\",route=\"page or file\"");
    has("http_request_duration_seconds_bucket{studio=\"counted\",method=\"GET\"");
    has("upstream_requests_total{operation=\"Book\",result=\"ok\"}");
    has("upstream_request_duration_seconds_count{operation=\"ListSlots\"}");
    has("booking_attempts_total{outcome=\"booked\"}");
    has("booking_attempts_open{studio=\"counted\"} 0");
    has("cache_requests_total{cache=\"pages\",result=\"hit\"}");
    has("cache_requests_total{cache=\"times\",result=\"miss\"}");
    has("connections_open");
    for planted in [
        NORA.0,
        &id,
        TRAINING,
        KEY,
        "PLANTEDMETHOD",
        "planted",
        "key-of-a-counted",
    ] {
        assert!(!said.text.contains(planted), "{planted}\n{}", said.text);
    }
}

#[tokio::test]
async fn figures_are_for_whoever_has_the_token_or_is_on_this_machine() {
    let stage = with_a_token(|_| {}).await;
    for wrong in [
        &[][..],
        &[("authorization", "Bearer planted-token-012345678")],
        &[("authorization", "planted-token-0123456789")],
        &[("authorization", "Bearer ")],
    ] {
        assert_eq!(figures(&stage, wrong).await.status, 404, "{wrong:?}");
    }
    let open = crate::support::stage().await;
    assert_eq!(figures(&open, &[]).await.status, 200);
    // Behind a proxy in front all the world is on this machine.
    for shows in ["x-forwarded-for", "forwarded", "via", "x-real-ip"] {
        assert_eq!(
            figures(&open, &[(shows, "203.0.113.7")]).await.status,
            404,
            "{shows}"
        );
    }
    let trusting = stage_with(|settings| settings.server.trust_forwarded = true).await;
    assert_eq!(figures(&trusting, &[]).await.status, 404);
}

/// An upstream that can be told to fail, and says what it was asked with.
#[derive(Clone, Default)]
struct Failing {
    status: Arc<Mutex<Option<StatusCode>>>,
    ids: Arc<Mutex<Vec<String>>>,
}

impl Failing {
    fn with(&self, status: Option<StatusCode>) {
        *self.status.lock().unwrap() = status;
    }

    fn before(&self, studio: Router) -> Router {
        let this = self.clone();
        studio.layer(axum::middleware::from_fn(move |request: Request, next: Next| {
            let status = *this.status.lock().unwrap();
            let id = request
                .headers()
                .get("x-request-id")
                .map(|id| id.to_str().unwrap().to_owned());
            this.ids.lock().unwrap().extend(id);
            async move {
                match status {
                    Some(status) => status.into_response(),
                    None => Response::from(next.run(request).await),
                }
            }
        }))
    }
}

async fn failing() -> (Stage, Failing) {
    let failing = Failing::default();
    let settings = demo_studio::Settings {
        key: KEY.into(),
        clock: demo_studio::Clock::fixed(monday()),
        ..Default::default()
    };
    let studio = demo_studio::Studio::open(settings).await.unwrap();
    let upstream = listen(failing.before(studio.router())).await;
    let stage = stage_with(|settings| {
        settings.upstream.as_mut().unwrap().url = format!("http://{upstream}").parse().unwrap();
        settings.limits.look_again = Duration::from_millis(20);
    })
    .await;
    (stage, failing)
}

/// Asks until it is ready or not, as a balancer does.
async fn until_ready(browser: &Browser, status: u16) -> Answer {
    let asking = async {
        loop {
            let answer = browser.get("/readyz").await;
            if answer.status == status {
                return answer;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), asking)
        .await
        .expect("it comes to that")
}

#[tokio::test]
async fn readiness_follows_the_upstream_and_comes_back_by_itself() {
    let (stage, upstream) = failing().await;
    let browser = stage.browser();
    let ready = until_ready(&browser, 200).await.json();
    let studio = json!({ "studio": "main", "store": "ok", "upstream": "ok" });
    assert_eq!(ready, json!({ "status": "ready", "studios": [studio] }));

    for (status, says) in [
        (StatusCode::BAD_GATEWAY, "down"),
        (StatusCode::UNAUTHORIZED, "refuses the key"),
    ] {
        upstream.with(Some(status));
        for window in ["2026-11-26", "2026-11-27", "2026-11-28"] {
            let path = format!("{BOOKABLE}/{TRAINING}/slots?daysAhead=1&slotWindowStartDate={window}");
            assert!(browser.get(&path).await.status >= 500);
        }
        let answer = until_ready(&browser, 503).await;
        assert_eq!(answer.json()["studios"][0]["upstream"], says);
        assert_eq!(browser.get("/readyz/main").await.status, 503);
        assert_eq!(browser.get("/healthz").await.status, 200, "the process is well");
        upstream.with(None);
        until_ready(&browser, 200).await;
    }
    assert_eq!(browser.get("/readyz/nobody").await.status, 404);
}

#[tokio::test]
async fn one_id_goes_from_the_browser_to_the_upstream_and_back() {
    let (stage, upstream) = failing().await;
    let nora = stage.signed_in(NORA).await;
    let wish = nora.wish(TRAINING, "2026-11-26").await;
    upstream.ids.lock().unwrap().clear();
    let origin = format!("http://{}", stage.address);
    let headers = [
        ("origin", origin.as_str()),
        ("idempotency-key", "key-of-a-traced-booking"),
        ("x-request-id", "edge-7f3a.1_x"),
    ];
    let booked = nora.send("POST", BOOK, &headers, Some(&wish)).await;
    assert_eq!(
        (booked.status, booked.header("x-request-id")),
        (200, "edge-7f3a.1_x"),
        "{}",
        booked.text
    );
    let ids = upstream.ids.lock().unwrap().clone();
    assert!(
        ids.len() >= 2 && ids.iter().all(|id| id == "edge-7f3a.1_x"),
        "{ids:?}"
    );

    let too_long = "a".repeat(65);
    for odd in ["a b", "a;b", "\u{e4}", too_long.as_str()] {
        let made = stage
            .browser()
            .send("GET", "/healthz", &[("x-request-id", odd)], None)
            .await;
        let made = made.header("x-request-id").to_owned();
        assert!(made.len() == 22 && made != odd, "{made}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_line_of_a_request_has_its_id_beside_the_upstreams_and_stays_one_line() {
    use std::io::BufRead as _;
    let scripted = Scripted::new();
    let upstream = listen(scripted.router()).await;
    let folder = folder();
    let mut running = Running(
        std::process::Command::new(env!("CARGO_BIN_EXE_frontdesk-proxy"))
            .env_clear()
            .env("FRONTDESK_UPSTREAM_URL", format!("http://{upstream}"))
            .env("FRONTDESK_API_KEY", KEY)
            .env("FRONTDESK_LISTEN", "127.0.0.1:0")
            .env("FRONTDESK_DATA", folder.path().join("data"))
            .env("FRONTDESK_DIST", folder.path().join("dist"))
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut lines = std::io::BufReader::new(running.0.stdout.take().unwrap()).lines();
    let open = lines.next().unwrap().unwrap();
    let browser = Browser::new(open.rsplit("http://").next().unwrap().parse().unwrap());

    let forged = "trace\n2026-11-25 ERROR forged: all doors are open\u{1b}[31m";
    let refusal = json!({ "errorMessage": "no\nERROR forged", "traceId": forged });
    scripted.says("GET /v1/appointments/bookable/7", 500, refusal);
    let path = format!("{BOOKABLE}/7");
    let answer = browser
        .send("GET", &path, &[("x-request-id", "edge-of-a-log")], None)
        .await;
    assert_eq!(answer.status, 502);

    running.0.kill().unwrap();
    let said = std::io::read_to_string(running.0.stderr.take().unwrap()).unwrap();
    let of: Vec<_> = said
        .lines()
        .filter(|line| line.contains("edge-of-a-log"))
        .collect();
    assert!(of.len() >= 2, "the upstream's failure and the request: {said}");
    assert!(of.iter().all(|line| line.contains("trace")), "{of:?}");
    assert!(said.contains("forged") && !said.contains('\u{1b}'));
    assert!(
        !said
            .lines()
            .any(|line| line.starts_with("2026-11-25 ERROR forged")),
        "{said}"
    );
}

/// How often something was found so, whoever asked for it.
async fn found(stage: &Stage, cache: &str, result: &str) -> u64 {
    let line = format!("cache_requests_total{{cache=\"{cache}\",result=\"{result}\"}} ");
    let said = figures(stage, &[]).await.text;
    let counted = said.lines().find_map(|one| one.strip_prefix(&line));
    counted.map_or(0, |count| count.parse().unwrap())
}

#[tokio::test]
async fn what_is_kept_is_counted_by_what_was_found_there() {
    let upstream = upstream();
    let held = Arc::new(tokio::sync::Semaphore::new(0));
    let gate = Arc::clone(&held);
    let slowly = move |request: Request, next: Next| {
        let gate = Arc::clone(&gate);
        async move {
            if request.uri().path().ends_with("/slots") {
                gate.acquire().await.unwrap().forget();
            }
            next.run(request).await
        }
    };
    let stage = in_front_of(upstream.router().layer(axum::middleware::from_fn(slowly))).await;
    let look = || {
        let browser = stage.browser();
        tokio::spawn(async move { browser.get(SLOTS).await.status })
    };
    let results = ["miss", "wait", "hit", "stale", "stand_in"];
    let counted = async || {
        let mut all = Vec::new();
        for result in results {
            all.push(found(&stage, "times", result).await);
        }
        all
    };
    let before = counted().await;
    let more = async |what: &str| {
        let place = results.iter().position(|result| *result == what).unwrap();
        eventually(what, async || found(&stage, "times", what).await > before[place]).await;
    };
    let first = look();
    more("miss").await;
    let second = look();
    more("wait").await;
    held.add_permits(1);
    assert_eq!((first.await.unwrap(), second.await.unwrap()), (200, 200));
    assert_eq!(look().await.unwrap(), 200);
    stage.later(chrono::TimeDelta::seconds(7));
    assert_eq!(look().await.unwrap(), 200, "a little old, and read anew behind");
    upstream.says(SLOTS_CALL, 500, json!({}));
    held.add_permits(1000);
    stage.later(chrono::TimeDelta::minutes(1));
    assert_eq!(look().await.unwrap(), 200, "it stands in");
    let after = counted().await;
    // Other tests ask as well, and their counts are these.
    for (result, (before, after)) in results.iter().zip(before.iter().zip(after)) {
        assert!(after > *before, "{result}: {before} {after}");
    }
}

#[tokio::test]
async fn a_studio_whose_name_is_no_text_is_none_as_any_other_that_is_not_there() {
    let stage = stage().await;
    for name in ["south", "%FF"] {
        let answer = stage.browser().get(&format!("/readyz/{name}")).await;
        assert_eq!(
            (answer.status, answer.kind().as_str()),
            (404, "NOT_FOUND"),
            "{name}"
        );
    }
}
