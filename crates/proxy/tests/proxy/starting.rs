//! What ends a start, and in which words.

use std::path::Path;

use axum::Router;
use axum::http::StatusCode;
use frontdesk_proxy::clock::Clock;
use frontdesk_proxy::config::{NAMES, Settings, Source};
use frontdesk_proxy::serve;

use crate::support::*;

fn read(env: &[(&str, &str)], file: Option<&Path>) -> Result<Settings, String> {
    let env = env
        .iter()
        .map(|(name, value)| (format!("FRONTDESK_{name}"), (*value).to_owned()));
    let source = Source::read(env, file).map_err(|error| error.to_string())?;
    Settings::read(&source).map_err(|error| error.to_string())
}

#[test]
fn a_wrong_setting_ends_the_start_with_its_name_and_what_it_should_be() {
    let url = ("UPSTREAM_URL", "https://studio.example");
    let key = ("API_KEY", "a-good-enough-key");
    for (env, says) in [
        (vec![url], "FRONTDESK_API_KEY is not set"),
        (vec![key], "FRONTDESK_UPSTREAM_URL is not set"),
        (
            vec![("UPSTREAM_URL", "studio.example"), key],
            "FRONTDESK_UPSTREAM_URL is \"studio.example\": write the tenant's",
        ),
        (
            vec![("UPSTREAM_URL", "http://studio.example"), key],
            "in the clear",
        ),
        (
            vec![("UPSTREAM_URL", "https://studio.example/v1"), key],
            "without a path",
        ),
        (vec![url, ("API_KEY", "short")], "FRONTDESK_API_KEY is not a key"),
        (
            vec![url, ("API_KEY", "a key with blanks")],
            "FRONTDESK_API_KEY is not a key",
        ),
        (
            vec![("ZONE", "Mars/Base")],
            "FRONTDESK_ZONE is \"Mars/Base\": write an IANA time zone",
        ),
        (
            vec![("LISTEN", "localhost")],
            "FRONTDESK_LISTEN is \"localhost\": write an address and a port",
        ),
        (vec![("LISTEN", "127.0.0.1:99999")], "FRONTDESK_LISTEN"),
        (vec![("PUBLIC_ORIGIN", "book.example")], "FRONTDESK_PUBLIC_ORIGIN"),
        (
            vec![("SESSION_KEY", "c2hvcnQ=")],
            "FRONTDESK_SESSION_KEY is not 32 bytes",
        ),
        (vec![("SESSION_HOURS", "0")], "FRONTDESK_SESSION_HOURS"),
        (vec![("TIMES_NEED_SIGN_IN", "maybe")], "write true or false"),
        (vec![("DATA", "dist/data")], "outside FRONTDESK_DIST"),
        (vec![("LOG", "xml")], "write text or json"),
        (vec![("TIMEOUT_READ", "0")], "whole seconds"),
    ] {
        let error = read(&env, None).expect_err(says);
        assert!(error.contains(says), "{error}");
        assert!(
            !error.contains('\n') && !error.contains("a-good-enough-key"),
            "{error}"
        );
    }
}

#[test]
fn a_file_is_read_and_the_environment_wins() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("frontdesk.toml");
    std::fs::write(
        &file,
        "zone = \"Europe/Vienna\"\nsession_hours = 2\ntimes_need_sign_in = true\n",
    )
    .unwrap();
    let settings = read(&[("ZONE", "Europe/Zurich"), ("LISTEN", " ")], Some(&file)).unwrap();
    assert_eq!(settings.studio.zone, Some(chrono_tz::Europe::Zurich));
    assert_eq!(settings.session.lasts.num_hours(), 2);
    assert!(settings.studio.times_need_sign_in && settings.upstream.is_none());

    std::fs::write(&file, "api_kee = \"x\"\n").unwrap();
    assert!(
        read(&[], Some(&file))
            .unwrap_err()
            .contains("no setting of that name")
    );
    std::fs::write(
        &file,
        "zone = \"Europe/Vienna\"\napi_key = secret-without-quotes\n",
    )
    .unwrap();
    let error = read(&[], Some(&file)).unwrap_err();
    assert!(error.contains("line 2") && !error.contains("secret"), "{error}");
    assert!(
        read(&[], Some(Path::new("/nowhere/frontdesk.toml")))
            .unwrap_err()
            .contains("cannot be read")
    );
}

#[test]
fn every_setting_is_in_the_operators_table() {
    let table = include_str!("../../../../docs/operate.md");
    for name in NAMES {
        let name = format!("`FRONTDESK_{}`", name.to_ascii_uppercase());
        assert!(table.contains(&name), "docs/operate.md lacks {name}");
    }
}

#[test]
fn no_setting_is_printed_with_its_secret() {
    let settings = read(
        &[("UPSTREAM_URL", "https://studio.example"), ("API_KEY", KEY)],
        None,
    )
    .unwrap();
    assert!(!format!("{settings:?}").contains(KEY));
}

async fn open(upstream: Router, change: impl FnOnce(&mut Settings)) -> String {
    let upstream = listen(upstream).await;
    let folder = folder();
    let mut settings = settings_for(&folder, upstream);
    change(&mut settings);
    serve::open(settings, false, Clock::system())
        .await
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default()
}

#[tokio::test]
async fn a_key_that_the_tenant_refuses_ends_the_start() {
    let refusing = Router::new().fallback(|| async { StatusCode::UNAUTHORIZED });
    let error = open(refusing, |_| {}).await;
    assert!(
        error.contains("FRONTDESK_API_KEY") && error.contains("refuses the key") && !error.contains(KEY),
        "{error}"
    );
}

#[tokio::test]
async fn a_tenant_that_does_not_exist_a_port_that_is_taken_and_an_app_that_is_not_built_end_it() {
    let error = open(Router::new(), |s| {
        s.upstream.as_mut().unwrap().url = "https://studio.invalid".parse().unwrap()
    })
    .await;
    assert!(error.contains("there is no host studio.invalid"), "{error}");
    let taken = listen(Router::new()).await;
    let error = open(Router::new(), |s| s.server.listen = taken).await;
    assert!(error.contains("FRONTDESK_LISTEN"), "{error}");
    let error = open(Router::new(), |s| s.server.dist = "/nowhere/dist".into()).await;
    assert!(
        error.contains("FRONTDESK_DIST") && error.contains("build the app first"),
        "{error}"
    );
}

#[tokio::test]
async fn an_upstream_that_is_down_for_the_moment_ends_nothing() {
    let error = open(
        Router::new().fallback(|| async { StatusCode::SERVICE_UNAVAILABLE }),
        |_| {},
    )
    .await;
    assert_eq!(error, "");
}

#[tokio::test]
async fn without_a_tenant_the_demo_studio_runs_and_names_its_members() {
    let folder = folder();
    let mut settings = Settings::read(&Source::default()).unwrap();
    settings.server.listen = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    settings.server.data = folder.path().join("data");
    settings.server.dist = folder.path().join("dist");
    let proxy = serve::open(settings, false, Clock::system()).await.unwrap();
    assert!(proxy.is_demo() && proxy.demo_members().len() >= 8);
    let (address, first) = (proxy.address(), proxy.demo_members()[0].clone());
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let task = tokio::spawn(proxy.serve(async { ended.await.unwrap_or_default() }));
    let browser = Browser::new(address);
    let born = first.date_of_birth.to_string();
    assert_eq!(browser.sign_in((&first.customer_number, &born)).await.status, 200);
    assert!(folder.path().join("data/demo-studio.sqlite").exists());
    end.send(()).unwrap();
    task.await.unwrap().unwrap();
    assert!(
        tokio::net::TcpStream::connect(address).await.is_err(),
        "it has ended"
    );
}
