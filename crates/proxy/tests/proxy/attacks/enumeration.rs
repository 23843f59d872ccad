//! Whoever guesses learns nothing but that it was wrong: not whether there is such a number.

use serde_json::{Value, json};

use super::recorder::Door;
use super::wire::Reply;
use crate::support::*;

/// All of an answer but the second it was given in.
fn seen(reply: &Reply) -> (u16, String, &str) {
    // The second is drawn anew for every answer, whatever it says.
    let own = |line: &str| {
        ["date:", "x-request-id:"]
            .iter()
            .any(|name| line.to_ascii_lowercase().starts_with(name))
    };
    let lines = reply.head.lines().filter(|line| !own(line));
    (reply.status, lines.collect::<Vec<_>>().join("\n"), &reply.body)
}

async fn guess(door: &Door, number: &str, born: &str) -> Reply {
    let body = json!({ "customerNumber": number, "dateOfBirth": born }).to_string();
    door.post("/session", "application/json", body).await
}

async fn guess_by_form(door: &Door, number: &str, born: &str) -> Reply {
    let body = format!("number={number}&birth-date={born}");
    door.post("/sign-in", "application/x-www-form-urlencoded", body)
        .await
}

/// What upstreams say of a number that exists, that does not, and that is not one.
fn answers() -> Vec<(u16, Value)> {
    let member = |more: Value| {
        let mut member =
            json!({ "id": 7, "customerNumber": "A-1", "dateOfBirth": "1990-01-01", "firstName": "Ada" });
        member
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        member
    };
    vec![
        (200, member(json!({}))),
        (200, member(json!({ "dateOfBirth": null }))),
        (200, member(json!({ "customerNumber": "A-12" }))),
        (200, member(json!({ "status": "FORMER_MEMBER" }))),
        (
            404,
            json!({ "errorMessage": "no such customer", "traceId": "trace-1" }),
        ),
        (
            400,
            json!({ "errorMessage": "not a number of ours", "traceId": "trace-2" }),
        ),
    ]
}

#[tokio::test]
async fn a_number_that_exists_and_one_that_does_not_are_answered_alike() {
    let door = Door::open().await;
    let nobody = guess(&door, " ", "1990-02-02").await;
    door.upstream.says("GET /v1/customers/by", 404, json!({}));
    let by_form = guess_by_form(&door, "A-0", "1990-02-02").await;
    assert_eq!((nobody.status, by_form.status), (401, 401));
    for (n, (status, body)) in answers().into_iter().enumerate() {
        door.upstream.says("GET /v1/customers/by", status, body.clone());
        // A number each: what is looked at is the answer, not the lock.
        let reply = guess(&door, &format!("A-{}", n + 1), "1990-02-02").await;
        assert_eq!(seen(&reply), seen(&nobody), "{status} {body}");
        let reply = guess_by_form(&door, &format!("A-{}", n + 1), "1990-02-02").await;
        assert_eq!(seen(&reply), seen(&by_form), "{status} {body}");
    }
}

#[tokio::test]
async fn a_lock_says_the_same_of_a_number_that_exists_and_of_one_that_does_not() {
    let stage = stage().await;
    let mut locks: Vec<Answer> = Vec::new();
    for number in [NORA.0, "M-9999", "' OR 1=1 --"] {
        for _ in 0..5 {
            assert_eq!(stage.browser().sign_in((number, "1970-01-01")).await.status, 401);
        }
        locks.push(stage.browser().sign_in((number, "1970-01-01")).await);
    }
    for lock in &mut locks {
        lock.headers.remove("date");
        // Drawn anew for every answer, whatever it says.
        assert_eq!(lock.headers.remove("x-request-id").map(|id| id.len()), Some(22));
    }
    for other in &locks[1..] {
        assert_eq!(
            (other.status, &other.text, &other.headers),
            (429, &locks[0].text, &locks[0].headers)
        );
    }
}

/// The time is told by a rule: `identity/sign_in.rs` holds an answer back until its time has come. Here: that a proxy has
/// such a time as it is delivered.
#[test]
fn as_delivered_a_wrong_answer_waits_for_its_time() {
    let settings =
        frontdesk_proxy::config::Settings::read(&frontdesk_proxy::config::Source::default()).unwrap();
    let floor = settings.session.brakes.answer_no_sooner_than;
    assert!(
        floor.as_millis() >= 300,
        "an upstream's look-up is over by then: {floor:?}"
    );
}

#[tokio::test]
async fn a_service_a_page_and_a_booking_that_are_not_there_say_no_more_than_that() {
    let door = Door::open().await;
    for path in [
        "/api/v1/appointments/bookable/8",
        "/api/v1/appointments/booking/8",
        "/api/v1/appointments/booking/66",
    ] {
        let reply = door.ask(&format!("GET {path}"), "").await;
        assert_eq!(reply.status, 404, "{path}");
        assert!(
            !reply.body.contains("Anothers") && !reply.body.contains("customer"),
            "{path}: {reply:?}"
        );
    }
}
