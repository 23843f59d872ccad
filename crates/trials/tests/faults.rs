//! A short run of faults, through the proxy that was built last. The long one is `cargo xtask faults`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::time::Duration;

use trials::faults::judge::Wrong;
use trials::faults::{Options, run};

/// What `FRONTDESK_PROXY_BIN` names; else what cargo has put beside this test, as it does before any test of the workspace
/// runs. Without one there is nothing to try, and a test that tries nothing must not pass.
fn proxy() -> PathBuf {
    let named = std::env::var_os("FRONTDESK_PROXY_BIN")
        .filter(|name| !name.is_empty())
        .map(PathBuf::from);
    let beside = || {
        let test = std::env::current_exe().unwrap();
        let folder = test.ancestors().nth(2).unwrap();
        folder.join(format!("frontdesk-proxy{}", std::env::consts::EXE_SUFFIX))
    };
    let proxy = named.unwrap_or_else(beside);
    assert!(
        proxy.is_file(),
        "{} is not there: `cargo build -p frontdesk-proxy` first, or name one in FRONTDESK_PROXY_BIN",
        proxy.display()
    );
    proxy
}

/// The built app, or a page that is just enough of one for the proxy to start with: no member of this run looks at it.
fn dist(folder: &Path) -> PathBuf {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist");
    if built.join("index.html").is_file() {
        return built;
    }
    let page = include_str!("page.html");
    std::fs::write(folder.join("index.html"), page).unwrap();
    folder.to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_are_told_the_truth_whatever_is_lost_on_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        proxy: proxy(),
        dist: dist(folder.path()),
        bookings: 150,
        members: 100,
        a_minute: 600,
        seed: 20_261_125,
        proxies: 1,
        database: None,
        kill_every: Duration::from_secs(4),
    };
    let report = run(&options).await.unwrap();
    println!("{report}");
    let (calls, faults) = report.calls;
    assert!(
        report.wishes > 100 && report.kills > 0 && faults > calls / 10,
        "a run without faults shows nothing"
    );
    for wrong in Wrong::ALL {
        assert_eq!(report.count(wrong), 0, "{}: see above", wrong.word());
    }
    assert_eq!(
        report.cancelled_twice_refused, 0,
        "cancelled twice is cancelled: see above"
    );
}
