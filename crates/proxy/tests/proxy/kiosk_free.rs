//! What is free today, as a kiosk's start screen asks for it: of all services, never old, and kind to the upstream.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use chrono::{DateTime, TimeDelta, Utc};
use demo_studio::OperationName;
use serde_json::{Value, json};

use crate::kiosk::{all_on, noras_card, paired};
use crate::scripted::Scripted;
use crate::support::*;

const FREE: &str = "/kiosk/free";
const LIST: &str = "GET /v1/appointments/bookable";

fn slots_call(id: i64) -> String {
    format!("GET /v1/appointments/bookable/{id}/slots")
}

/// In the studio's zone.
fn slot(day: u32, time: &str) -> Value {
    json!({
        "startDateTime": format!("2026-11-{day}T{time}:00.000+01:00[Europe/Berlin]"),
        "endDateTime": format!("2026-11-{day}T23:59:00.000+01:00[Europe/Berlin]"),
        "instructors": [{ "id": 9, "firstName": "Secret", "lastName": "Name", "publicName": "Anna" }],
    })
}

/// Two services, on two slices. It is nine in the morning.
fn upstream() -> Scripted {
    let upstream = Scripted::new();
    let services = json!([
        { "id": 7, "title": "Massage", "duration": 30, "category": "c", "imgUrl": "https://elsewhere.example/x" },
        { "id": 8, "title": "Sauna" },
        { "id": 7, "title": "Massage" },
        { "id": 9, "title": "Nothing today" },
    ]);
    upstream.says(
        LIST,
        200,
        json!({ "result": services, "hasNext": false, "offset": "" }),
    );
    upstream.says(
        &slots_call(7),
        200,
        json!([
            slot(23, "11:00"),
            slot(23, "08:59"),
            slot(23, "10:00"),
            slot(24, "00:00")
        ]),
    );
    upstream.says(&slots_call(8), 200, json!([slot(23, "09:30")]));
    upstream.says(&slots_call(9), 200, json!([slot(24, "09:30")]));
    upstream
}

fn calls(upstream: &Scripted) -> [usize; 3] {
    [7, 8, 9].map(|id| upstream.asked(&slots_call(id)))
}

/// Services by id, with the local times at which theirs begin.
fn times(answer: &Answer) -> Vec<(i64, Vec<String>)> {
    let all = answer.json()["free"].as_array().unwrap().clone();
    let of = |service: &Value| {
        let slots = service["slots"].as_array().unwrap();
        let time = |slot: &Value| slot["startDateTime"].as_str().unwrap()[8..16].to_owned();
        (service["id"].as_i64().unwrap(), slots.iter().map(time).collect())
    };
    all.iter().map(of).collect()
}

fn listed(all: &[(i64, &[&str])]) -> Vec<(i64, Vec<String>)> {
    let texts = |times: &[&str]| times.iter().map(|time| (*time).to_owned()).collect();
    all.iter().map(|(id, times)| (*id, texts(times))).collect()
}

#[tokio::test]
async fn it_is_what_begins_today_the_soonest_first_and_no_more_than_a_browser_sees() {
    let upstream = upstream();
    let stage = in_front_of(upstream.router()).await;
    let kiosk = paired(&stage, "Desk").await;
    let answer = kiosk.get(FREE).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(
        times(&answer),
        listed(&[(8, &["23T09:30"]), (7, &["23T10:00", "23T11:00"])])
    );
    let free = answer.json();
    assert_eq!(free["partly"], false);
    assert_eq!(
        (&free["now"], &free["readAt"]),
        (
            &json!(monday().timestamp_millis()),
            &json!(monday().timestamp_millis())
        )
    );
    let shown = kiosk.get(&format!("{BOOKABLE}/7/slots?daysAhead=6")).await.json();
    assert_eq!(
        free["free"][1]["slots"][1], shown[0],
        "in the upstream's own text"
    );
    assert_eq!(
        (&free["free"][1]["title"], &free["free"][1]["duration"]),
        (&json!("Massage"), &json!(30))
    );
    for hidden in ["Secret", "elsewhere.example", "category"] {
        assert!(!answer.text.contains(hidden), "{hidden} in {}", answer.text);
    }
    let phone = stage.browser().get(FREE).await;
    assert_eq!((phone.status, phone.kind().as_str()), (404, "NOT_FOUND"));
}

#[tokio::test]
async fn of_the_demos_studio_each_service_has_its_next_six_in_order() {
    let stage = stage().await;
    let kiosk = paired(&stage, "Desk").await;
    let free = kiosk.get(FREE).await.json()["free"].as_array().unwrap().clone();
    assert!(free.len() > 3, "{free:?}");
    let start = |slot: &Value| {
        let text = slot["startDateTime"].as_str().unwrap();
        DateTime::parse_from_rfc3339(text.split('[').next().unwrap())
            .unwrap()
            .to_utc()
    };
    let starts = |service: &Value| -> Vec<DateTime<Utc>> {
        service["slots"].as_array().unwrap().iter().map(start).collect()
    };
    for service in &free {
        let starts = starts(service);
        assert!((1..=6).contains(&starts.len()) && starts.is_sorted());
        assert!(
            starts
                .iter()
                .all(|at| *at > monday() && *at < monday() + TimeDelta::hours(15))
        );
    }
    assert!(free.iter().map(|service| starts(service)[0]).is_sorted());
}

#[tokio::test]
async fn however_many_kiosks_look_each_service_is_read_once() {
    let upstream = upstream();
    let stage = in_front_of(upstream.router()).await;
    let (desk, hall) = (paired(&stage, "Desk").await, paired(&stage, "Hall").await);
    let crowd = (0..30).map(|n| {
        let kiosk = if n % 2 == 0 { desk.clone() } else { hall.clone() };
        tokio::spawn(async move { kiosk.get(FREE).await })
    });
    for answer in crowd.collect::<Vec<_>>() {
        assert_eq!(times(&answer.await.unwrap()).len(), 2);
    }
    assert_eq!(calls(&upstream), [1, 1, 1]);
    stage.later(TimeDelta::seconds(10));
    desk.get(FREE).await;
    assert_eq!(calls(&upstream), [1, 1, 1], "it is kept");
    stage.later(TimeDelta::seconds(5));
    desk.get(FREE).await;
    assert_eq!(
        calls(&upstream),
        [1, 1, 1],
        "put together of what is young enough"
    );
    stage.later(TimeDelta::seconds(11));
    let answer = desk.get(FREE).await.json();
    assert_eq!(calls(&upstream), [2, 2, 2]);
    assert_eq!(answer["readAt"], answer["now"]);
}

#[tokio::test]
async fn members_and_kiosks_use_what_was_read_for_each_other() {
    let upstream = upstream();
    let stage = in_front_of(upstream.router()).await;
    let (kiosk, phone) = (paired(&stage, "Desk").await, stage.browser());
    let first_page = |id: i64| format!("{BOOKABLE}/{id}/slots?daysAhead=6&slotWindowStartDate=2026-11-23");
    phone.get(&first_page(7)).await;
    kiosk.get(FREE).await;
    assert_eq!(calls(&upstream), [1, 1, 1]);
    // A tap on a time that is shown finds it there.
    phone.get(&first_page(8)).await;
    assert_eq!(calls(&upstream), [1, 1, 1]);
}

#[tokio::test]
async fn nothing_is_ever_older_than_a_minute() {
    let upstream = upstream();
    let stage = in_front_of(upstream.router()).await;
    let kiosk = paired(&stage, "Desk").await;
    kiosk.get(FREE).await;
    upstream.says(&slots_call(7), 500, json!({}));
    for _ in 0..30 {
        stage.later(TimeDelta::seconds(7));
        let answer = kiosk.get(FREE).await;
        let free = answer.json();
        let age = free["now"].as_i64().unwrap() - free["readAt"].as_i64().unwrap();
        assert!((0..=60_000).contains(&age), "{age}");
        let has_both = times(&answer).len() == 2;
        assert_eq!(free["partly"], !has_both, "what is left out is said");
    }
    let free = kiosk.get(FREE).await;
    assert_eq!(
        times(&free),
        listed(&[(8, &["23T09:30"])]),
        "what fails does not keep the others away"
    );
    // Members are shown what was there before, and told so; a start screen is not.
    let page = format!("{BOOKABLE}/7/slots?daysAhead=6&slotWindowStartDate=2026-11-23");
    assert_eq!(stage.browser().get(&page).await.status, 200);
    upstream.says(&slots_call(7), 200, json!([slot(23, "12:00")]));
    eventually("the upstream is tried again", async || {
        stage.later(TimeDelta::seconds(31));
        times(&kiosk.get(FREE).await).len() == 2
    })
    .await;
}

#[tokio::test]
async fn where_nothing_can_be_read_it_says_so_and_when_to_look_again() {
    let upstream = upstream();
    let stage = in_front_of_with(upstream.router(), |settings| {
        settings.limits.read = Duration::from_millis(500);
    })
    .await;
    let kiosk = paired(&stage, "Desk").await;
    for id in [7, 8, 9] {
        upstream.says(&slots_call(id), 500, json!({ "errorMessage": "planted" }));
    }
    let down = kiosk.get(FREE).await;
    assert_eq!((down.status, down.kind().as_str()), (502, "UPSTREAM_DOWN"));
    assert!(down.header("retry-after").parse::<u32>().unwrap() > 0);
    upstream.says(LIST, 503, json!({}));
    stage.later(TimeDelta::hours(7));
    let down = kiosk.get(FREE).await;
    assert_eq!((down.status, down.kind().as_str()), (503, "BUSY"));
    assert!(down.header("retry-after").parse::<u32>().unwrap() > 0);
}

/// The same, but that some calls are never answered.
fn silent(upstream: &Scripted, at: &'static str) -> axum::Router {
    let answered = move |request: Request, next: Next| async move {
        if request.uri().path().ends_with(at) {
            std::future::pending::<()>().await;
        }
        next.run(request).await
    };
    upstream.router().layer(axum::middleware::from_fn(answered))
}

#[tokio::test]
async fn a_call_that_is_never_answered_keeps_no_screen_waiting() {
    let (some, all) = (upstream(), upstream());
    let some = in_front_of(silent(&some, "/7/slots")).await;
    let all = in_front_of(silent(&all, "/slots")).await;
    let (desk, hall) = (paired(&some, "Desk").await, paired(&all, "Hall").await);
    // The calls themselves may take half a minute here.
    let answers = futures_util::future::join(desk.get(FREE), hall.get(FREE));
    let (some, none) = in_time("what could be read", answers).await;
    assert_eq!((some.status, &some.json()["partly"]), (200, &json!(true)));
    assert_eq!(times(&some), listed(&[(8, &["23T09:30"])]));
    assert_eq!((none.status, none.kind().as_str()), (503, "BUSY"));
    assert!(none.header("retry-after").parse::<u32>().unwrap() > 0);
}

#[tokio::test]
async fn what_has_begun_is_gone_though_nobody_was_asked_again() {
    let upstream = upstream();
    let stage = in_front_of(upstream.router()).await;
    let kiosk = paired(&stage, "Desk").await;
    stage.later(TimeDelta::minutes(29) + TimeDelta::seconds(50));
    assert_eq!(times(&kiosk.get(FREE).await)[0].0, 8);
    stage.later(TimeDelta::seconds(10));
    assert_eq!(
        times(&kiosk.get(FREE).await),
        listed(&[(7, &["23T10:00", "23T11:00"])])
    );
    assert_eq!(calls(&upstream), [1, 1, 1]);
}

#[tokio::test]
async fn at_midnight_it_is_the_new_day_at_once() {
    let upstream = upstream();
    upstream.says(&slots_call(8), 200, json!([slot(23, "23:59"), slot(24, "00:30")]));
    let stage = in_front_of(upstream.router()).await;
    let kiosk = paired(&stage, "Desk").await;
    stage.clock.set("2026-11-23T22:58:50Z".parse().unwrap());
    assert_eq!(times(&kiosk.get(FREE).await), listed(&[(8, &["23T23:59"])]));
    stage.clock.set("2026-11-23T23:00:00Z".parse().unwrap());
    assert_eq!(
        times(&kiosk.get(FREE).await),
        listed(&[(8, &["24T00:30"]), (9, &["24T09:30"])])
    );
}

#[tokio::test]
async fn a_clock_that_is_set_back_shows_nothing_of_what_has_not_been() {
    let upstream = upstream();
    let stage = in_front_of(upstream.router()).await;
    let kiosk = paired(&stage, "Desk").await;
    kiosk.get(FREE).await;
    stage.clock.set(monday() - TimeDelta::hours(1));
    let free = kiosk.get(FREE).await;
    assert_eq!(calls(&upstream), [2, 2, 2]);
    assert_eq!(free.json()["readAt"], free.json()["now"]);
    assert_eq!(
        times(&free)[0],
        listed(&[(7, &["23T08:59", "23T10:00", "23T11:00"])])[0]
    );
}

#[tokio::test]
async fn where_times_are_for_members_nobody_is_asked_and_nothing_shown() {
    let upstream = upstream();
    let stage = in_front_of_with(upstream.router(), |settings| {
        settings.studio.times_need_sign_in = true;
    })
    .await;
    let kiosk = paired(&stage, "Desk").await;
    let answer = kiosk.get(FREE).await.json();
    assert_eq!((&answer["free"], &answer["partly"]), (&json!([]), &json!(false)));
    assert_eq!((calls(&upstream), upstream.asked(LIST)), ([0, 0, 0], 0));
}

#[tokio::test]
async fn a_time_that_was_booked_is_not_on_the_start_screen_any_more() {
    let stage = stage_with(all_on).await;
    let kiosk = paired(&stage, "Desk").await;
    kiosk.post("/session/kiosk", &noras_card()).await;
    let training = |answer: &Answer| {
        let all = answer.json()["free"].as_array().unwrap().clone();
        let training: i64 = TRAINING.parse().unwrap();
        let of = |service: &Value| service["id"] == training;
        all.into_iter().find(of).unwrap()
    };
    let before = training(&kiosk.get(FREE).await);
    let slot = before["slots"].as_array().unwrap().last().unwrap().clone();
    let ids: Vec<&Value> = slot["instructors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| &i["id"])
        .collect();
    let wish = json!({
        "bookableAppointmentId": before["id"], "startDateTime": slot["startDateTime"],
        "endDateTime": slot["endDateTime"], "instructorIds": ids,
    });
    let booked = kiosk.book("0123456789abcdef", &wish).await;
    assert_eq!(booked.status, 200, "{}", booked.text);
    kiosk.delete("/session").await;
    stage.later(TimeDelta::seconds(1));
    let after = training(&kiosk.get(FREE).await);
    assert!(!after["slots"].as_array().unwrap().contains(&slot));
}

#[tokio::test]
async fn a_studio_that_comes_back_is_shown_again_by_itself() {
    let stage = stage().await;
    let kiosk = paired(&stage, "Desk").await;
    stage.quirk(OperationName::ListSlots, |quirk| quirk.status = Some(500));
    assert_eq!(kiosk.get(FREE).await.status, 502);
    stage.no_quirks();
    eventually("it is tried again", async || kiosk.get(FREE).await.status == 200).await;
}
