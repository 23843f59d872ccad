//! Figures for whoever runs it, in the names and the form of Prometheus. Their labels come from short lists of ours: no
//! address, key, number or id is ever one.

use std::sync::OnceLock;
use std::time::Duration;

use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::house::House;
use crate::upstream::UpstreamError;

/// Seconds: from what a kept page takes to what a booking may.
const BUCKETS: [f64; 11] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 25.0];
/// How often what was measured is put together, asked for or not; else it would pile up.
const UPKEEP: Duration = Duration::from_secs(5);

/// The process's figures; `None` where another recorder was there first.
static FIGURES: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Begins to measure. A second call changes nothing.
pub(crate) fn start() -> Option<&'static PrometheusHandle> {
    FIGURES.get_or_init(install).as_ref()
}

fn install() -> Option<PrometheusHandle> {
    let handle = PrometheusBuilder::new()
        .set_buckets(&BUCKETS)
        .ok()?
        .install_recorder()
        .ok()?;
    describe_counter!("http_requests_total", "Requests that were answered.");
    describe_histogram!(
        "http_request_duration_seconds",
        "From a request's head to its answer's."
    );
    describe_counter!(
        "upstream_requests_total",
        "Calls to the upstream, by what came of them."
    );
    describe_histogram!(
        "upstream_request_duration_seconds",
        "Calls to the upstream, with what was tried again."
    );
    describe_counter!(
        "booking_attempts_total",
        "Attempts to book, by what they came to."
    );
    describe_gauge!(
        "booking_attempts_open",
        "Attempts to book that this process works on."
    );
    describe_counter!(
        "kiosk_sign_ins_total",
        "What was shown at kiosks to sign in, by what came of it."
    );
    describe_counter!(
        "cache_requests_total",
        "What was asked of something kept, and what was found."
    );
    describe_gauge!("connections_open", "Connections of browsers.");
    describe_counter!("connections_refused_total", "Connections that found no place.");
    describe_gauge!("frontdesk_build_info", "1, with the version.");
    gauge!("frontdesk_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    Some(handle)
}

/// Puts together what was measured, for as long as the process serves.
pub(crate) async fn keep_up() {
    let Some(figures) = start() else { return };
    loop {
        tokio::time::sleep(UPKEEP).await;
        figures.run_upkeep();
    }
}

/// All of them, as text.
pub(crate) fn all(house: &House) -> Option<String> {
    let figures = start()?;
    for studio in house.studios() {
        let name = studio.app.settings.name.to_string();
        gauge!("booking_attempts_open", "studio" => name).set(count(studio.app.attempts.open()));
    }
    Some(figures.render())
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}

/// A request that was answered.
pub(crate) fn answered(studio: &str, method: &str, route: &str, status: u16, took: Duration) {
    let (studio, route) = (studio.to_owned(), route.to_owned());
    // Anybody may invent a method, and each would be a series of its own.
    let method = ["GET", "HEAD", "POST", "DELETE"]
        .into_iter()
        .find(|known| *known == method)
        .unwrap_or("other");
    let labels = [
        ("studio", studio.clone()),
        ("method", method.to_owned()),
        ("route", route.clone()),
        ("status", status.to_string()),
    ];
    counter!("http_requests_total", &labels).increment(1);
    histogram!("http_request_duration_seconds", "studio" => studio, "method" => method, "route" => route)
        .record(took);
}

/// A call to the upstream.
pub(crate) fn called<O>(took: Duration, error: Option<&UpstreamError>) {
    let operation = operation::<O>();
    let result = error.map_or("ok", UpstreamError::label);
    counter!("upstream_requests_total", "operation" => operation, "result" => result).increment(1);
    histogram!("upstream_request_duration_seconds", "operation" => operation).record(took);
}

/// The operation's own name, as the contract has it.
fn operation<O>() -> &'static str {
    std::any::type_name::<O>().rsplit("::").next().unwrap_or("other")
}

/// What an attempt to book came to.
pub(crate) fn attempted(outcome: &'static str) {
    counter!("booking_attempts_total", "outcome" => outcome).increment(1);
}

/// Something was shown at a kiosk to sign in.
pub(crate) fn shown_at_kiosk(medium: &'static str, result: &'static str) {
    counter!("kiosk_sign_ins_total", "medium" => medium, "result" => result).increment(1);
}

/// What was found where something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// It was there, and fresh.
    Hit,
    /// It was there, and old enough to be read anew behind whoever is shown it.
    Stale,
    /// It was not there, and somebody was reading it already.
    Wait,
    /// It was not there, and was read; or could not be.
    Miss,
    /// Besides: it could not be read, and an older one stood in.
    StandIn,
}

impl Found {
    fn label(self) -> &'static str {
        match self {
            Self::Hit => "hit",
            Self::Stale => "stale",
            Self::Wait => "wait",
            Self::Miss => "miss",
            Self::StandIn => "stand_in",
        }
    }
}

/// Something that is kept was asked for.
pub(crate) fn kept(cache: &'static str, found: Found) {
    counter!("cache_requests_total", "cache" => cache, "result" => found.label()).increment(1);
}

/// A connection came.
pub(crate) fn connected() {
    gauge!("connections_open").increment(1.0);
}

/// One that came has gone.
pub(crate) fn disconnected() {
    gauge!("connections_open").decrement(1.0);
}

/// A connection found no place.
pub(crate) fn turned_away(why: &'static str) {
    counter!("connections_refused_total", "reason" => why).increment(1);
}
