//! A booking is moved: the new time first, then the old one, wherever it breaks off.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use booking::AttemptKey;
use chrono::TimeDelta;
use demo_studio::OperationName;
use frontdesk_proxy::store::{BegunMove, MoveStep};
use perfectgym::{BookingId, BookingWish, CustomerId};
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::scripted::{self, ADA, Scripted};
use crate::support::*;

const FIRST: &str = "key-of-the-old-booking";
const KEY: &str = "key-of-the-move-itself";
const OTHER: &str = "key-of-the-other-tabs-move";
const NORAS: CustomerId = CustomerId(1_200_000_001);

/// Nora has a booking, and wishes it were at another time.
struct Moving {
    stage: Stage,
    nora: Browser,
    old: BookingId,
    from: Value,
    to: Value,
}

async fn moving() -> Moving {
    moving_with(|_| {}).await
}

async fn moving_with(change: impl FnOnce(&mut frontdesk_proxy::config::Settings)) -> Moving {
    let stage = stage_with(change).await;
    let nora = stage.signed_in(NORA).await;
    let from = nora.wish(TRAINING, "2026-11-24").await;
    let to = nora.wish(TRAINING, "2026-11-27").await;
    assert_ne!(from["startDateTime"], to["startDateTime"]);
    let booked = nora.book(FIRST, &from).await;
    let old = BookingId(booked.json()["bookingId"].as_i64().unwrap());
    Moving {
        stage,
        nora,
        old,
        from,
        to,
    }
}

/// Asks after a key, and says no more.
async fn asks_alone(browser: &Browser, key: &str) -> Value {
    let (path, origin) = (format!("/moves/{key}"), [("origin", browser.origin())]);
    browser.send("POST", &path, &origin, None).await.json()
}

impl Moving {
    async fn moves(&self) -> Answer {
        self.moves_as(KEY, &self.to).await
    }

    async fn moves_as(&self, key: &str, to: &Value) -> Answer {
        let path = format!("/bookings/{}/move", self.old);
        self.nora.try_post(&path, key, to).await.unwrap()
    }

    async fn asks(&self) -> Value {
        asks_alone(&self.nora, KEY).await
    }

    /// Asks after it under a key, saying what it was: to move it to that.
    async fn asks_of(&self, key: &str, to: &Value) -> Value {
        let of = json!({ "bookingId": self.old, "wish": to });
        self.nora.post(&format!("/moves/{key}"), &of).await.json()
    }

    /// How many stand at the old time and at the new one.
    async fn stand(&self) -> (usize, usize) {
        (
            self.nora.standing(&self.from).await,
            self.nora.standing(&self.to).await,
        )
    }

    /// As a process leaves it that died after it wrote that it would book.
    async fn begun_elsewhere(&self) -> Arc<dyn frontdesk_proxy::store::Store> {
        let store = self.stage.store().await;
        let wish: BookingWish = serde_json::from_str(&self.to.to_string()).unwrap();
        let key = AttemptKey::new(KEY).unwrap();
        let begun = store.begin_move(NORAS, &key, self.old, &wish, monday()).await;
        assert_eq!(begun.unwrap(), BegunMove::New);
        store
    }
}

#[tokio::test]
async fn a_booking_is_moved_once_and_said_to_be_as_often_as_it_is_asked_for() {
    let it = moving().await;
    let moved = it.moves().await;
    assert_eq!(moved.json()["state"], "MOVED", "{}", moved.text);
    assert_eq!(
        moved.json()["booking"]["startDateTime"],
        it.to["startDateTime"],
        "{}",
        moved.text
    );
    assert_eq!(it.stand().await, (0, 1));
    assert_eq!(it.moves().await.text, moved.text);
    assert_eq!(it.asks().await, moved.json());
    assert_eq!(it.stand().await, (0, 1));
}

#[tokio::test]
async fn where_the_new_time_cannot_be_had_the_old_one_stands() {
    let it = moving().await;
    let henry = it.stage.signed_in(HENRY).await;
    assert_eq!(henry.book("key-of-the-quicker-one", &it.to).await.status, 200);
    let refused = it.moves().await;
    assert_eq!((refused.status, refused.kind().as_str()), (422, "REFUSED"));
    assert_eq!(it.stand().await, (1, 0));
    let view = it.asks().await;
    assert_eq!(view["state"], "NOT_MOVED", "{view}");
}

#[tokio::test]
async fn where_the_old_one_cannot_be_cancelled_both_stand_and_it_is_said() {
    let it = moving().await;
    it.stage
        .quirk(OperationName::DeleteBooking, |quirk| quirk.status = Some(409));
    let view = it.moves().await.json();
    assert_eq!(view["state"], "BOTH_STAND", "{view}");
    assert_eq!(view["failure"]["kind"], "CONFLICT", "{view}");
    assert!(view["failure"]["message"].is_string(), "{view}");
    assert_eq!(it.stand().await, (1, 1));
    // What was said stays said: whoever wants the old one gone cancels it.
    it.stage.no_quirks();
    assert_eq!(it.asks().await["state"], "BOTH_STAND");
    assert_eq!(it.stand().await, (1, 1));
}

#[tokio::test]
async fn a_cancellation_without_an_answer_is_gone_on_with_by_whoever_asks() {
    let it = moving().await;
    it.stage
        .quirk(OperationName::DeleteBooking, |quirk| quirk.status = Some(500));
    let view = it.moves().await.json();
    assert_eq!(view["state"], "UNCERTAIN", "{view}");
    it.stage.no_quirks();
    assert_eq!(it.asks().await["state"], "MOVED");
    assert_eq!(it.stand().await, (0, 1));
}

#[tokio::test]
async fn a_new_booking_without_an_answer_leaves_the_old_one_until_it_is_certain() {
    let it = moving().await;
    it.stage
        .quirk(OperationName::Book, |quirk| quirk.status = Some(500));
    let lost = it.moves().await;
    assert_eq!((lost.status, lost.kind().as_str()), (504, "UNCERTAIN"));
    it.stage.no_quirks();
    assert_eq!(it.asks().await["state"], "UNCERTAIN");
    assert_eq!(it.stand().await, (1, 0));
    it.stage.later(TimeDelta::minutes(2));
    assert_eq!(it.asks().await["state"], "NOT_MOVED");
    assert_eq!(it.stand().await, (1, 0));
}

#[tokio::test]
async fn a_move_to_a_far_time_without_an_answer_ends_in_asking_the_studio() {
    let moving = moving().await;
    let far = moving.nora.wish(TRAINING, "2026-12-14").await;
    moving
        .stage
        .quirk(OperationName::Book, |quirk| quirk.lose_answer = true);
    assert_eq!(moving.moves_as(KEY, &far).await.kind(), "UNCERTAIN");
    moving.stage.no_quirks();
    moving.stage.later(TimeDelta::minutes(5));
    let view = moving.asks().await;
    assert_eq!(view["state"], "UNSETTLEABLE", "{view}");
    assert!(view["failure"]["refusal"].is_string(), "{view}");
    assert_eq!(moving.nora.standing(&moving.from).await, 1, "the old one stands");
}

#[tokio::test]
async fn a_move_that_broke_off_before_anything_was_booked_has_moved_nothing_and_will_not() {
    let it = moving().await;
    it.begun_elsewhere().await;
    assert_eq!(it.asks().await["state"], "NOT_MOVED");
    // Its request arrives after all.
    assert_eq!(it.moves().await.json()["state"], "NOT_MOVED");
    assert_eq!(it.stand().await, (1, 0));
}

#[tokio::test]
async fn one_that_was_asked_after_before_it_arrived_moves_nothing() {
    let it = moving().await;
    assert_eq!(it.asks().await["state"], "NOT_MOVED");
    assert_eq!(it.moves().await.status, 422);
    assert_eq!(it.stand().await, (1, 0));
}

#[tokio::test]
async fn a_move_that_broke_off_once_the_new_one_was_booked_is_gone_on_with() {
    let it = moving().await;
    let store = it.begun_elsewhere().await;
    assert_eq!(it.nora.book(KEY, &it.to).await.status, 200);
    assert_eq!(it.stand().await, (1, 1));
    assert_eq!(it.asks().await["state"], "MOVED");
    assert_eq!(it.stand().await, (0, 1));
    let key = AttemptKey::new(KEY).unwrap();
    let stands = store.move_of(NORAS, &key).await.unwrap().unwrap();
    assert_eq!(stands.step, MoveStep::Moved);
}

#[tokio::test]
async fn a_move_that_broke_off_is_gone_on_with_though_nobody_asks() {
    for step in [MoveStep::Booking, MoveStep::Cancelling] {
        let it = moving_with(|settings| settings.limits.settle = Duration::from_millis(1)).await;
        let store = it.begun_elsewhere().await;
        let key = AttemptKey::new(KEY).unwrap();
        assert_eq!(it.nora.book(KEY, &it.to).await.status, 200);
        if step == MoveStep::Cancelling {
            assert!(store.step_move(NORAS, &key, step, None, monday()).await.unwrap());
        }
        assert_eq!(it.stand().await, (1, 1));
        it.stage.later(TimeDelta::minutes(5));
        while store.move_of(NORAS, &key).await.unwrap().unwrap().step != MoveStep::Moved {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        assert_eq!(it.stand().await, (0, 1));
    }
}

#[tokio::test]
async fn two_tabs_that_move_one_booking_to_two_times_at_once_leave_one() {
    let it = moving().await;
    let elsewhere = it.nora.wish(TRAINING, "2026-11-30").await;
    let (one, two) = tokio::join!(it.moves_as(KEY, &it.to), it.moves_as(OTHER, &elsewhere));
    // The later one is refused while the other is under way, or finds the old one gone.
    let refused = [one.status, two.status].map(|status| [409, 422].contains(&status));
    let moved = [one.status, two.status].map(|status| status == 200);
    assert!(
        moved != [true, true] && (0..2).all(|n| moved[n] != refused[n]),
        "{} {}",
        one.text,
        two.text
    );
    let (from, to) = it.stand().await;
    assert_eq!((from, to + it.nora.standing(&elsewhere).await), (0, 1));
}

#[tokio::test]
async fn two_tabs_that_move_one_booking_to_the_same_time_are_told_the_same() {
    let it = moving().await;
    let (one, two) = tokio::join!(it.moves_as(KEY, &it.to), it.moves_as(OTHER, &it.to));
    assert_eq!((one.status, two.status), (200, 200), "{} {}", one.text, two.text);
    assert_eq!(
        one.json()["booking"]["bookingId"],
        two.json()["booking"]["bookingId"]
    );
    assert_eq!(it.stand().await, (0, 1));
}

#[tokio::test]
async fn a_tab_that_comes_late_with_the_same_move_is_told_what_the_first_was() {
    let it = moving().await;
    let first = it.moves().await;
    assert_eq!(first.status, 200, "{}", first.text);
    let late = it.moves_as(OTHER, &it.to).await;
    assert_eq!(late.status, 200, "{}", late.text);
    assert_eq!(late.json(), first.json());
    assert_eq!(it.stand().await, (0, 1));
}

#[tokio::test]
async fn whoever_asks_after_a_move_that_never_arrived_hears_what_the_same_one_came_to() {
    let it = moving().await;
    let moved = it.moves().await.json();
    assert_eq!(it.asks_of(OTHER, &it.to).await, moved);
    // Late as it is, it is told the same.
    assert_eq!(it.moves_as(OTHER, &it.to).await.json(), moved);
    assert_eq!(it.stand().await, (0, 1));
    // Of the key alone, and of another time: nothing was moved.
    let nothing = it.nora.post(&format!("/moves/{OTHER}"), &json!({})).await;
    assert_eq!(nothing.status, 400, "a question says what it was, or has no body");
    assert_eq!(asks_alone(&it.nora, OTHER).await, json!({ "state": "NOT_MOVED" }));
    let another = it.nora.wish(TRAINING, "2026-11-30").await;
    let view = it.asks_of("key-of-yet-another-move", &another).await;
    assert_eq!(view, json!({ "state": "NOT_MOVED" }));
}

#[tokio::test]
async fn a_second_tab_with_the_same_move_is_told_that_it_is_being_looked_up_until_that_is_known() {
    let it = moving().await;
    it.stage
        .quirk(OperationName::Book, |quirk| quirk.status = Some(500));
    assert_eq!(it.moves().await.status, 504);
    it.stage.no_quirks();
    for view in [
        it.moves_as(OTHER, &it.to).await.json(),
        it.asks_of(OTHER, &it.to).await,
    ] {
        assert_eq!(view["state"], "UNCERTAIN", "{view}");
    }
    it.stage.later(TimeDelta::minutes(2));
    assert_eq!(it.asks_of(OTHER, &it.to).await["state"], "NOT_MOVED");
    // Nobody was told so before it could come to nothing else.
    assert_eq!(it.moves_as(OTHER, &it.to).await.status, 422);
    assert_eq!(it.stand().await, (1, 0));
}

#[tokio::test]
async fn whoever_asks_for_another_tab_goes_on_with_what_that_one_left_behind() {
    let it = moving().await;
    it.begun_elsewhere().await;
    assert_eq!(it.nora.book(KEY, &it.to).await.status, 200);
    let view = it.asks_of(OTHER, &it.to).await;
    assert_eq!(view["state"], "MOVED", "{view}");
    assert_eq!(it.stand().await, (0, 1));
}

#[tokio::test]
async fn where_the_first_tab_left_both_the_second_is_told_so_and_of_what_the_member_gave_up_since() {
    let it = moving().await;
    it.stage
        .quirk(OperationName::DeleteBooking, |quirk| quirk.status = Some(409));
    let both = it.moves().await.json();
    it.stage.no_quirks();
    assert_eq!(it.moves_as(OTHER, &it.to).await.status, 422);
    let view = it.asks_of(OTHER, &it.to).await;
    assert_eq!(view["state"], "BOTH_STAND", "{view}");
    assert_eq!(view["booking"], both["booking"]);
    assert_eq!(it.stand().await, (1, 1), "asking gives up nothing");
    let old = format!("{BOOKINGS}/{}", it.old);
    assert_eq!(it.nora.delete(&old).await.status, 200);
    assert_eq!(it.asks_of(OTHER, &it.to).await["state"], "MOVED");
    assert_eq!(it.stand().await, (0, 1));
}

#[tokio::test]
async fn while_the_studio_does_not_answer_nothing_is_said_of_what_another_tab_booked() {
    let it = moving().await;
    it.stage
        .quirk(OperationName::DeleteBooking, |quirk| quirk.status = Some(409));
    it.moves().await;
    it.stage.no_quirks();
    it.stage
        .quirk(OperationName::GetBooking, |quirk| quirk.status = Some(500));
    assert_eq!(it.asks_of(OTHER, &it.to).await, json!({ "state": "UNCERTAIN" }));
    it.stage.no_quirks();
    assert_eq!(it.asks_of(OTHER, &it.to).await["state"], "BOTH_STAND");
}

/// Holds up whoever books.
#[derive(Default)]
struct Desk {
    busy: Notify,
    let_go: Notify,
}

async fn hold(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    if request.uri().path().ends_with("/booking/book") {
        desk.busy.notify_one();
        desk.let_go.notified().await;
    }
    next.run(request).await
}

/// Its key could not be made void: its request may come still, and move after all.
#[tokio::test]
async fn nobody_says_that_nothing_was_moved_while_the_member_is_being_booked_something_else() {
    let (upstream, desk) = (Scripted::new(), Arc::<Desk>::default());
    let router = upstream.router();
    let router = router.layer(from_fn_with_state(Arc::clone(&desk), hold));
    let stage = in_front_of(router).await;
    let ada = stage.signed_in(ADA).await;
    let other = ada.clone();
    let books = tokio::spawn(async move { other.book(FIRST, &scripted::wish()).await });
    desk.busy.notified().await;
    assert_eq!(asks_alone(&ada, KEY).await, json!({ "state": "UNCERTAIN" }));
    desk.let_go.notify_one();
    assert_eq!(books.await.unwrap().status, 200);
}

#[tokio::test]
async fn a_key_moves_one_booking_to_one_time() {
    let it = moving().await;
    assert_eq!(it.moves().await.json()["state"], "MOVED");
    let other = it.nora.wish(TRAINING, "2026-11-30").await;
    let conflict = it.moves_as(KEY, &other).await;
    assert_eq!((conflict.status, conflict.kind().as_str()), (409, "CONFLICT"));
    assert_eq!(it.nora.standing(&other).await, 0);
    // One that was used to book something else moves nothing either.
    let conflict = it.moves_as(FIRST, &other).await;
    assert_ne!(conflict.status, 200, "{}", conflict.text);
    assert_eq!(it.stand().await, (0, 1));
}

#[tokio::test]
async fn a_booking_is_not_moved_to_its_own_time_and_lost() {
    let it = moving().await;
    let refused = it.moves_as(KEY, &it.from).await;
    assert_eq!((refused.status, refused.kind().as_str()), (422, "REFUSED"));
    assert_eq!(it.nora.standing(&it.from).await, 1);
    assert_eq!(it.asks().await["state"], "NOT_MOVED");
    assert_eq!(it.asks_of(OTHER, &it.from).await["state"], "NOT_MOVED");
    assert_eq!(it.nora.standing(&it.from).await, 1);
}

#[tokio::test]
async fn anothers_booking_is_not_there_to_be_moved_or_asked_about() {
    let it = moving().await;
    let henry = it.stage.signed_in(HENRY).await;
    let path = format!("/bookings/{}/move", it.old);
    let answer = henry.try_post(&path, KEY, &it.to).await.unwrap();
    assert_eq!(answer.status, 404);
    assert_eq!(henry.standing(&it.to).await, 0);
    let of = json!({ "bookingId": it.old, "wish": it.to });
    assert_eq!(
        henry.post("/moves/key-of-a-stranger-0001", &of).await.json(),
        json!({ "state": "NOT_MOVED" })
    );
    assert_eq!(
        henry.get(&format!("/bookings/{}/service", it.old)).await.status,
        404
    );
    assert_eq!(
        it.stage
            .browser()
            .get(&format!("/bookings/{}/service", it.old))
            .await
            .status,
        401
    );
    assert_eq!(it.stand().await, (1, 0));
    // What is cancelled is no booking to be moved.
    assert_eq!(
        it.nora.delete(&format!("{BOOKINGS}/{}", it.old)).await.status,
        200
    );
    assert_eq!(it.moves().await.status, 422);
    assert_eq!(it.stand().await, (0, 0));
}

#[tokio::test]
async fn the_service_of_a_booking_made_here_is_told_from_our_record() {
    let it = moving().await;
    let service = it.nora.get(&format!("/bookings/{}/service", it.old)).await;
    assert_eq!(service.json(), json!({ "bookableAppointmentId": 1_220_000_101 }));
}

#[tokio::test]
async fn the_service_of_a_booking_made_elsewhere_is_the_one_that_is_called_so_and_takes_as_long() {
    let upstream = Scripted::new();
    upstream.says("GET /v1/appointments/booking/5", 200, scripted::booking(5));
    let stage = in_front_of(upstream.router()).await;
    let ada = stage.signed_in(ADA).await;
    assert_eq!(
        ada.get("/bookings/5/service").await.status,
        404,
        "none is called so"
    );
    for (others, says) in [
        (json!([]), Some(8)),
        (json!([{ "id": 9, "title": "Massage", "duration": 30 }]), Some(8)),
        (json!([{ "id": 9, "title": "Massage", "duration": 60 }]), None),
    ] {
        let upstream = Scripted::new();
        upstream.says("GET /v1/appointments/booking/5", 200, scripted::booking(5));
        let mut services = others;
        let the_one = json!({ "id": 8, "title": "Massage", "duration": 60 });
        services.as_array_mut().unwrap().push(the_one);
        let list = json!({ "result": services, "hasNext": false, "offset": "" });
        upstream.says("GET /v1/appointments/bookable", 200, list);
        let stage = in_front_of(upstream.router()).await;
        let ada = stage.signed_in(ADA).await;
        let answer = ada.get("/bookings/5/service").await;
        match says {
            Some(id) => assert_eq!(answer.json(), json!({ "bookableAppointmentId": id })),
            None => assert_eq!(answer.status, 404, "{}", answer.text),
        }
    }
}
