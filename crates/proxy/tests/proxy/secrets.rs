//! A known key and a known member's data are planted, and looked for in every byte that the proxy sends or logs.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Json;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use booking::kiosk::Media;
use frontdesk_proxy::config::{LogForm, MailTls};
use serde_json::{Value, json};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::hand_off;
use crate::in_a_frame::{APP, may_be_framed};
use crate::kiosk;
use crate::mail_server::{MailServer, PASSWORD};
use crate::support::*;

const NUMBER: &str = "PLANTED-NUMBER-4711";
const BORN: &str = "1971-03-09";
const CARD: &str = "83746501928374";
const BARCODE: &str = "PLANTED-BARCODE-99";
/// What the upstream knows of the member and the browser must not.
pub(crate) const PLANTED: &[&str] = &[
    KEY,
    NUMBER,
    BORN,
    "Plantedlastname",
    "planted@example.org",
    "DE89370400440532013000",
    "Plantedstrasse",
    "+49301234567",
    "918273645546372819",
    "planted-pin-0815",
    "Plantedtrainer",
    CARD,
    BARCODE,
];
/// Only the session's own first name may be seen by the browser, and by nobody in a log.
pub(crate) const FIRST_NAME: &str = "Plantedfirstname";

fn customer() -> Value {
    json!({
        "id": 918_273_645_546_372_819_i64, "customerNumber": NUMBER, "dateOfBirth": BORN, "firstName": FIRST_NAME,
        "lastName": "Plantedlastname", "email": "planted@example.org", "status": "MEMBER", "street": "Plantedstrasse",
        "phonePrivateMobile": "+49301234567", "pin": "planted-pin-0815",
        "paymentData": { "iban": "DE89370400440532013000" },
    })
}

fn booking() -> Value {
    let mut booking = customer();
    let fields = json!({
        "bookingId": 5, "bookingStatus": "BOOKED", "startDateTime": "2026-11-26T10:00:00Z",
        "endDateTime": "2026-11-26T11:00:00Z", "title": "Massage", "appointmentStatus": "PLANNED",
        "participantStatus": "UNSET", "instructors": [{ "id": 3, "firstName": "Plantedtrainer", "lastName": "Plantedlastname", "publicName": "Anna" }], "customerId": 918_273_645_546_372_819_i64, "customer": customer(),
        "imgUrl": "https://pictures.example/?key=planted-pin-0815",
    });
    booking
        .as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    booking
}

/// What an upstream says on its way down, with everything in it that must not be seen. Looking up a customer goes wrong,
/// sign-in by sign-in; then it goes right.
fn look_up(sign_in: usize) -> Response {
    let known = customer().to_string();
    match sign_in {
        0 => (StatusCode::INTERNAL_SERVER_ERROR, known).into_response(),
        // A connection that breaks off in mid-answer.
        1 => {
            let broken = std::io::Error::other(NUMBER);
            let parts = [Ok(axum::body::Bytes::from(known)), Err(broken)];
            Body::from_stream(futures_util::stream::iter(parts)).into_response()
        }
        2 => format!("{{\"id\": \"{NUMBER}\", \"dateOfBirth\": {known}}}").into_response(),
        3 => known.get(..40).unwrap().to_owned().into_response(),
        _ => known.into_response(),
    }
}

/// An upstream that tells everything it knows in every answer, failures included.
pub(crate) fn leaky() -> Router {
    let sign_ins = Arc::new(AtomicUsize::new(0));
    Router::new().fallback(move |request: Request| async move {
        let path = request.uri().path().to_owned();
        if path == "/v1/customers/search" {
            return Json(json!([customer()])).into_response();
        }
        if path == "/v1/customers/by" {
            return look_up(sign_ins.fetch_add(1, Ordering::Relaxed));
        }
        if path.ends_with("/66") {
            let said = json!({ "errorMessage": "no", "args": [NUMBER, KEY], "typedArgs": [{ "value": NUMBER, "type": "X" }], "customer": customer() });
            return (StatusCode::INTERNAL_SERVER_ERROR, Json(said)).into_response();
        }
        let body = match path.as_str() {
            "/v1/appointments/booking" => json!([booking(), { "bookingId": NUMBER }]),
            "/v1/appointments/bookable" => json!({ "result": [service()], "hasNext": false, "offset": "7" }),
            "/v1/appointments/bookable/validate" => json!({ "validationStatus": "AVAILABLE", "customer": customer() }),
            "/v1/appointments/booking/77" => json!({ "bookingId": NUMBER, "customerId": KEY }),
            p if p.ends_with("/slots") => json!([{ "startDateTime": "2026-11-26T10:00:00Z", "endDateTime": "2026-11-26T11:00:00Z", "customer": customer() }]),
            p if p.starts_with("/v1/appointments/bookable/") => service(),
            _ => booking(),
        };
        Json(body).into_response()
    })
}

fn service() -> Value {
    json!({ "id": 7, "title": "Massage", "imgUrl": "https://pictures.example/?key=planted-pin-0815", "owner": customer() })
}

#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

pub(crate) async fn every_route(member: &Browser) -> Vec<Answer> {
    let mut answers = Vec::new();
    for kind in [
        "UPSTREAM_DOWN",
        "TIMEOUT",
        "UNREADABLE",
        "UNREADABLE",
        "WRONG_CREDENTIALS",
    ] {
        let answer = member.sign_in((NUMBER, "1971-03-10")).await;
        assert_eq!(answer.kind(), kind);
        answers.push(answer);
    }
    let origin = member.origin().to_owned();
    for born in ["1971-03-10", BORN, NUMBER] {
        let form = format!("number={NUMBER}&birth-date={born}");
        let from = [("origin", origin.as_str())];
        answers.push(member.send_form("/sign-in?next=/bookings", &from, &form).await);
    }
    answers.push(member.sign_in((NUMBER, BORN)).await);
    assert_eq!(answers.last().unwrap().status, 200);
    let wish = json!({ "bookableAppointmentId": 7, "startDateTime": "2026-11-26T10:00:00Z", "endDateTime": "2026-11-26T11:00:00Z" });
    for path in [
        "/",
        "/services/7",
        "/bookings",
        "/bookings/5",
        "/booked/5",
        "/sign-in",
        "/nowhere",
        "/session",
        "/healthz",
        "/favicon.svg",
        "/pictures/7",
        "/language/de?next=/",
        "/bookings/5/calendar.ics",
        "/api/none",
        BOOKABLE,
        BOOKINGS,
        "/api/v1/appointments/bookable/7",
        "/api/v1/appointments/bookable/66",
        "/api/v1/appointments/bookable/7/slots",
        "/api/v1/appointments/booking/5",
        "/api/v1/appointments/booking/66",
        "/api/v1/appointments/booking/77",
        "/api/v1/appointments/booking?customerId=918273645546372819",
        "/api/v1/customers/by?customerNumber=x",
    ] {
        answers.push(member.get(path).await);
    }
    answers.push(member.post(VALIDATE, &wish).await);
    answers.push(member.book("key-of-a-leaky-booking", &wish).await);
    answers.push(member.post("/attempts/key-of-a-leaky-booking", &json!({})).await);
    answers.push(member.post("/attempts/key-of-nothing-at-all", &json!({})).await);
    answers.push(member.delete("/api/v1/appointments/booking/5").await);
    answers.push(member.delete("/api/v1/appointments/booking/66").await);
    answers.push(member.delete("/session").await);
    answers
}

/// Signs in by e-mail, after a mail server that repeats the address as it refuses it; and from the gym's site.
async fn other_ways_in(stage: &Stage, server: &mut MailServer, token: &str) -> Vec<Answer> {
    let browser = stage.browser();
    // As nobody planted it: the page shows what was typed.
    let form = "email=PLANTED%40EXAMPLE.ORG";
    server.refuse(1, 550);
    let mut answers = vec![browser.fill("/sign-in/email", form).await];
    // The refused one is through when its connection is closed; the next one may overtake it and be refused instead.
    answers.push(browser.fill("/sign-in/email", form).await);
    let received = server.next().await;
    assert_eq!(received.to, ["planted@example.org"]);
    answers.push(browser.get("/sign-in/email/code").await);
    answers.push(browser.fill("/sign-in/email/code", "digits=x").await);
    answers.push(
        browser
            .fill("/sign-in/email/code", &format!("digits={}", received.digits()))
            .await,
    );
    answers.push(
        browser
            .fill("/sign-in/hand-off", &format!("token={token}&next=/"))
            .await,
    );
    assert_eq!(answers.last().unwrap().status, 303);
    answers.push(browser.get("/sign-in/hand-off/on").await);
    answers.push(browser.get(&format!("/sign-in/hand-off?token={token}")).await);
    assert_eq!(answers.last().unwrap().status, 403, "used");
    answers
}

/// Signs in within a frame whose browser keeps no cookie, and asks by what is held instead: what it holds.
async fn in_a_frame(stage: &Stage) -> String {
    let origin = format!("http://{}", stage.address);
    let from = [APP, ("sec-fetch-site", "same-origin"), ("origin", &origin)];
    let said = json!({ "customerNumber": NUMBER, "dateOfBirth": BORN });
    let signed_in = stage.browser().send("POST", "/session", &from, Some(&said)).await;
    let bearer = signed_in.header("frontdesk-bearer").to_owned();
    assert!(bearer.len() > 40, "{signed_in:?}");
    let says = format!("Bearer {bearer}");
    let by_it: Vec<_> = from
        .into_iter()
        .chain([("authorization", says.as_str())])
        .collect();
    for (path, status) in [
        (BOOKINGS, 200),
        ("/api/v1/appointments/booking/66", 502),
        ("/nowhere", 404),
    ] {
        assert_eq!(
            stage.browser().send("GET", path, &by_it, None).await.status,
            status,
            "{path}"
        );
    }
    bearer
}

/// Shows everything that a member has with them at a kiosk: as the upstream fails, as it is right, and as it is locked.
async fn at_a_kiosk() -> Vec<Answer> {
    let stage = in_front_of_with(leaky(), |settings| {
        settings.identity.at_kiosks = Media {
            card: true,
            barcode: true,
            pin: true,
        };
    })
    .await;
    let kiosk = kiosk::paired(&stage, "Desk").await;
    let with = |number: &str| json!({ "pin": { "customerNumber": number, "pin": "planted-pin-0815" } });
    let (card, barcode) = (json!({ "card": CARD }), json!({ "barcode": BARCODE }));
    let mut given = vec![card.clone(), barcode.clone(), with(NUMBER), card.clone()];
    given.extend([card, barcode, with(NUMBER)]);
    given.extend(std::iter::repeat_n(with("M-1"), 6));
    let mut answers = Vec::new();
    for one in given {
        answers.push(kiosk.post("/session/kiosk", &one).await);
        answers.push(kiosk.get("/session").await);
    }
    let statuses: Vec<u16> = answers.iter().step_by(2).map(|answer| answer.status).collect();
    assert_eq!(
        statuses,
        [502, 504, 502, 502, 200, 200, 200, 401, 401, 401, 401, 401, 429]
    );
    answers
}

#[tokio::test(flavor = "multi_thread")]
async fn no_byte_sent_or_logged_holds_the_key_or_a_members_data() {
    let log = Log::default();
    // The most that an operator can turn on; the HTTP libraries' own lines too.
    let everything = frontdesk_proxy::log::lines(LogForm::Json, EnvFilter::new("trace"), log.clone());
    everything.init();
    let certificates = tempfile::tempdir().unwrap();
    let (mut server, mail) = MailServer::start(MailTls::Wrapped, certificates.path()).await;
    let stage = in_front_of_with(leaky(), |settings| {
        settings.mail = Some(mail);
        settings.identity.by_email = true;
        settings.identity.hand_off = Some(hand_off::by_secret());
        may_be_framed(settings);
    })
    .await;
    let mut answers = every_route(&stage.browser()).await;
    let token = hand_off::token(&stage, "918273645546372819");
    answers.extend(other_ways_in(&stage, &mut server, &token).await);

    let booked = answers
        .iter()
        .filter(|a| a.status == 200 && a.text.contains("\"title\":\"Massage\""))
        .count();
    assert!(booked >= 4, "the routes were really walked: {booked}");
    for answer in answers.iter().chain(&at_a_kiosk().await) {
        let sent = format!("{:?}{}", answer.headers, answer.text);
        for planted in PLANTED {
            assert!(!sent.contains(planted), "{planted} was sent: {sent}");
        }
    }
    let sent_name = answers.iter().filter(|a| a.text.contains(FIRST_NAME)).count();
    assert_eq!(sent_name, 2, "signing in and asking who one is, and nowhere else");

    let bearer = in_a_frame(&stage).await;
    let lines = log.text();
    assert!(
        lines.contains("/api/v1/appointments/booking/book"),
        "the log was really kept"
    );
    assert!(
        lines.contains("too much was tried at a kiosk"),
        "and staff were told"
    );
    assert!(lines.contains("\"DEBUG\"") && !lines.contains("\"TRACE\""));
    for planted in PLANTED
        .iter()
        .chain([&FIRST_NAME, &PASSWORD, &token.as_str(), &bearer.as_str()])
    {
        let found = lines.lines().find(|line| line.contains(planted));
        assert!(found.is_none(), "{planted} was logged: {found:?}");
    }

    // Nor does the database hold them: it may be backed up by people who are not the studio.
    let database = stage.folder.path().join("data/frontdesk.sqlite");
    let mut bytes = std::fs::read(&database).unwrap();
    bytes.extend(std::fs::read(database.with_extension("sqlite-wal")).unwrap_or_default());
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("key-of-a-leaky-booking"));
    for planted in PLANTED.iter().chain([&FIRST_NAME]) {
        assert!(!text.contains(planted), "{planted} is in the database");
    }
}
