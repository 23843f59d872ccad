//! wrk, and reading what it says.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use tokio::process::Command;

use crate::TrialError;

/// What is asked, and of whom.
pub(super) struct Target {
    /// For the report.
    pub(super) name: &'static str,
    pub(super) at: SocketAddr,
    pub(super) asks: Asks,
}

/// The same again and again, or each time the same of another service, whose number stands between the two.
pub(super) enum Asks {
    Same(String),
    Others(String, String),
}

/// What one target came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Figures {
    /// Requests in all.
    pub(super) requests: u64,
    /// A second.
    pub(super) a_second: f64,
    /// Half were faster, in milliseconds.
    pub(super) p50: f64,
    /// 99 of 100 were.
    pub(super) p99: f64,
    /// What went wrong, in wrk's words.
    pub(super) errors: Option<String>,
}

/// Two threads, as many connections as asked for. `script` is where others-times.lua is.
///
/// # Errors
/// There is no wrk, or it says nothing that is understood.
pub(super) async fn wrk(
    target: &Target,
    script: &Path,
    connections: u32,
    lasts: Duration,
) -> Result<Figures, TrialError> {
    let mut command = Command::new("wrk");
    command.args(["-t2", "--latency"]).arg(format!("-c{connections}"));
    command.arg(format!("-d{}s", lasts.as_secs().max(1)));
    let origin = format!("http://{}", target.at);
    match &target.asks {
        Asks::Same(path) => command.arg(origin + path),
        Asks::Others(before, after) => command
            .arg("-s")
            .arg(script)
            .arg(origin)
            .args(["--", before, after]),
    };
    let output = command
        .output()
        .await
        .map_err(TrialError::io("starting wrk (Debian's package `wrk`)"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    read(&text).ok_or_else(|| TrialError::Tool(format!("wrk said: {text}")))
}

fn read(text: &str) -> Option<Figures> {
    let after = |name: &str| text.lines().find_map(|line| line.trim().strip_prefix(name));
    let error = |line: &&str| line.contains("Non-2xx") || line.contains("Socket errors");
    let requests = text.lines().find(|line| line.contains(" requests in "))?;
    Some(Figures {
        requests: requests.split_whitespace().next()?.parse().ok()?,
        a_second: after("Requests/sec:")?.trim().parse().ok()?,
        p50: millis(after("50%")?)?,
        p99: millis(after("99%")?)?,
        errors: text.lines().find(error).map(|line| line.trim().to_owned()),
    })
}

/// `950.00us`, `1.25ms` or `1.02s`.
fn millis(text: &str) -> Option<f64> {
    let text = text.trim();
    let (number, by) = match text.strip_suffix("us") {
        Some(number) => (number, 0.001),
        None => match text.strip_suffix("ms") {
            Some(number) => (number, 1.0),
            None => (text.strip_suffix('s')?, 1000.0),
        },
    };
    number.parse::<f64>().ok().map(|number| number * by)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "Running 10s test @ http://127.0.0.1:9002/x
  2 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.52ms    1.10ms  31.11ms   92.12%
    Req/Sec    22.40k     1.60k   27.01k    72.50%
  Latency Distribution
     50%  950.00us
     75%    1.81ms
     90%    2.49ms
     99%    1.02s
  445952 requests in 10.01s, 689.75MB read
  Non-2xx or 3xx responses: 7
Requests/sec:  44560.54
Transfer/sec:     68.92MB
";

    #[test]
    fn what_wrk_says_is_read() {
        let figures = read(SAID).unwrap();
        assert_eq!(figures.requests, 445_952);
        assert!((figures.a_second - 44_560.54).abs() < 0.001);
        assert!((figures.p50 - 0.95).abs() < 0.001);
        assert!((figures.p99 - 1020.0).abs() < 0.001);
        assert_eq!(figures.errors.as_deref(), Some("Non-2xx or 3xx responses: 7"));
        assert_eq!(read("unable to connect"), None);
    }
}
