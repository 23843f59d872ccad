//! The document of our own surface. That answers are what it says is for `cargo xtask test api` to find out.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use perfectgym::{
    Book, DeleteBooking, GetBookableAppointment, GetBooking, ListBookableAppointments, ListBookings,
    ListSlots, Operation, ValidateBooking,
};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::hand_off::by_secret;
use crate::in_a_frame::may_be_framed;
use crate::kind::{SLOTS, slot, upstream};
use crate::mail_server::MailServer;
use crate::support::*;

/// Of a proxy that offers all there is.
async fn document() -> (Stage, Value) {
    let certificates = tempfile::tempdir().unwrap();
    let (_, mail) = MailServer::start(frontdesk_proxy::config::MailTls::Plain, certificates.path()).await;
    let stage = stage_with(|settings| {
        settings.mail = Some(mail);
        settings.identity.by_email = true;
        settings.identity.hand_off = Some(by_secret());
        may_be_framed(settings);
        settings.webhook.key = Some(SecretString::from("a-key-of-webhooks"));
    })
    .await;
    of(stage).await
}

async fn of(stage: Stage) -> (Stage, Value) {
    let answer = stage.browser().get("/openapi.json").await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "application/json")
    );
    let document = answer.json();
    (stage, document)
}

fn has<O: Operation>(document: &Value) {
    let (path, method) = (format!("/api{}", O::PATH), O::METHOD.as_str().to_lowercase());
    assert!(document["paths"][&path][&method].is_object(), "{method} {path}");
}

#[tokio::test]
async fn it_has_the_eight_operations_and_no_ninth() {
    let (_stage, document) = document().await;
    has::<ListBookableAppointments>(&document);
    has::<GetBookableAppointment>(&document);
    has::<ListSlots>(&document);
    has::<ValidateBooking>(&document);
    has::<Book>(&document);
    has::<GetBooking>(&document);
    has::<DeleteBooking>(&document);
    has::<ListBookings>(&document);
    let paths = document["paths"].as_object().unwrap();
    let of_the_contract = paths.iter().filter(|(path, _)| path.starts_with("/api/"));
    let operations: usize = of_the_contract
        .map(|(_, item)| item.as_object().unwrap().len())
        .sum();
    assert_eq!(operations, 8);
}

/// Names of all fields and parameters, anywhere in it.
fn names(json: &Value, found: &mut Vec<String>) {
    if let Some(fields) = json["properties"].as_object() {
        found.extend(fields.keys().cloned());
    }
    found.extend(json["name"].as_str().map(str::to_owned));
    let inner = json.as_object().into_iter().flat_map(|fields| fields.values());
    for one in inner.chain(json.as_array().into_iter().flatten()) {
        names(one, found);
    }
}

#[tokio::test]
async fn nothing_in_it_takes_or_tells_a_customers_id() {
    let (_stage, document) = document().await;
    let mut found = Vec::new();
    names(&document, &mut found);
    for known in [
        "bookableAppointmentId",
        "customerNumber",
        "sliceSize",
        "Idempotency-Key",
    ] {
        assert!(
            found.iter().any(|name| name == known),
            "{known} is seen: {found:?}"
        );
    }
    let customer = found
        .iter()
        .find(|name| name.to_lowercase().contains("customerid"));
    assert!(customer.is_none(), "{customer:?}");
}

/// `GET /session`, and so on.
fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let each = paths.flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter();
        methods.map(move |(method, told)| (format!("{} {path}", method.to_uppercase()), told))
    });
    each.collect()
}

/// Beyond the contract's eight.
const ALWAYS: [&str; 20] = [
    "DELETE /session",
    "GET /bookings/{id}/calendar.ics",
    "GET /bookings/{id}/service",
    "GET /healthz",
    "GET /language/{lang}",
    "GET /metrics",
    "GET /openapi.json",
    "GET /pictures/{id}",
    "GET /readyz",
    "GET /readyz/{studio}",
    "GET /session",
    "GET /sign-in",
    "POST /attempts/{key}",
    "POST /bookings/{id}/move",
    "POST /moves/{key}",
    "POST /session",
    "POST /session/everywhere",
    "POST /sign-in",
    "DELETE /api/v1/appointments/booking/{bookingId}",
    "POST /api/v1/appointments/booking/book",
];
/// Where it is switched on.
const SWITCHED: [&str; 14] = [
    "GET /sign-in/email",
    "GET /sign-in/email/choose",
    "GET /sign-in/email/code",
    "GET /sign-in/hand-off",
    "GET /sign-in/hand-off/on",
    "GET /sign-in/link/{token}",
    "POST /session/hand-off",
    "POST /sign-in/email",
    "POST /sign-in/email/choose",
    "POST /sign-in/email/code",
    "POST /sign-in/hand-off",
    "POST /sign-in/hand-off/on",
    "POST /sign-in/link/{token}",
    "POST /webhooks/perfectgym",
];

#[tokio::test]
async fn it_has_what_is_switched_on_and_nothing_that_is_not() {
    let (_stage, all) = document().await;
    let (_stage, least) = of(stage().await).await;
    let [all, least] = [&all, &least].map(|document| {
        let names = operations(document).into_iter().map(|(name, _)| name);
        names.collect::<BTreeSet<_>>()
    });
    for always in ALWAYS {
        assert!(
            all.contains(always) && least.contains(always),
            "{always}: {all:?}"
        );
    }
    for switched in SWITCHED {
        assert!(
            all.contains(switched) && !least.contains(switched),
            "{switched}: {all:?}"
        );
    }
    assert_eq!(all.len(), least.len() + SWITCHED.len(), "{all:?}");
}

/// HTTP's own of a body, and what every answer has.
const OF_ANY: [&str; 16] = [
    "cache-control",
    "connection",
    "content-encoding",
    "content-language",
    "content-length",
    "content-security-policy",
    "content-type",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "date",
    "permissions-policy",
    "referrer-policy",
    "vary",
    "x-content-type-options",
    "x-frame-options",
    "x-request-id",
];

/// What an answer carries besides, all of which somebody was told of.
fn carried(name: &str, told: &Value, answer: &Answer) -> BTreeSet<String> {
    let headers = told["responses"][answer.status.to_string()]["headers"].as_object();
    let told = headers.into_iter().flat_map(|all| all.keys());
    let told: BTreeSet<_> = told.map(|name| name.to_lowercase()).collect();
    let besides = answer
        .headers
        .keys()
        .filter(|name| !OF_ANY.contains(&name.as_str()));
    let besides: BTreeSet<_> = besides.cloned().collect();
    assert!(
        besides.is_subset(&told),
        "{name}: {} carries {besides:?}, and told of is {told:?}",
        answer.status
    );
    besides
}

#[tokio::test]
async fn what_is_of_before_carries_what_is_told_and_what_never_is_is_not_told_to_be() {
    let upstream = upstream();
    let stage = in_front_of_with(upstream.router(), |settings| {
        settings.limits.cache_catalogue = Duration::from_secs(5);
        settings.limits.cache_slots = Duration::from_secs(5);
        settings.limits.rest.after = 1;
        settings.limits.rest.first = Duration::from_secs(3600);
        settings.limits.rest.longest = Duration::from_secs(3600);
    })
    .await;
    let (stage, document) = of(stage).await;
    let told = |path: &str| &document["paths"][path.replace("/7", "/{bookableAppointmentId}")]["get"];
    let one = format!("{BOOKABLE}/7");
    let reads = [
        (BOOKABLE, json!({ "result": [], "hasNext": false, "offset": "" })),
        (&one, json!({ "id": 7, "title": "Massage" })),
        (SLOTS, slot(10)),
    ];
    let mut seen = BTreeSet::new();
    // As it is, of before while it is read anew, and of before in place of what cannot be had.
    for (seconds, status) in [(0, 200), (7, 200), (60, 500)] {
        stage.later(TimeDelta::seconds(seconds));
        for (path, body) in &reads {
            upstream.says(&format!("GET {}", path.replace("/api", "")), status, body.clone());
            let answer = stage.browser().get(path).await;
            assert_eq!(answer.status, 200, "{path}: {answer:?}");
            seen.extend(carried(path, told(path), &answer));
        }
    }
    // It fails, and then is left alone.
    let none = format!("{SLOTS}?daysAhead=2");
    for answer in [stage.browser().get(&none).await, stage.browser().get(&none).await] {
        assert_eq!(answer.status, 502, "{answer:?}");
        seen.extend(carried(SLOTS, told(SLOTS), &answer));
    }
    for header in ["age", "frontdesk-as-of", "frontdesk-read-anew", "retry-after"] {
        assert!(seen.contains(header), "{header} is seen: {seen:?}");
    }
    let bookings = &document["paths"][BOOKINGS]["get"]["responses"]["200"]["headers"];
    assert!(
        bookings["frontdesk-unreadable"].is_object() && bookings["frontdesk-as-of"].is_null(),
        "{bookings}"
    );
}

#[tokio::test]
async fn what_it_names_is_answered_as_it_says_and_what_it_refers_to_is_in_it() {
    let (stage, document) = document().await;
    let ada = stage.browser();
    for (name, told) in operations(&document) {
        let (method, path) = name.split_once(' ').unwrap();
        let filled = path
            .replace("{lang}", "de")
            .replace("{key}", "key-of-a-document-01")
            .replace("{studio}", "main");
        let filled = filled
            .split('{')
            .map(|part| {
                part.split_once('}')
                    .map_or(part.to_owned(), |(_, rest)| format!("1{rest}"))
            })
            .collect::<String>();
        let origin = [("origin", ada.origin())];
        let answer = ada.send(method, &filled, &origin, None).await;
        let said = &told["responses"][answer.status.to_string()];
        assert!(said.is_object(), "{name} does not tell of {answer:?}");
        let kind = answer.header("content-type").split(';').next().unwrap();
        let kinds: Vec<&String> = said["content"]
            .as_object()
            .into_iter()
            .flat_map(|all| all.keys())
            .collect();
        let told_of = kinds.is_empty() && kind.is_empty() || kinds.iter().any(|told| *told == kind);
        assert!(
            told_of,
            "{name}: {} is {kind}, and told of is {kinds:?}",
            answer.status
        );
        carried(&name, told, &answer);
    }
    let text = document.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
}

#[tokio::test]
async fn a_failure_tells_which_kinds_its_status_stands_for() {
    let (stage, document) = document().await;
    let kinds = |status: &str| {
        let told = &document["paths"]["/session"]["post"]["responses"][status];
        told["content"]["application/json"]["schema"]["allOf"][1]["properties"]["kind"]["enum"].clone()
    };
    let wrong = stage.browser().sign_in(("M-1001", "1901-01-01")).await;
    assert_eq!(
        kinds("401"),
        json!(["SIGNED_OUT", "WRONG_CREDENTIALS", "NOT_RECOGNISED"])
    );
    assert_eq!((wrong.status, wrong.kind().as_str()), (401, "WRONG_CREDENTIALS"));
    // Who signed in at a kiosk and comes without the device's own cookie reads here why they are nobody.
    let words = &document["paths"][BOOKINGS]["get"]["responses"]["401"]["description"];
    assert!(words.as_str().unwrap().contains("kiosk's own cookie"), "{words}");
    let at_kiosks = &document["paths"]["/session/kiosk"]["post"]["security"];
    assert_eq!(at_kiosks, &json!([{ "kiosk": [] }]));
    let kiosk = &document["components"]["securitySchemes"]["kiosk"];
    assert_eq!(
        (&kiosk["in"], &kiosk["name"]),
        (&json!("cookie"), &json!("frontdesk-kiosk"))
    );
    assert_eq!(kinds("429"), json!(["TOO_MANY_TRIES"]));
    assert_eq!(kinds("403"), json!(["BAD_REQUEST"]));
}
