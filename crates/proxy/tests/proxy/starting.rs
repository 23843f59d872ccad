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
            "FRONTDESK_UPSTREAM_URL is not an address: write the tenant's",
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
        (
            vec![("DATABASE", "mysql://proxy:a-good-enough-key@db/frontdesk")],
            "FRONTDESK_DATABASE is no address of a PostgreSQL server",
        ),
        (vec![("DATABASE", "frontdesk.sqlite")], "write postgres://"),
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
fn a_key_where_the_address_belongs_is_not_repeated() {
    for swapped in ["planted-key-7f3a9c51e2", "planted:key-7f3a9c51e2"] {
        let error = read(
            &[("UPSTREAM_URL", swapped), ("API_KEY", "https://studio.example")],
            None,
        )
        .unwrap_err();
        assert!(
            error.contains("FRONTDESK_UPSTREAM_URL") && !error.contains("7f3a9c51e2"),
            "{error}"
        );
    }
}

#[test]
fn an_empty_text_in_the_file_is_not_set() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("frontdesk.toml");
    std::fs::write(
        &file,
        "api_key = \"\"\nupstream_url = \" \"\nstudio_name = \"\"\nzone = \"\"\n",
    )
    .unwrap();
    let settings = read(&[], Some(&file)).unwrap();
    assert!(settings.upstream.is_none() && settings.studio.zone.is_none());
    assert_eq!(settings.studio.contact.name, None);
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

/// Answers a HEAD and a GET alike, as most servers do.
fn always(status: u16, body: &'static str) -> Router {
    let location = ("location", "https://elsewhere.example/");
    Router::new().fallback(move || async move { (StatusCode::from_u16(status).unwrap(), [location], body) })
}

#[tokio::test]
async fn an_address_that_is_no_tenants_ends_the_start() {
    for upstream in [
        always(404, "nothing here"),
        always(302, ""),
        always(403, "<html>no</html>"),
        // Answers everything with the same page, and a HEAD with a redirect to it.
        Router::new().fallback(|request: axum::extract::Request| async move {
            let head = request.method() == axum::http::Method::HEAD;
            (
                if head { StatusCode::FOUND } else { StatusCode::OK },
                "<html>Welcome</html>",
            )
        }),
    ] {
        let error = open(upstream, |_| {}).await;
        assert!(
            error.starts_with("FRONTDESK_") && error.contains("127.0.0.1") && !error.contains(KEY),
            "{error}"
        );
    }
    let error = open(always(404, "{}"), |_| {}).await;
    assert!(
        error.contains("FRONTDESK_UPSTREAM_URL") && error.contains("is not a tenant's API"),
        "{error}"
    );
    let error = open(always(403, "{}"), |_| {}).await;
    assert!(
        error.contains("FRONTDESK_API_KEY") && error.contains("BOOKABLE_APPOINTMENTS_READ"),
        "{error}"
    );
}

#[tokio::test]
async fn a_server_that_answers_no_head_is_asked_for_its_services() {
    let slice = "{\"result\":[{\"id\":7},{}],\"hasNext\":true,\"offset\":\"1\"}";
    for (get, says) in [
        ((200, slice), ""),
        ((503, ""), ""),
        ((429, ""), ""),
        ((401, ""), "refuses the key"),
        ((403, ""), "BOOKABLE_APPOINTMENTS_READ"),
        ((200, "<html>"), "is not a tenant's API"),
        ((301, ""), "is not a tenant's API"),
    ] {
        let upstream = Router::new().fallback(move |request: axum::extract::Request| async move {
            let head = request.method() == axum::http::Method::HEAD;
            let key = request.headers().get("x-api-key").is_some_and(|key| key == KEY);
            let right = key && request.uri() == "/v1/appointments/bookable?sliceSize=10";
            match (head, right) {
                (true, _) => (StatusCode::METHOD_NOT_ALLOWED, ""),
                (false, true) => (StatusCode::from_u16(get.0).unwrap(), get.1),
                (false, false) => (StatusCode::IM_A_TEAPOT, ""),
            }
        });
        let error = open(upstream, |_| {}).await;
        assert!(
            if says.is_empty() {
                error.is_empty()
            } else {
                error.contains(says)
            },
            "{get:?}: {error}"
        );
    }
}

/// Ends the process that a test started.
struct Running(std::process::Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_misspelt_setting_is_said_and_a_proxy_of_the_machines_is_not_asked_for_the_demo() {
    use std::io::BufRead as _;
    let folder = folder();
    let started = std::process::Command::new(env!("CARGO_BIN_EXE_frontdesk-proxy"))
        .env_clear()
        .env("FRONTDESK_LISTEN", "127.0.0.1:0")
        .env("FRONTDESK_DATA", folder.path().join("data"))
        .env("FRONTDESK_DIST", folder.path().join("dist"))
        .env("FRONTDESK_SESION_HOURS", "a-value-that-nobody-repeats")
        .env("FRONTDESK_E2E_SHOW", "1")
        .env("FRONTDESK_CONFIG", "")
        .env("http_proxy", "http://127.0.0.1:9")
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut running = Running(started);
    let mut lines = std::io::BufReader::new(running.0.stdout.take().unwrap()).lines();
    let open = lines.next().unwrap().unwrap();
    let address = open.rsplit("http://").next().unwrap().parse().unwrap();
    let services = Browser::new(address).get(BOOKABLE).await;
    assert_eq!(services.status, 200, "{}", services.text);

    running.0.kill().unwrap();
    let said = std::io::read_to_string(running.0.stderr.take().unwrap()).unwrap();
    assert!(said.contains("FRONTDESK_SESION_HOURS"), "{said}");
    assert!(
        !said.contains("FRONTDESK_E2E_SHOW") && !said.contains("FRONTDESK_CONFIG"),
        "{said}"
    );
    assert!(!said.contains("nobody-repeats"), "{said}");
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
