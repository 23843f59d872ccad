//! A proxy with a studio behind it, over real HTTP, and a browser to ask it with.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use booking::kiosk::Media;
use chrono::{DateTime, TimeDelta, Utc};
use demo_studio::{CallQuirk, OperationName, Quirks, Studio};
use frontdesk_proxy::clock::Clock;
use frontdesk_proxy::config::{Settings, Source, Upstream};
use frontdesk_proxy::serve;
use frontdesk_proxy::store::{Backend, Store, StudioName};
use secrecy::SecretString;
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) const KEY: &str = "planted-key-7f3a9c51e2";
pub(crate) const NORA: (&str, &str) = ("M-1001", "1990-04-12");
pub(crate) const OLGA: (&str, &str) = ("M-1005", "1969-09-30");
pub(crate) const HENRY: (&str, &str) = ("M-1009", "1982-08-08");
pub(crate) const TRAINING: &str = "1220000101";

pub(crate) const BOOKABLE: &str = "/api/v1/appointments/bookable";
pub(crate) const VALIDATE: &str = "/api/v1/appointments/bookable/validate";
pub(crate) const BOOK: &str = "/api/v1/appointments/booking/book";
pub(crate) const BOOKINGS: &str = "/api/v1/appointments/booking";

/// Everything a test needs, gone when it ends.
pub(crate) struct Stage {
    pub(crate) address: SocketAddr,
    pub(crate) studio: Studio,
    pub(crate) studio_clock: demo_studio::Clock,
    pub(crate) clock: Clock,
    pub(crate) folder: Arc<TempDir>,
    upstream: SocketAddr,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A Monday morning in winter.
pub(crate) fn monday() -> DateTime<Utc> {
    "2026-11-23T08:00:00Z".parse().unwrap()
}

pub(crate) async fn stage() -> Stage {
    stage_with(|_| {}).await
}

/// A stage whose settings a test may change.
pub(crate) async fn stage_with(change: impl FnOnce(&mut Settings)) -> Stage {
    let studio_clock = demo_studio::Clock::fixed(monday());
    let settings = demo_studio::Settings {
        key: KEY.into(),
        clock: studio_clock.clone(),
        ..Default::default()
    };
    let studio = Studio::open(settings).await.unwrap();
    let upstream = listen(studio.router()).await;
    let folder = Arc::new(folder());
    let clock = Clock::standing_at(monday());
    let mut settings = settings_for(&folder, upstream);
    change(&mut settings);
    let (address, task) = start(settings, &clock).await;
    Stage {
        address,
        studio,
        studio_clock,
        clock,
        folder,
        upstream,
        task,
    }
}

/// A proxy in front of any upstream.
pub(crate) async fn in_front_of(upstream: axum::Router) -> Stage {
    in_front_of_with(upstream, |_| {}).await
}

/// Likewise, with settings that a test may change.
pub(crate) async fn in_front_of_with(upstream: axum::Router, change: impl FnOnce(&mut Settings)) -> Stage {
    let upstream = listen_to_keys(upstream).await;
    let studio_clock = demo_studio::Clock::fixed(monday());
    let studio = Studio::open(demo_studio::Settings::default()).await.unwrap();
    let folder = Arc::new(folder());
    let clock = Clock::standing_at(monday());
    let mut settings = settings_for(&folder, upstream);
    change(&mut settings);
    let (address, task) = start(settings, &clock).await;
    Stage {
        address,
        studio,
        studio_clock,
        clock,
        folder,
        upstream,
        task,
    }
}

/// An upstream that takes every key, and where it listens: for a proxy that a test starts by itself.
pub(crate) async fn listen_to_keys(upstream: axum::Router) -> SocketAddr {
    listen(upstream.layer(axum::middleware::from_fn(takes_every_key))).await
}

/// A HEAD checks the key alone, whatever else is wrong with an upstream.
async fn takes_every_key(
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> axum::response::Response {
    use axum::response::IntoResponse as _;
    if request.method() == axum::http::Method::HEAD {
        return axum::http::StatusCode::OK.into_response();
    }
    next.run(request).await
}

async fn start(settings: Settings, clock: &Clock) -> (SocketAddr, tokio::task::JoinHandle<()>) {
    let proxy = serve::open(settings, false, clock.clone()).await.unwrap();
    let address = proxy.address();
    let task = tokio::spawn(async move { proxy.serve(std::future::pending()).await.unwrap() });
    (address, task)
}

pub(crate) async fn listen(router: axum::Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

/// A data folder and a built app in one.
pub(crate) fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let dist = folder.path().join("dist");
    std::fs::create_dir(&dist).unwrap();
    let shell = "<!doctype html><html lang=\"en\"><head><title>Frontdesk</title>\
        <script type=\"module\">init()</script></head><body><div id=\"app\"></div>\
        <script type=\"application/json\" id=\"boot\"></script></body></html>";
    std::fs::write(dist.join("index.html"), shell).unwrap();
    let of_kiosks = shell.replace("init()", "initKiosk()");
    std::fs::write(dist.join("kiosk.html"), of_kiosks).unwrap();
    std::fs::write(dist.join("frontdesk-0123456789abcdef.js"), "export default 1").unwrap();
    std::fs::write(dist.join("frontdesk-0123456789abcdef.js.br"), "packed").unwrap();
    std::fs::write(
        dist.join("favicon.svg"),
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
    )
    .unwrap();
    folder
}

pub(crate) fn settings_for(folder: &TempDir, upstream: SocketAddr) -> Settings {
    let mut settings = Settings::read(&Source::default()).unwrap();
    let url = format!("http://{upstream}").parse().unwrap();
    settings.upstream = Some(Upstream {
        url,
        key: SecretString::from(KEY),
    });
    // As where a real studio's operator says nothing.
    settings.identity.at_kiosks = Media::default();
    settings.server.listen = SocketAddr::from(([127, 0, 0, 1], 0));
    settings.server.data = folder.path().join("data");
    settings.server.dist = folder.path().join("dist");
    settings.studio.zone = Some(chrono_tz::Europe::Berlin);
    settings.session.brakes.answer_no_sooner_than = Duration::ZERO;
    settings.limits.read = Duration::from_secs(30);
    settings.limits.page = Duration::from_secs(30);
    settings.limits.write = Duration::from_secs(30);
    settings.limits.looks = vec![Duration::from_millis(1)];
    settings.limits.patience = Duration::from_millis(100);
    settings.limits.poll = Duration::from_millis(5);
    settings
}

impl Stage {
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.address)
    }

    pub(crate) async fn signed_in(&self, who: (&str, &str)) -> Browser {
        let browser = self.browser();
        let answer = browser.sign_in(who).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        browser
    }

    /// The same data behind a proxy that was started anew.
    pub(crate) async fn restarted(self) -> Self {
        self.restarted_with(|_| {}).await
    }

    /// Likewise, with settings that a test may change.
    pub(crate) async fn restarted_with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        self.task.abort();
        let mut settings = settings_for(&self.folder, self.upstream);
        change(&mut settings);
        (self.address, self.task) = start(settings, &self.clock.clone()).await;
        self
    }

    /// The proxy's database, as another process opens it.
    pub(crate) async fn store(&self) -> Arc<dyn Store> {
        let file = self.folder.path().join("data/frontdesk.sqlite");
        Backend::sqlite(&file).await.unwrap().of(&StudioName::main())
    }

    /// Both clocks.
    pub(crate) fn later(&self, by: TimeDelta) {
        let now = self.clock.now() + by;
        self.clock.set(now);
        self.studio_clock.set(Some(now));
    }

    /// Lets calls of one operation go wrong.
    pub(crate) fn quirk(&self, operation: OperationName, change: impl FnOnce(&mut CallQuirk)) {
        let mut quirk = CallQuirk {
            operation,
            times: None,
            delay_millis: 0,
            status: None,
            lose_answer: false,
        };
        change(&mut quirk);
        self.studio.quirks().set(Quirks {
            calls: vec![quirk],
            ..Default::default()
        });
    }

    pub(crate) fn no_quirks(&self) {
        self.studio.quirks().set(Quirks::default());
    }
}

/// Ends the process that a test started.
pub(crate) struct Running(pub(crate) std::process::Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    pub(crate) fn kind(&self) -> String {
        self.json()["kind"].as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// Keeps cookies, and says where it comes from, as browsers do.
#[derive(Clone)]
pub(crate) struct Browser {
    http: reqwest::Client,
    base: String,
    pub(crate) cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Browser {
    pub(crate) fn new(address: SocketAddr) -> Self {
        // Where no proxy of this process was first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .no_gzip()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            http,
            base: format!("http://{address}"),
            cookies: Arc::default(),
        }
    }

    /// What its pages come from.
    pub(crate) fn origin(&self) -> &str {
        &self.base
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], None).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        let origin = self.base.clone();
        self.send("DELETE", path, &[("origin", &origin)], None).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        let origin = self.base.clone();
        self.send("POST", path, &[("origin", &origin)], Some(body)).await
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Answer {
        let mut request = self.request(method, path, headers);
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        self.read(request.send().await.unwrap()).await
    }

    /// As a browser without our app sends a form.
    pub(crate) async fn send_form(&self, path: &str, headers: &[(&str, &str)], form: &str) -> Answer {
        let request = self
            .request("POST", path, headers)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.to_owned());
        self.read(request.send().await.unwrap()).await
    }

    /// A form of our own pages.
    pub(crate) async fn fill(&self, path: &str, form: &str) -> Answer {
        let origin = self.base.clone();
        self.send_form(path, &[("origin", &origin)], form).await
    }

    fn request(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> reqwest::RequestBuilder {
        let mut request = self
            .http
            .request(method.parse().unwrap(), format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let cookies: Vec<String> = self
            .cookies
            .lock()
            .unwrap()
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        request
    }

    async fn read(&self, response: reqwest::Response) -> Answer {
        let status = response.status().as_u16();
        let pairs = response
            .headers()
            .iter()
            .map(|(k, v)| (k.to_string(), String::from_utf8_lossy(v.as_bytes()).into_owned()));
        let headers: BTreeMap<String, String> = pairs.collect();
        let set = response.headers().get_all("set-cookie").iter();
        let set = set.filter_map(|cookie| cookie.to_str().ok()?.split(';').next()?.split_once('='));
        for (name, value) in set {
            let mut cookies = self.cookies.lock().unwrap();
            if value.is_empty() {
                cookies.remove(name)
            } else {
                cookies.insert(name.into(), value.into())
            };
        }
        let text = String::from_utf8_lossy(&response.bytes().await.unwrap()).into_owned();
        Answer {
            status,
            headers,
            text,
        }
    }

    pub(crate) async fn sign_in(&self, (number, born): (&str, &str)) -> Answer {
        self.post(
            "/session",
            &json!({ "customerNumber": number, "dateOfBirth": born }),
        )
        .await
    }

    /// A free time of a service, in a window that starts on a day; the wish for it.
    pub(crate) async fn wish(&self, service: &str, day: &str) -> Value {
        let answer = self
            .get(&format!(
                "{BOOKABLE}/{service}/slots?daysAhead=6&slotWindowStartDate={day}"
            ))
            .await;
        let slots = answer.json();
        let slot = slots.as_array().unwrap().last().expect("a free time").clone();
        let ids: Vec<&Value> = slot["instructors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|i| &i["id"])
            .collect();
        json!({
            "bookableAppointmentId": service.parse::<i64>().unwrap(),
            "startDateTime": slot["startDateTime"], "endDateTime": slot["endDateTime"], "instructorIds": ids,
        })
    }

    pub(crate) async fn book(&self, key: &str, wish: &Value) -> Answer {
        let origin = self.base.clone();
        self.send(
            "POST",
            BOOK,
            &[("origin", &origin), ("idempotency-key", key)],
            Some(wish),
        )
        .await
    }

    /// Likewise; none where the connection broke off.
    pub(crate) async fn try_book(&self, key: &str, wish: &Value) -> Option<Answer> {
        self.try_post(BOOK, key, wish).await
    }

    pub(crate) async fn try_post(&self, path: &str, key: &str, wish: &Value) -> Option<Answer> {
        let headers = [("origin", self.base.as_str()), ("idempotency-key", key)];
        let request = self
            .request("POST", path, &headers)
            .header("content-type", "application/json")
            .body(wish.to_string());
        Some(self.read(request.send().await.ok()?).await)
    }

    /// The member's bookings that stand at a wish's time.
    pub(crate) async fn standing(&self, wish: &Value) -> usize {
        let list = self.get(BOOKINGS).await.json();
        let at = |booking: &&Value| {
            booking["startDateTime"] == wish["startDateTime"] && booking["bookingStatus"] != "CANCELED"
        };
        list.as_array().unwrap().iter().filter(at).count()
    }
}

/// Waits until something is so; what never is fails, with what it was.
pub(crate) async fn eventually(what: &str, is_so: impl AsyncFn() -> bool) {
    let waits = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    in_time(what, waits).await;
}

/// Waits for something; what never comes fails, with what it was.
pub(crate) async fn in_time<T>(what: &str, comes: impl Future<Output = T>) -> T {
    let came = tokio::time::timeout(Duration::from_secs(20), comes).await;
    came.unwrap_or_else(|_| panic!("waited in vain for {what}"))
}
