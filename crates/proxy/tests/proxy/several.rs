//! Several studios in one process, by host name; and settings that are read anew while members are there.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware::Next;
use demo_studio::Studio;
use frontdesk_proxy::clock::Clock;
use frontdesk_proxy::config::{HouseSettings, Source};
use frontdesk_proxy::house::House;
use frontdesk_proxy::kiosks::{self, Order};
use frontdesk_proxy::serve;
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::Notify;

use crate::support::*;

const NORTH: &str = "book.north.example";
const SOUTH: &str = "book.south.example";

/// A proxy whose settings are a file's.
struct Several {
    address: std::net::SocketAddr,
    house: Arc<House>,
    folder: TempDir,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Several {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn read(folder: &TempDir, text: &str) -> Result<HouseSettings, String> {
    let (root, file) = (folder.path().display(), folder.path().join("frontdesk.toml"));
    let shared = format!(
        "listen = \"127.0.0.1:0\"\ndata = \"{root}/data\"\ndist = \"{root}/dist\"\nzone = \"Europe/Berlin\"\n"
    );
    std::fs::write(&file, shared + text).unwrap();
    let source = Source::read([], Some(&file)).map_err(|error| error.to_string())?;
    HouseSettings::read(&source).map_err(|error| error.to_string())
}

fn refused(text: &str) -> String {
    let error = read(&folder(), text).unwrap_err();
    assert!(!error.contains('\n') && !error.contains("planted"), "{error}");
    error
}

async fn serve(text: &str) -> Several {
    let folder = folder();
    let settings = read(&folder, text).unwrap();
    let proxy = serve::open(settings, false, Clock::standing_at(monday()))
        .await
        .unwrap();
    let (address, house) = (proxy.address(), proxy.house());
    let task = tokio::spawn(async move { proxy.serve(std::future::pending()).await.unwrap() });
    Several {
        address,
        house,
        folder,
        task,
    }
}

impl Several {
    async fn told(&self, text: &str) -> Result<Vec<&'static str>, String> {
        let settings = read(&self.folder, text)?;
        self.house
            .reload(settings)
            .await
            .map_err(|error| error.to_string())
    }

    async fn get(&self, host: &str, path: &str) -> Answer {
        ask(&Browser::new(self.address), host, path).await
    }
}

async fn ask(browser: &Browser, host: &str, path: &str) -> Answer {
    browser.send("GET", path, &[("host", host)], None).await
}

async fn sign_in(browser: &Browser, host: &str) {
    let body = json!({ "customerNumber": NORA.0, "dateOfBirth": NORA.1 });
    let origin = format!("http://{host}");
    let headers = [("host", host), ("origin", origin.as_str())];
    let answer = browser.send("POST", "/session", &headers, Some(&body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

/// A studio of its own, which takes one key alone.
async fn studio(key: &str) -> String {
    let settings = demo_studio::Settings {
        key: key.into(),
        clock: demo_studio::Clock::fixed(monday()),
        ..Default::default()
    };
    let studio = Studio::open(settings).await.unwrap();
    format!("http://{}", listen(studio.router()).await)
}

async fn two() -> String {
    let (north, south) = (
        studio("planted-key-north").await,
        studio("planted-key-south").await,
    );
    format!(
        "studio_phone = \"0123\"\n\
         [studios.north]\nhosts = [\"{NORTH}\"]\nupstream_url = \"{north}\"\napi_key = \"planted-key-north\"\nstudio_name = \"Nordstern\"\n\
         [studios.south]\nhosts = [\"{SOUTH}\"]\nupstream_url = \"{south}\"\napi_key = \"planted-key-south\"\nstudio_name = \"Suedstern\"\n"
    )
}

#[tokio::test]
async fn each_host_gets_its_own_studio_and_a_strangers_gets_none() {
    let several = serve(&two().await).await;
    for (host, own, other) in [
        (NORTH, "Nordstern", "Suedstern"),
        (SOUTH, "Suedstern", "Nordstern"),
    ] {
        let page = several.get(&format!("{}:8080", host.to_uppercase()), "/").await;
        assert_eq!(page.status, 200);
        assert!(page.text.contains(own) && !page.text.contains(other), "{host}");
        assert!(page.text.contains("0123"), "what stands above is every studio's");
        assert_eq!(several.get(host, BOOKABLE).await.status, 200);
    }
    for path in ["/", BOOKABLE, "/session", "/favicon.svg"] {
        let nobodys = several.get("book.west.example", path).await;
        assert_eq!(nobodys.status, 421, "{path}");
        assert!(
            !nobodys.text.contains("stern") && nobodys.text.contains("message"),
            "{}",
            nobodys.text
        );
        assert!(
            nobodys
                .header("content-security-policy")
                .contains("default-src 'none'")
        );
    }
    assert_eq!(several.get("10.0.0.7", "/healthz").await.status, 200);
}

#[tokio::test]
async fn a_cookie_of_one_studio_opens_nothing_at_another() {
    let several = serve(&two().await).await;
    let nora = Browser::new(several.address);
    sign_in(&nora, NORTH).await;
    assert_eq!(ask(&nora, NORTH, "/session").await.json()["signedIn"], true);
    assert_eq!(ask(&nora, SOUTH, "/session").await.json()["signedIn"], false);
    assert_eq!(ask(&nora, SOUTH, BOOKINGS).await.status, 401);
}

#[tokio::test]
async fn a_kiosk_of_one_studio_is_none_at_another_and_nor_is_its_code() {
    let on = format!("sign_in = \"number, card\"\n{}", two().await);
    let several = serve(&on).await;
    let command = async |args: &[&str]| {
        let given = args.iter().map(|arg| (*arg).to_owned());
        let names = given.collect::<Vec<_>>();
        let (order, studio) = (
            Order::Pair {
                names: names[1..].to_vec(),
            },
            args[0],
        );
        let settings = read(&several.folder, &on).unwrap();
        let (mut said, clock) = (String::new(), Clock::standing_at(monday()));
        let studio = Some(studio).filter(|name| !name.is_empty());
        let done = kiosks::carry_out(&order, studio, &settings, &clock, |line| said.push_str(&line)).await;
        done.map(|()| said[..11].to_owned())
            .map_err(|error| error.to_string())
    };
    let which = command(&["", "Desk"]).await.unwrap_err();
    assert_eq!(which, "say which studio: --studio with one of north, south");
    assert!(
        command(&["west", "Desk"])
            .await
            .unwrap_err()
            .contains("there is no studio west")
    );
    let (of_north, of_south) = (
        command(&["north", "Desk"]).await.unwrap(),
        command(&["south", "Desk"]).await.unwrap(),
    );
    let device = Browser::new(several.address);
    let send = async |host: &str, path: &str, body: serde_json::Value| {
        let origin = format!("http://{host}");
        let headers = [("host", host), ("origin", origin.as_str())];
        device.send("POST", path, &headers, Some(&body)).await.status
    };
    let card = json!({ "card": "5200000001" });
    assert_eq!(send(NORTH, "/kiosk/pair", json!({ "code": of_south })).await, 401);
    assert_eq!(send(NORTH, "/kiosk/pair", json!({ "code": of_north })).await, 200);
    assert_eq!(send(NORTH, "/session/kiosk", card.clone()).await, 200);
    assert_eq!(send(SOUTH, "/session/kiosk", card).await, 404);
}

#[tokio::test]
async fn what_was_booked_at_one_studio_is_not_known_at_another() {
    let several = serve(&two().await).await;
    // Two customers of one id, as each studio counts its own.
    let (north, south) = (Browser::new(several.address), Browser::new(several.address));
    sign_in(&north, NORTH).await;
    sign_in(&south, SOUTH).await;
    let path = format!("{BOOKABLE}/{TRAINING}/slots?daysAhead=6&slotWindowStartDate=2026-11-26");
    let slots = ask(&north, NORTH, &path).await.json();
    let slot = slots.as_array().unwrap().last().expect("a free time").clone();
    let ids: Vec<_> = slot["instructors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["id"])
        .collect();
    let wish = json!({
        "bookableAppointmentId": TRAINING.parse::<i64>().unwrap(),
        "startDateTime": slot["startDateTime"], "endDateTime": slot["endDateTime"], "instructorIds": ids,
    });
    let send = async |browser: &Browser, host: &str, path: &str, key: &str, body: &serde_json::Value| {
        let origin = format!("http://{host}");
        let headers = [
            ("host", host),
            ("origin", origin.as_str()),
            ("idempotency-key", key),
        ];
        browser.send("POST", path, &headers, Some(body)).await
    };
    let (of_north, of_south) = ("key-of-the-north-0001", "key-of-the-south-0001");
    let booked = send(&north, NORTH, BOOK, of_north, &wish).await;
    assert_eq!(booked.status, 200, "{}", booked.text);
    let asks = format!("/attempts/{of_north}");
    let nothing = json!({});
    let asked = send(&north, NORTH, &asks, of_north, &nothing).await.json();
    assert_eq!(asked["state"], "BOOKED");
    let asked = send(&south, SOUTH, &asks, of_north, &nothing).await.json();
    assert_eq!(asked["state"], "NOT_BOOKED");
    // The same time at the other studio is another.
    let booked = send(&south, SOUTH, BOOK, of_south, &wish).await;
    assert_eq!(booked.status, 200, "{}", booked.text);
}

#[tokio::test]
async fn a_second_studio_signs_nobody_out_of_the_first() {
    let url = studio("planted-key-north").await;
    let one = format!("upstream_url = \"{url}\"\napi_key = \"planted-key-north\"\n");
    let several = serve(&one).await;
    let nora = Browser::new(several.address);
    sign_in(&nora, NORTH).await;
    let now = format!("{one}[studios.main]\nhosts = [\"{NORTH}\"]\n[studios.south]\nhosts = [\"{SOUTH}\"]\n");
    assert_eq!(several.told(&now).await, Ok(vec![]));
    assert_eq!(ask(&nora, NORTH, "/session").await.json()["signedIn"], true);
    assert_eq!(ask(&nora, SOUTH, "/session").await.json()["signedIn"], false);
    assert_eq!(ask(&nora, "book.west.example", "/session").await.status, 421);
}

#[test]
fn studios_that_cannot_be_told_apart_or_lack_a_key_are_refused_in_one_sentence() {
    let key = "upstream_url = \"https://a.example\"\napi_key = \"planted-key\"\n";
    let with = |text: &str| refused(&format!("{key}{text}"));
    let hosts = |name: &str, host: &str| format!("[studios.{name}]\nhosts = [\"{host}\"]\n");
    for (error, says) in [
        (
            with("[studios.north]\n[studios.south]\n"),
            "studio north: it has no `hosts`",
        ),
        (
            with(&(hosts("a", NORTH) + &hosts("b", "BOOK.north.example"))),
            "studio b: it has the host book.north.example",
        ),
        (with(&hosts("a", "https://book.example")), "is no host name"),
        (with("[studios.\"Nord Stern\"]\n"), "a studio's name has"),
        (
            with("[studios.a]\nhosts = \"a.example\"\n"),
            "is not a list of names",
        ),
        (
            with("[studios.a]\ndata = \"x\"\n"),
            "`data` is the same for all studios",
        ),
        (with("[studios.a]\nnonsense = 1\n"), "no setting of that name"),
        (
            with("[studios.a]\nzone = \"Mars\"\n"),
            "studio a: FRONTDESK_ZONE is \"Mars\"",
        ),
        // The key above belongs to the host above, and goes to no other.
        (
            with("[studios.a]\nupstream_url = \"https://b.example\"\n"),
            "studio a: FRONTDESK_API_KEY is not set for it",
        ),
        (
            with(
                &("handoff_issuer = \"gym\"\nhandoff_audience = \"frontdesk\"\n\
                  handoff_key = \"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\"\n"
                    .to_owned()
                    + &hosts("a", NORTH)
                    + &hosts("b", SOUTH)),
            ),
            "studio b: FRONTDESK_HANDOFF_AUDIENCE is another studio's too",
        ),
        (with("studios = 1\n"), "`studios` holds tables"),
        (
            refused(&format!("{}{key}{}", hosts("a", NORTH), hosts("b", SOUTH))),
            "studio b: FRONTDESK_UPSTREAM_URL is not set, and other studios have one",
        ),
    ] {
        assert!(error.contains(says), "{says}: {error}");
    }
}

#[test]
fn every_setting_of_the_process_is_a_setting() {
    use frontdesk_proxy::config::{NAMES, SHARED};
    assert!(SHARED.iter().all(|name| NAMES.contains(name)));
}

#[tokio::test]
async fn settings_that_are_read_anew_hold_at_once_and_unsound_ones_do_not() {
    let text = two().await;
    let several = serve(&text).await;
    let nora = Browser::new(several.address);
    sign_in(&nora, NORTH).await;

    let renamed = text.replace("Nordstern", "Polarstern");
    assert_eq!(several.told(&renamed).await, Ok(vec![]));
    assert!(several.get(NORTH, "/").await.text.contains("Polarstern"));
    assert_eq!(
        ask(&nora, NORTH, "/session").await.json()["signedIn"],
        true,
        "nobody is signed out"
    );

    for unsound in [
        renamed.replace("Polarstern\"", "Polarstern"),
        renamed
            .replace("planted-key-south\"", "planted-key-wrong\"")
            .replace("Polarstern", "Abendstern"),
        renamed
            .replace("http://127.0.0.1", "https://studio.invalid")
            .replace("Polarstern", "Abendstern"),
        "zone = 7\n".into(),
    ] {
        let error = several.told(&unsound).await.unwrap_err();
        assert!(!error.contains("planted"), "{error}");
        let page = several.get(NORTH, "/").await;
        assert!(page.text.contains("Polarstern"), "all or nothing: {error}");
        assert_eq!(several.get(SOUTH, BOOKABLE).await.status, 200);
    }

    let without_south = renamed.split("[studios.south]").next().unwrap().to_owned();
    assert_eq!(several.told(&without_south).await, Ok(vec![]));
    assert_eq!(several.get(NORTH, "/").await.status, 200);
    assert_eq!(several.get(SOUTH, "/").await.status, 421);
    let moved = renamed.replacen("studio_phone", "log = \"json\"\nstudio_phone", 1);
    assert_eq!(several.told(&moved).await, Ok(vec!["FRONTDESK_LOG"]));
}

#[tokio::test]
async fn a_request_under_way_ends_on_the_settings_it_came_under() {
    let (came, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (arrived, gate) = (Arc::clone(&came), Arc::clone(&go));
    let held = move |request: Request, next: Next| {
        let (arrived, gate) = (Arc::clone(&arrived), Arc::clone(&gate));
        async move {
            if request.uri().path().ends_with("/slots") {
                arrived.notify_one();
                gate.notified().await;
            }
            next.run(request).await
        }
    };
    let settings = demo_studio::Settings {
        key: KEY.into(),
        clock: demo_studio::Clock::fixed(monday()),
        ..Default::default()
    };
    let router: Router = Studio::open(settings).await.unwrap().router();
    let url = format!(
        "http://{}",
        listen(router.layer(axum::middleware::from_fn(held))).await
    );
    let text = |key: &str, more: &str| format!("upstream_url = \"{url}\"\napi_key = \"{key}\"\n{more}");
    let several = serve(&text(KEY, "")).await;

    let browser = Browser::new(several.address);
    let path = format!("{BOOKABLE}/{TRAINING}/slots?daysAhead=6&slotWindowStartDate=2026-11-26");
    let under_way = tokio::spawn(async move { browser.get(&path).await });
    tokio::time::timeout(Duration::from_secs(20), came.notified())
        .await
        .unwrap();
    assert_eq!(
        several.told(&text(KEY, "studio_name = \"Neu\"\n")).await,
        Ok(vec![])
    );
    assert!(several.get("any.example", "/").await.text.contains("Neu"));
    go.notify_one();
    let answer = under_way.await.unwrap();
    assert_eq!(answer.status, 200, "{}", answer.text);
}

#[tokio::test]
async fn settings_that_are_read_anew_lead_to_no_machine_that_a_start_would_refuse() {
    let inside = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = inside.local_addr().unwrap().port();
    let text = |url: &str| format!("upstream_url = \"{url}\"\napi_key = \"{KEY}\"\n");
    let good = text(&studio(KEY).await);
    let several = serve(&good).await;
    for url in [
        format!("http://169.254.169.254:{port}"),
        format!("http://127.0.0.1.nip.example:{port}"),
        format!("https://studio.example@127.0.0.1:{port}"),
        format!("http://127.0.0.1:{port}/v1"),
        format!("http://127.0.0.1:{port}?x="),
        format!("http://0.0.0.0:{port}"),
        "file:///etc/passwd".to_owned(),
    ] {
        let error = several.told(&text(&url)).await.unwrap_err();
        assert!(
            error.contains("UPSTREAM_URL") && !error.contains(KEY),
            "{url}: {error}"
        );
        let page = several.get("any.example", BOOKABLE).await;
        assert_eq!(page.status, 200, "served as before: {}", page.text);
    }
    let asked = tokio::time::timeout(Duration::from_millis(1), inside.accept()).await;
    assert!(asked.is_err(), "nobody knocked");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_hangup_reads_the_file_anew() {
    use std::io::BufRead as _;
    let folder = folder();
    let file = folder.path().join("frontdesk.toml");
    std::fs::write(&file, "studio_name = \"Vorher\"\n").unwrap();
    let mut running = Running(
        std::process::Command::new(env!("CARGO_BIN_EXE_frontdesk-proxy"))
            .env_clear()
            .env("FRONTDESK_LISTEN", "127.0.0.1:0")
            .env("FRONTDESK_DATA", folder.path().join("data"))
            .env("FRONTDESK_DIST", folder.path().join("dist"))
            .env("FRONTDESK_CONFIG", &file)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut lines = std::io::BufReader::new(running.0.stdout.take().unwrap()).lines();
    let address = lines.next().unwrap().unwrap();
    let browser = Browser::new(address.rsplit("http://").next().unwrap().parse().unwrap());
    assert!(browser.get("/").await.text.contains("Vorher"));

    let mut said = std::io::BufReader::new(running.0.stderr.take().unwrap()).lines();
    let mut hang_up = |text: &str, says: &str| {
        std::fs::write(&file, text).unwrap();
        let sent = std::process::Command::new("kill")
            .args(["-HUP", &running.0.id().to_string()])
            .status();
        assert!(sent.unwrap().success());
        let line = said
            .by_ref()
            .map(Result::unwrap)
            .find(|line| line.contains("settings"));
        assert!(line.as_ref().is_some_and(|line| line.contains(says)), "{line:?}");
    };
    hang_up("studio_name = \"Nachher\"\n", "read anew");
    assert!(browser.get("/").await.text.contains("Nachher"));
    hang_up("studio_nam = \"Nie\"\n", "no setting of that name");
    assert!(browser.get("/").await.text.contains("Nachher"));
}
