//! The key, looked for in all that the installed proxy says: answers, stdout, stderr, at the most that can be logged, when
//! it does not start, and in what a panic could print.

use super::binary::Binary;
use crate::secrets::{FIRST_NAME, PLANTED, every_route, leaky};
use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn no_word_of_the_installed_proxy_holds_the_key_or_a_members_data() {
    for form in ["text", "json"] {
        let upstream = listen_to_keys(leaky()).await;
        let proxy = Binary::start(upstream, form);
        let answers = every_route(&Browser::new(proxy.address)).await;
        for answer in &answers {
            let sent = format!("{:?}{}", answer.headers, answer.text);
            let planted = PLANTED.iter().find(|planted| sent.contains(**planted));
            assert!(planted.is_none(), "{planted:?} was sent: {sent}");
        }
        let said = proxy.said();
        assert!(
            said.contains("/api/v1/appointments/booking/book"),
            "it was really said: {said}"
        );
        for planted in PLANTED.iter().chain([&FIRST_NAME]) {
            let line = said.lines().find(|line| line.contains(planted));
            assert!(line.is_none(), "{planted} was said: {line:?}");
        }
    }
}

#[test]
fn what_a_panic_could_print_of_the_settings_has_no_key() {
    let folder = folder();
    let settings = settings_for(&folder, std::net::SocketAddr::from(([127, 0, 0, 1], 9)));
    let printed = format!("{settings:?} {settings:#?}");
    assert!(
        printed.contains("127.0.0.1:9") && !printed.contains(KEY),
        "{printed}"
    );
}

#[tokio::test]
async fn a_start_that_fails_says_why_and_not_with_which_key() {
    let folder = folder();
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = free.local_addr().unwrap();
    drop(free);
    for url in [
        "https://studio.invalid".to_owned(),
        format!("http://{KEY}@{closed}"),
        format!("https://studio.example/{KEY}"),
        format!("https://studio.example?{KEY}"),
        format!("https://{KEY}.invalid:{KEY}"),
        KEY.to_owned(),
    ] {
        let ended = std::process::Command::new(env!("CARGO_BIN_EXE_frontdesk-proxy"))
            .env_clear()
            .env("FRONTDESK_UPSTREAM_URL", &url)
            .env("FRONTDESK_API_KEY", KEY)
            .env("FRONTDESK_LISTEN", "127.0.0.1:0")
            .env("FRONTDESK_DATA", folder.path().join("data"))
            .env("FRONTDESK_DIST", folder.path().join("dist"))
            .env("RUST_LOG", "trace")
            .env("RUST_BACKTRACE", "full")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&[ended.stdout, ended.stderr].concat()).into_owned();
        assert!(
            !ended.status.success() && said.contains("FRONTDESK_"),
            "{url}: {said}"
        );
        assert!(!said.contains(KEY), "{url}: {said}");
    }
}
