//! Kiosks: how a device becomes one and is one no more, and signing in at it by card, barcode or PIN.

use booking::kiosk::Media;
use chrono::TimeDelta;
use demo_studio::OperationName;
use frontdesk_proxy::config::Settings;
use frontdesk_proxy::identity::PairingCode;
use perfectgym::CardNumberFormat;
use serde_json::{Value, json};

use crate::hand_off;
use crate::scripted::{ADA, Scripted};
use crate::support::*;

const ALL: Media = Media {
    card: true,
    barcode: true,
    pin: true,
};
const SESSION: &str = "/session/kiosk";

pub(crate) fn all_on(settings: &mut Settings) {
    settings.identity.at_kiosks = ALL;
}

/// What members of the demo studio have with them; `docs/refusals.md` names some.
pub(crate) fn card(number: &str) -> Value {
    json!({ "card": number })
}

fn barcode(text: &str) -> Value {
    json!({ "barcode": text })
}

fn pin(number: &str, pin: &str) -> Value {
    json!({ "pin": { "customerNumber": number, "pin": pin } })
}

pub(crate) fn noras_card() -> Value {
    card("5200000001")
}

/// A code as the command makes one, in the database as another process writes it.
pub(crate) async fn code(stage: &Stage, name: &str) -> String {
    let code = PairingCode::made();
    let kiosk = code.for_kiosk(name, stage.clock.now());
    assert!(stage.store().await.put_kiosk(&kiosk).await.unwrap());
    code.to_string()
}

async fn pair(browser: &Browser, code: &str) -> Answer {
    browser.post("/kiosk/pair", &json!({ "code": code })).await
}

pub(crate) async fn paired(stage: &Stage, name: &str) -> Browser {
    let browser = stage.browser();
    let answer = pair(&browser, &code(stage, name).await).await;
    assert_eq!((answer.status, &answer.json()), (200, &json!({ "name": name })));
    browser
}

/// As another process does it.
pub(crate) async fn revoke(stage: &Stage, name: &str) {
    let store = stage.store().await;
    assert!(store.revoke_kiosk(name, stage.clock.now()).await.unwrap());
}

async fn name(browser: &Browser) -> Option<String> {
    let view = browser.get("/session").await.json();
    view["firstName"].as_str().map(str::to_owned)
}

fn holds(browser: &Browser, cookie: &str) -> bool {
    browser.cookies.lock().unwrap().contains_key(cookie)
}

fn put(browser: &Browser, cookie: &str, value: &str) {
    let mut cookies = browser.cookies.lock().unwrap();
    cookies.insert(cookie.to_owned(), value.to_owned());
}

/// A browser with some of another's cookies.
pub(crate) fn with_cookies(stage: &Stage, of: &Browser, names: &[&str]) -> Browser {
    let browser = stage.browser();
    let all = of.cookies.lock().unwrap().clone();
    let some = all.into_iter().filter(|(name, _)| names.contains(&name.as_str()));
    browser.cookies.lock().unwrap().extend(some);
    browser
}

#[tokio::test]
async fn a_device_that_was_not_paired_is_refused_whatever_it_knows() {
    let upstream = Scripted::new();
    let stage = in_front_of_with(upstream.router(), all_on).await;
    let member = stage.signed_in(ADA).await;
    for browser in [stage.browser(), member] {
        for right in [noras_card(), barcode("SB1200000001"), pin(ADA.0, "7919")] {
            let answer = browser.post(SESSION, &right).await;
            assert_eq!((answer.status, answer.kind().as_str()), (404, "NOT_FOUND"));
            assert_eq!(answer.header("set-cookie"), "");
        }
    }
    assert_eq!(
        upstream.asked("GET /v1/customers/by"),
        1,
        "when she signed in, and not since"
    );
}

#[tokio::test]
async fn a_code_is_good_once_and_for_ten_minutes() {
    let stage = stage().await;
    let typed = code(&stage, "Desk").await;
    let first = stage.browser();
    assert_eq!(
        pair(&first, &typed.to_lowercase()).await.json(),
        json!({ "name": "Desk" })
    );
    let set = first.cookies.lock().unwrap()["frontdesk-kiosk"].clone();
    let again = stage.browser();
    let refused = pair(&again, &typed).await;
    assert_eq!((refused.status, refused.kind().as_str()), (401, "NOT_RECOGNISED"));
    assert!(!holds(&again, "frontdesk-kiosk") && !set.is_empty());
    let old = code(&stage, "Hall").await;
    stage.later(TimeDelta::minutes(10));
    for wrong in [old.as_str(), "00000-00000", "", "no code", "%00"] {
        let answer = pair(&again, wrong).await;
        assert_eq!((answer.status, &answer.text), (401, &refused.text), "{wrong}");
    }
    let soon = code(&stage, "Hall").await;
    stage.later(TimeDelta::seconds(599));
    assert_eq!(
        pair(&again, &soon).await.status,
        200,
        "one that nobody used is made anew"
    );
    assert!(first.get("/kiosk").await.text.contains("Desk"));
}

#[tokio::test]
async fn who_guesses_codes_is_locked_out_and_staff_elsewhere_are_not() {
    let stage = stage_with(|settings| settings.server.trust_forwarded = true).await;
    let typed = code(&stage, "Desk").await;
    let browser = stage.browser();
    let from = async |address: &str, code: &str| {
        let headers = [("origin", browser.origin()), ("x-forwarded-for", address)];
        let body = json!({ "code": code });
        browser.send("POST", "/kiosk/pair", &headers, Some(&body)).await
    };
    for n in 0..30 {
        let answer = from("203.0.113.7", &format!("00000-000{n:02}")).await;
        assert_eq!(answer.status, 401, "{n}");
    }
    let locked = from("203.0.113.7", &typed).await;
    assert_eq!(
        (locked.status, locked.kind().as_str()),
        (429, "TOO_MANY_TRIES"),
        "even the right one"
    );
    assert_eq!(locked.header("retry-after"), "60");
    assert_eq!(from("203.0.113.8", &typed).await.status, 200);
}

#[tokio::test]
async fn the_cookie_of_a_kiosk_lasts_is_sent_from_our_pages_alone_and_holds_no_member() {
    let stage = stage_with(all_on).await;
    let browser = stage.browser();
    let answer = pair(&browser, &code(&stage, "Desk").await).await;
    let cookie = answer.header("set-cookie");
    for part in [
        "frontdesk-kiosk=",
        "HttpOnly",
        "SameSite=Strict",
        "Path=/",
        "Max-Age=34560000",
    ] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    let secure = stage_with(|settings| {
        let set = [(
            "FRONTDESK_PUBLIC_ORIGIN".to_owned(),
            "https://book.iron.example".to_owned(),
        )];
        let source = frontdesk_proxy::config::Source::read(set, None).unwrap();
        settings.server.origins = Settings::read(&source).unwrap().server.origins;
    })
    .await;
    let headers = [("origin", "https://book.iron.example")];
    let body = json!({ "code": code(&secure, "Desk").await });
    let answer = secure
        .browser()
        .send("POST", "/kiosk/pair", &headers, Some(&body))
        .await;
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("__Host-frontdesk-kiosk=") && cookie.contains("; Secure"),
        "{cookie}"
    );
}

#[tokio::test]
async fn what_a_device_had_of_whoever_used_it_before_is_gone_once_it_is_paired() {
    let stage = stage_with(all_on).await;
    let staff = stage.signed_in(NORA).await;
    let before = with_cookies(&stage, &staff, &["frontdesk"]);
    assert!(holds(&staff, "frontdesk-device"));
    assert_eq!(pair(&staff, &code(&stage, "Desk").await).await.status, 200);
    assert!(!holds(&staff, "frontdesk-device") && !holds(&staff, "frontdesk"));
    assert_eq!((name(&staff).await, name(&before).await), (None, None));
}

#[tokio::test]
async fn a_kiosk_that_is_revoked_is_nobody_at_once_with_whoever_is_signed_in_there() {
    let stage = stage_with(all_on).await;
    let (desk, hall) = (paired(&stage, "Desk").await, paired(&stage, "Hall").await);
    for kiosk in [&desk, &hall] {
        assert_eq!(kiosk.post(SESSION, &noras_card()).await.status, 200);
    }
    revoke(&stage, "Desk").await;
    assert_eq!(desk.get(BOOKINGS).await.kind(), "SIGNED_OUT");
    assert_eq!(desk.post(SESSION, &noras_card()).await.status, 404);
    assert!(
        desk.get("/kiosk").await.text.contains("name=\"ten\""),
        "it can be paired anew"
    );
    assert_eq!(hall.get(BOOKINGS).await.status, 200, "the other one goes on");
    let stage = stage.restarted_with(all_on).await;
    let copy = with_cookies(&stage, &desk, &["frontdesk", "frontdesk-kiosk"]);
    assert_eq!(
        (copy.post(SESSION, &noras_card()).await.status, name(&copy).await),
        (404, None)
    );
    let copy = with_cookies(&stage, &hall, &["frontdesk", "frontdesk-kiosk"]);
    assert_eq!(
        name(&copy).await.as_deref(),
        Some("Nora"),
        "a restart unpairs nobody"
    );
}

#[tokio::test]
async fn what_nobody_sealed_for_a_kiosk_here_is_none() {
    let stage = stage_with(all_on).await;
    let kiosk = paired(&stage, "Desk").await;
    let real = kiosk.cookies.lock().unwrap()["frontdesk-kiosk"].clone();
    let member = stage.signed_in(NORA).await;
    let (session, device) = {
        let cookies = member.cookies.lock().unwrap();
        (cookies["frontdesk"].clone(), cookies["frontdesk-device"].clone())
    };
    let elsewhere = stage_with(|settings| settings.session.key = Some([9; 32])).await;
    let of_another_key = paired(&elsewhere, "Desk").await.cookies.lock().unwrap()["frontdesk-kiosk"].clone();
    let mut bent = real.clone();
    let last = bent.pop().unwrap();
    bent.push(if last == 'A' { 'B' } else { 'A' });
    for forged in [
        &session,
        &device,
        &of_another_key,
        &bent,
        &real[..30],
        "{\"k\":\"x\"}",
        "",
    ] {
        let browser = stage.browser();
        put(&browser, "frontdesk-kiosk", forged);
        assert_eq!(browser.post(SESSION, &noras_card()).await.status, 404, "{forged}");
    }
    put(&member, "frontdesk", &real);
    assert_eq!(name(&member).await, None, "nor is a kiosk a member");
}

#[tokio::test]
async fn a_key_is_changed_without_unpairing_a_device_that_is_used_meanwhile() {
    let stage = stage_with(|settings| settings.session.key = Some([1; 32])).await;
    let (used, unused) = (paired(&stage, "Desk").await, paired(&stage, "Hall").await);
    let kiosk = async |stage: &Stage, of: &Browser| {
        let browser = with_cookies(stage, of, &["frontdesk-kiosk"]);
        let page = browser.get("/kiosk").await;
        let mut cookies = of.cookies.lock().unwrap();
        cookies.extend(browser.cookies.lock().unwrap().clone());
        !page.text.contains("name=\"ten\"")
    };
    let stage = stage
        .restarted_with(|settings| {
            settings.session.key = Some([2; 32]);
            settings.session.older_keys = vec![[1; 32]];
        })
        .await;
    assert!(kiosk(&stage, &used).await);
    let stage = stage
        .restarted_with(|settings| settings.session.key = Some([2; 32]))
        .await;
    assert!(kiosk(&stage, &used).await && !kiosk(&stage, &unused).await);
}

#[tokio::test]
async fn each_medium_signs_its_member_in_and_shows_a_first_name_and_no_more() {
    let stage = stage_with(all_on).await;
    let kiosk = paired(&stage, "Desk").await;
    for (given, who) in [
        (noras_card(), "Nora"),
        (card(" 5200000005\r\n"), "Olga"),
        (barcode("SB1200000001"), "Nora"),
        (pin("M-1001", "7919"), "Nora"),
        (pin(" m-1005 ", "9595"), "Olga"),
        // A former member, and one who is none yet: they can have something to cancel.
        (card("5200000007"), "Frieda"),
        (pin("M-1008", "3352"), "Priya"),
    ] {
        let answer = kiosk.post(SESSION, &given).await;
        assert_eq!(
            answer.json(),
            json!({ "signedIn": true, "firstName": who }),
            "{given}"
        );
        assert_eq!(name(&kiosk).await.as_deref(), Some(who));
        assert_eq!(kiosk.get(BOOKINGS).await.status, 200);
    }
}

#[tokio::test]
async fn a_card_is_looked_up_as_the_studios_readers_write_it() {
    let stage = stage_with(|settings| {
        all_on(settings);
        settings.kiosk.card_format = Some(CardNumberFormat::HexLsb);
    })
    .await;
    let kiosk = paired(&stage, "Desk").await;
    assert_eq!(
        kiosk.post(SESSION, &card("01B4F13501")).await.json()["firstName"],
        "Nora"
    );
    assert_eq!(kiosk.post(SESSION, &noras_card()).await.status, 401);
}

#[tokio::test]
async fn whatever_was_wrong_the_answer_is_the_same() {
    let stage = stage_with(all_on).await;
    let mut seen: Option<Answer> = None;
    for (at, wrong) in [
        card("5200000099"),
        card("not a card"),
        card(""),
        card("52000000"),
        barcode("SB1200000099"),
        barcode("%"),
        pin("M-1001", "0000"),
        pin("M-1001", "9595"),
        pin("M-9999", "7919"),
        pin("", "7919"),
        pin("M-1001", ""),
        pin("M-100", "7919"),
    ]
    .into_iter()
    .enumerate()
    {
        // A kiosk each: what is looked at is the answer, not the lock.
        let kiosk = paired(&stage, &format!("Desk {at}")).await;
        let mut answer = kiosk.post(SESSION, &wrong).await;
        assert_eq!(
            (answer.status, answer.kind().as_str()),
            (401, "NOT_RECOGNISED"),
            "{wrong}"
        );
        for drawn_anew in ["date", "x-request-id"] {
            answer.headers.remove(drawn_anew);
        }
        let first = seen.get_or_insert(Answer {
            text: answer.text.clone(),
            headers: answer.headers.clone(),
            status: 401,
        });
        assert_eq!(
            (&answer.text, &answer.headers),
            (&first.text, &first.headers),
            "{wrong}"
        );
        assert_eq!(name(&kiosk).await, None);
    }
}

#[tokio::test]
async fn a_wrong_answer_waits_for_its_time_whether_anybody_was_asked_or_not() {
    let stage = stage_with(|settings| {
        all_on(settings);
        settings.session.brakes.answer_no_sooner_than = std::time::Duration::from_secs(3600);
    })
    .await;
    let (desk, hall) = (paired(&stage, "Desk").await, paired(&stage, "Hall").await);
    let (unknown, none, other) = (card("5200000099"), card(""), pin("M-1001", "9595"));
    let wrong = [&unknown, &none, &other].map(|given| Box::pin(desk.post(SESSION, given)));
    let right = async {
        for _ in 0..5 {
            assert_eq!(hall.post(SESSION, &noras_card()).await.status, 200);
        }
    };
    tokio::select! {
        (answer, ..) = futures_util::future::select_all(wrong) => panic!("too soon: {answer:?}"),
        () = right => {}
    }
}

#[tokio::test]
async fn a_pin_that_several_have_or_a_customer_without_a_number_signs_nobody_in() {
    let upstream = Scripted::new();
    let stage = in_front_of_with(upstream.router(), all_on).await;
    let kiosk = paired(&stage, "Desk").await;
    let by = "GET /v1/customers/by";
    for (status, said) in [
        (200, json!({ "id": 7, "firstName": "Ada" })),
        (
            200,
            json!({ "id": 7, "firstName": "Ada", "customerNumber": null }),
        ),
        (
            200,
            json!({ "id": 7, "firstName": "Ada", "customerNumber": "A-12" }),
        ),
        (
            400,
            json!({ "errorMessage": "no PIN of ours", "traceId": "trace-1" }),
        ),
        (
            409,
            json!({ "errorMessage": "more than one", "traceId": "trace-2" }),
        ),
    ] {
        upstream.says(by, status, said.clone());
        let answer = kiosk.post(SESSION, &pin("A-1", "0815")).await;
        assert_eq!(
            (answer.status, answer.kind().as_str()),
            (401, "NOT_RECOGNISED"),
            "{said}"
        );
    }
    let locked = kiosk.post(SESSION, &pin("A-1", "0815")).await;
    assert_eq!(locked.status, 429, "each of them was a guess");
}

#[tokio::test]
async fn it_is_off_until_it_is_switched_on_each_by_itself() {
    let stage = stage().await;
    let kiosk = paired(&stage, "Desk").await;
    let all = || [noras_card(), barcode("SB1200000001"), pin("M-1001", "7919")];
    for right in all() {
        let answer = kiosk.post(SESSION, &right).await;
        assert_eq!(
            (answer.status, answer.kind().as_str()),
            (400, "BAD_REQUEST"),
            "{right}"
        );
    }
    for on in 0..3 {
        let stage = stage_with(|settings| {
            let media = &mut settings.identity.at_kiosks;
            (media.card, media.barcode, media.pin) = (on == 0, on == 1, on == 2);
        })
        .await;
        let kiosk = paired(&stage, "Desk").await;
        for (at, right) in all().into_iter().enumerate() {
            let status = kiosk.post(SESSION, &right).await.status;
            assert_eq!(status == 200, at == on, "{right}");
        }
    }
}

#[tokio::test]
async fn a_kiosk_is_locked_by_itself_and_a_right_card_between_opens_nothing() {
    let stage = stage_with(all_on).await;
    let (desk, hall) = (paired(&stage, "Desk").await, paired(&stage, "Hall").await);
    for n in 0..10 {
        assert_eq!(
            desk.post(SESSION, &card(&format!("52000001{n:02}"))).await.status,
            401,
            "{n}"
        );
        if n < 9 {
            assert_eq!(desk.post(SESSION, &noras_card()).await.status, 200, "{n}");
        }
    }
    let locked = desk.post(SESSION, &noras_card()).await;
    assert_eq!((locked.status, locked.kind().as_str()), (429, "TOO_MANY_TRIES"));
    assert_eq!(locked.header("retry-after"), "300");
    assert_eq!(
        desk.post(SESSION, &pin("M-1001", "7919")).await.status,
        200,
        "by another medium"
    );
    assert_eq!(
        hall.post(SESSION, &noras_card()).await.status,
        200,
        "at another kiosk"
    );
    assert_eq!(stage.browser().sign_in(NORA).await.status, 200, "on a phone");
    stage.later(TimeDelta::minutes(5));
    assert_eq!(
        desk.post(SESSION, &noras_card()).await.status,
        200,
        "it opens by itself"
    );
}

#[tokio::test]
async fn a_pin_is_guessed_at_five_times_at_a_kiosk_ten_times_at_all_and_then_once_an_hour() {
    let stage = stage_with(all_on).await;
    let kiosks = [
        paired(&stage, "A").await,
        paired(&stage, "B").await,
        paired(&stage, "C").await,
    ];
    for number in ["M-1001", "M-9999"] {
        for kiosk in &kiosks[..2] {
            for _ in 0..5 {
                assert_eq!(kiosk.post(SESSION, &pin(number, "0000")).await.status, 401);
            }
            let locked = kiosk.post(SESSION, &pin(number, "7919")).await;
            assert_eq!(
                (locked.status, locked.header("retry-after")),
                (429, "3600"),
                "{number}"
            );
            stage.later(TimeDelta::minutes(10));
        }
    }
    let elsewhere = kiosks[2].post(SESSION, &pin("M-1001", "7919")).await;
    assert_eq!(elsewhere.status, 429, "the right one too");
    assert_eq!(
        kiosks[2].post(SESSION, &noras_card()).await.status,
        200,
        "with the card"
    );
    assert_eq!(
        kiosks[2].post(SESSION, &pin("M-1005", "9595")).await.status,
        200,
        "others"
    );
    stage.later(TimeDelta::hours(1));
    assert_eq!(kiosks[0].post(SESSION, &pin("M-1001", "7919")).await.status, 200);
}

#[tokio::test]
async fn an_upstream_that_fails_is_no_wrong_card_and_still_ends_who_was_there() {
    let stage = stage_with(all_on).await;
    let kiosk = paired(&stage, "Desk").await;
    kiosk.post(SESSION, &card("5200000005")).await;
    stage.quirk(OperationName::FindCustomer, |quirk| quirk.status = Some(500));
    for _ in 0..9 {
        assert_eq!(kiosk.post(SESSION, &noras_card()).await.kind(), "UPSTREAM_DOWN");
    }
    assert_eq!(name(&kiosk).await, None);
    stage.no_quirks();
    for n in 0..9 {
        assert_eq!(
            kiosk.post(SESSION, &card(&format!("520000010{n}"))).await.status,
            401
        );
    }
    assert_eq!(kiosk.post(SESSION, &noras_card()).await.status, 200);
}

#[tokio::test]
async fn a_session_at_a_kiosk_is_short_however_it_is_used_and_leaves_no_known_device() {
    let stage = stage_with(|settings| {
        all_on(settings);
        settings.session.idle = TimeDelta::hours(1);
    })
    .await;
    let kiosk = paired(&stage, "Desk").await;
    for by_card in [true, false] {
        let answer = if by_card {
            kiosk.post(SESSION, &noras_card()).await
        } else {
            kiosk.sign_in(NORA).await
        };
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert!(
            answer.header("set-cookie").contains("Max-Age=600"),
            "{:?}",
            answer.headers
        );
        for _ in 0..9 {
            stage.later(TimeDelta::minutes(1));
            let used = kiosk.get(BOOKINGS).await;
            assert_eq!(
                (used.status, used.header("set-cookie")),
                (200, ""),
                "by card: {by_card}"
            );
        }
        stage.later(TimeDelta::minutes(1));
        assert_eq!(kiosk.get(BOOKINGS).await.kind(), "SIGNED_OUT");
        assert!(!holds(&kiosk, "frontdesk-device"));
    }
}

#[tokio::test]
async fn whoever_comes_from_the_gyms_site_has_a_kiosks_session_at_a_kiosk() {
    let stage = stage_with(|settings| settings.identity.hand_off = Some(hand_off::by_secret())).await;
    let kiosk = paired(&stage, "Desk").await;
    let token = hand_off::token(&stage, "1200000001");
    kiosk.get(&format!("/sign-in/hand-off?token={token}")).await;
    assert_eq!(kiosk.get("/sign-in/hand-off/on").await.status, 303);
    assert_eq!(name(&kiosk).await.as_deref(), Some("Nora"));
    let elsewhere = with_cookies(&stage, &kiosk, &["frontdesk"]);
    assert_eq!(name(&elsewhere).await, None);
    stage.later(TimeDelta::minutes(10));
    assert_eq!(name(&kiosk).await, None);
}

#[tokio::test]
async fn a_session_at_a_kiosk_is_nobody_on_any_other_device() {
    let stage = stage_with(all_on).await;
    let (desk, hall) = (paired(&stage, "Desk").await, paired(&stage, "Hall").await);
    desk.post(SESSION, &noras_card()).await;
    let taken = with_cookies(&stage, &desk, &["frontdesk"]);
    assert_eq!(taken.get(BOOKINGS).await.kind(), "SIGNED_OUT");
    let session = desk.cookies.lock().unwrap()["frontdesk"].clone();
    put(&hall, "frontdesk", &session);
    assert_eq!(hall.get(BOOKINGS).await.kind(), "SIGNED_OUT");
    assert_eq!(name(&desk).await.as_deref(), Some("Nora"));
}

#[tokio::test]
async fn whoever_comes_next_ends_the_session_that_was_there_right_or_wrong() {
    let stage = stage_with(all_on).await;
    let kiosk = paired(&stage, "Desk").await;
    let both = ["frontdesk", "frontdesk-kiosk"];
    for (next, status) in [(card("5200000005"), 200), (card("5200000099"), 401)] {
        kiosk.post(SESSION, &noras_card()).await;
        let noras = with_cookies(&stage, &kiosk, &both);
        assert_eq!(name(&noras).await.as_deref(), Some("Nora"));
        assert_eq!(kiosk.post(SESSION, &next).await.status, status);
        assert_eq!(name(&noras).await, None, "in the store, not only on the device");
        assert_eq!(holds(&kiosk, "frontdesk"), status == 200);
    }
    kiosk.post(SESSION, &noras_card()).await;
    let noras = with_cookies(&stage, &kiosk, &both);
    assert_eq!(kiosk.sign_in(OLGA).await.status, 200);
    assert_eq!(
        (name(&noras).await, name(&kiosk).await.as_deref()),
        (None, Some("Olga"))
    );
    let elsewhere = [("origin", "https://evil.example")];
    let forced = kiosk.send("POST", SESSION, &elsewhere, Some(&noras_card())).await;
    assert_eq!(
        (forced.status, name(&kiosk).await.as_deref()),
        (403, Some("Olga"))
    );
}

#[tokio::test]
async fn the_page_pairs_by_hand_and_then_says_what_the_device_is() {
    let stage = stage().await;
    let browser = stage.browser();
    let page = browser.get("/kiosk").await;
    assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
    assert!(page.text.contains("name=\"ten\"") && page.text.contains("action=\"/kiosk\""));
    assert!(!page.text.contains("<script"), "it needs none");
    let typed = code(&stage, "Desk <1>").await;
    let short = browser.fill("/kiosk", "ten=abc").await;
    assert!(short.status == 422 && short.text.contains("Enter all ten characters."));
    let wrong = browser.fill("/kiosk", "ten=00000-00000").await;
    assert!(wrong.status == 401 && wrong.text.contains("These characters pair nothing."));
    assert!(!wrong.text.contains("00000-00000"));
    let elsewhere = [("origin", "https://evil.example")];
    let form = format!("ten={typed}");
    assert_eq!(browser.send_form("/kiosk", &elsewhere, &form).await.status, 403);
    let done = browser.fill("/kiosk", &form).await;
    assert_eq!(
        (done.status, done.header("location")),
        (303, "/"),
        "to the start screen"
    );
    let page = browser.get("/kiosk").await.text;
    assert!(
        page.contains("Desk &lt;1&gt;") && !page.contains("name=\"ten\""),
        "{page}"
    );
    put(&browser, "lang", "de");
    assert!(
        browser
            .get("/kiosk")
            .await
            .text
            .contains("Dieses Gerät ist gekoppelt")
    );
    let language = browser.get("/language/en?next=/kiosk").await;
    assert_eq!(language.header("location"), "/kiosk");
}

/// The command, as staff give it beside a proxy that runs.
fn command(stage: &Stage, args: &[&str]) -> (bool, String) {
    let folder = stage.folder.path();
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_frontdesk-proxy"))
        .env_clear()
        .env("FRONTDESK_DATA", folder.join("data"))
        .env("FRONTDESK_DIST", folder.join("dist"))
        .arg("kiosk")
        .args(args)
        .output()
        .unwrap();
    let said = [done.stdout, done.stderr].concat();
    (done.status.success(), String::from_utf8(said).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_make_codes_list_and_revoke_beside_a_proxy_that_runs() {
    let stage = stage_with(all_on).await;
    // The command's is the machine's.
    stage.clock.set(chrono::Utc::now());
    let (done, said) = command(&stage, &["pair", "Desk", " Second floor "]);
    assert!(done && said.lines().count() == 2, "{said}");
    let codes: Vec<&str> = said
        .lines()
        .map(|line| line.split("  ").next().unwrap())
        .collect();
    let kiosk = stage.browser();
    assert_eq!(
        pair(&kiosk, codes[1]).await.json(),
        json!({ "name": "Second floor" })
    );
    let (_, list) = command(&stage, &["list"]);
    assert!(
        list.contains("Desk: waits for its device until") && list.contains("Second floor: paired"),
        "{list}"
    );
    assert!(!list.contains(codes[0]), "a code is said once");
    assert!(!list.contains("last seen"), "{list}");
    kiosk.get("/kiosk/free").await;
    let seen = format!("last seen {}", stage.clock.now().format("%Y-%m-%d %H:%M UTC"));
    assert!(command(&stage, &["list"]).1.contains(&seen));
    let (done, said) = command(&stage, &["pair", "Second floor"]);
    assert!(!done && said.contains("already"), "{said}");
    let (done, said) = command(&stage, &["pair", "a\nb"]);
    assert!(!done && said.contains("1 to 40 characters"), "{said}");
    assert!(command(&stage, &["revoke", "Second floor"]).0);
    assert_eq!(kiosk.post(SESSION, &noras_card()).await.status, 404);
    let (done, said) = command(&stage, &["revoke", "Second floor"]);
    assert!(
        !done && said.contains("there is no kiosk called \"Second floor\""),
        "{said}"
    );
    assert!(command(&stage, &["list"]).1.contains("Second floor: revoked"));
    assert!(
        command(&stage, &["pair", "Second floor"]).0,
        "the name is free again"
    );
}

#[tokio::test]
async fn the_command_makes_no_database_where_no_proxy_works() {
    let stage = stage().await;
    let nowhere = tempfile::tempdir().unwrap();
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_frontdesk-proxy"))
        .env_clear()
        .env("FRONTDESK_DATA", nowhere.path().join("data"))
        .env("FRONTDESK_DIST", stage.folder.path().join("dist"))
        .args(["kiosk", "pair", "Desk"])
        .output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(
        !done.status.success() && said.contains("start the proxy first"),
        "{said}"
    );
    assert!(!nowhere.path().join("data").exists());
}
