//! Signing in by e-mail, with a mail server that is one.

use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use demo_studio::OperationName;
use frontdesk_proxy::config::{MailTls, Server, Settings, Source};

use crate::mail_server::{MailServer, Received};
use crate::support::*;

const NORA_AT: &str = "nora@example.org";

async fn with_mail() -> (Stage, MailServer) {
    with_mail_over(MailTls::Wrapped, |_| {}).await
}

async fn with_mail_over(tls: MailTls, change: impl FnOnce(&mut Settings)) -> (Stage, MailServer) {
    let certificates = tempfile::tempdir().unwrap();
    let (server, mail) = MailServer::start(tls, certificates.path()).await;
    let stage = stage_with(|settings| {
        settings.mail = Some(mail);
        settings.identity.by_email = true;
        settings.studio.contact.name = Some("Iron Studio".into());
        change(settings);
    })
    .await;
    (stage, server)
}

fn origins(origin: &str) -> Server {
    let env = [("FRONTDESK_PUBLIC_ORIGIN".to_owned(), origin.to_owned())];
    Settings::read(&Source::read(env, None).unwrap()).unwrap().server
}

/// Asks for an e-mail, as the form does.
async fn ask(browser: &Browser, email: &str) -> Answer {
    let email = email.replace('+', "%2B").replace('@', "%40");
    browser
        .fill("/sign-in/email?next=%2Fbookings", &format!("email={email}"))
        .await
}

async fn enter(browser: &Browser, digits: &str) -> Answer {
    browser
        .fill(
            "/sign-in/email/code?next=%2Fbookings",
            &format!("digits={digits}"),
        )
        .await
}

fn others_than(digits: &str) -> String {
    format!("{:06}", (digits.parse::<u32>().unwrap() + 1) % 1_000_000)
}

async fn name(browser: &Browser) -> String {
    browser.get("/session").await.json()["firstName"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test]
async fn six_digits_sign_in_whoever_reads_the_e_mail_once_and_lead_on() {
    for tls in [MailTls::Wrapped, MailTls::Required, MailTls::Plain] {
        let (stage, mut server) = with_mail_over(tls, |_| {}).await;
        let browser = stage.browser();
        assert_eq!(browser.get("/sign-in/email?next=%2Fbookings").await.status, 200);
        let asked = ask(&browser, "  NORA@Example.org ").await;
        assert_eq!(
            (asked.status, asked.header("location")),
            (303, "/sign-in/email/code?next=%2Fbookings")
        );
        let mail = server.next().await;
        assert_eq!(mail.to, [NORA_AT], "the stored address, and not as it was typed");
        assert!(
            mail.logged_in && mail.over_tls == (tls != MailTls::Plain),
            "{mail:?}"
        );
        assert!(
            mail.text.contains("Iron Studio") && !mail.text.contains("/sign-in/link/"),
            "no address of ours is set"
        );
        let page = browser.get("/sign-in/email/code?next=%2Fbookings").await;
        for part in ["one-time-code", "inputmode=\"numeric\"", "NORA@Example.org"] {
            assert!(page.text.contains(part), "{part}: {}", page.text);
        }
        let digits = mail.digits();
        let done = enter(&browser, &format!("+{}+{}", &digits[..3], &digits[3..])).await;
        assert_eq!(
            (done.status, done.header("location")),
            (303, "/bookings"),
            "{}",
            done.text
        );
        assert_eq!(name(&browser).await, "Nora");
        let again = stage.browser();
        assert_eq!(ask(&again, NORA_AT).await.status, 303);
        server.next().await;
        assert_ne!(
            enter(&again, &digits).await.status,
            303,
            "of an e-mail that was used"
        );
    }
}

#[tokio::test]
async fn an_address_that_nobody_has_is_answered_like_one_that_somebody_has_and_gets_no_e_mail() {
    let (stage, mut server) = with_mail().await;
    let answers = |email: &'static str| {
        let browser = stage.browser();
        async move {
            let asked = ask(&browser, email).await;
            let page = browser.get("/sign-in/email/code").await;
            let wrong = enter(&browser, "000000").await;
            (
                asked.status,
                asked.headers.keys().cloned().collect::<Vec<_>>(),
                page.text.replace(email, "?"),
                wrong.status,
                wrong.text.replace(email, "?"),
            )
        }
    };
    let unknown = answers("nobody@example.org").await;
    let prefix = answers("nora@example.or").await;
    let known = answers(NORA_AT).await;
    assert!(unknown == known && prefix == known);
    assert_eq!(server.next().await.to, [NORA_AT]);
    assert!(server.is_empty());
}

#[tokio::test]
async fn the_answer_does_not_wait_for_the_studio_or_for_the_mail() {
    let (stage, mut server) = with_mail().await;
    // The search does not answer until it is let: the page is there all the same.
    stage.quirk(OperationName::SearchCustomers, |quirk| quirk.status = Some(500));
    let browser = stage.browser();
    assert_eq!(ask(&browser, NORA_AT).await.status, 303);
    assert_eq!(ask(&browser, "nobody@example.org").await.status, 303);
    stage.no_quirks();
    assert_eq!(ask(&browser, NORA_AT).await.status, 303);
    assert_eq!(server.next().await.to, [NORA_AT]);
}

#[tokio::test]
async fn five_wrong_tries_end_it_whichever_process_counts_and_even_the_right_digits_come_too_late() {
    let (stage, mut server) = with_mail().await;
    let browser = stage.browser();
    ask(&browser, NORA_AT).await;
    let digits = server.next().await.digits();
    let wrong = others_than(&digits);
    for left in [4, 3, 2, 1] {
        let answer = enter(&browser, &wrong).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains(&format!("{left} tr")), "{}", answer.text);
    }
    let odd = enter(&browser, "12x").await;
    assert!(
        odd.status == 422 && odd.text.contains("value=\"12x\""),
        "it costs no try: {}",
        odd.text
    );
    assert_eq!(enter(&browser, &wrong).await.status, 429);
    assert_eq!(enter(&browser, &digits).await.status, 429);
    assert_eq!(name(&browser).await, "");
}

#[tokio::test]
async fn at_once_no_more_than_five_tries_are_taken() {
    let (stage, mut server) = with_mail().await;
    let browser = stage.browser();
    ask(&browser, NORA_AT).await;
    let wrong = others_than(&server.next().await.digits());
    let tries = (0..20).map(|_| enter(&browser, &wrong));
    let answers = futures_util::future::join_all(tries).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 422).count(), 4);
}

#[tokio::test]
async fn after_ten_minutes_digits_and_step_are_over() {
    let (stage, mut server) = with_mail().await;
    let browser = stage.browser();
    ask(&browser, NORA_AT).await;
    let digits = server.next().await.digits();
    stage.later(TimeDelta::minutes(10));
    let late = enter(&browser, &digits).await;
    assert_eq!(
        (late.status, late.header("location")),
        (303, "/sign-in/email?next=%2Fbookings")
    );
    assert_eq!(name(&browser).await, "");
}

#[tokio::test]
async fn who_shares_an_address_says_who_they_are_and_can_be_nobody_else() {
    let (stage, mut server) = with_mail().await;
    let browser = stage.browser();
    ask(&browser, "familie.brandt@example.org").await;
    let digits = server.next().await.digits();
    assert!(server.is_empty(), "one e-mail for one address");
    let right = enter(&browser, &digits).await;
    assert_eq!(right.header("location"), "/sign-in/email/choose?next=%2Fbookings");
    assert_eq!(name(&browser).await, "", "not yet");
    let page = browser.get("/sign-in/email/choose?next=%2Fbookings").await;
    assert!(
        page.text.contains("Clara") && page.text.contains("Ben"),
        "{}",
        page.text
    );
    assert!(
        !page.text.contains("Brandt<") && !page.text.contains("1200000"),
        "{}",
        page.text
    );
    for odd in ["who=2", "who=-1", "who=1200000001", "customerId=1200000001", ""] {
        let answer = browser.fill("/sign-in/email/choose", odd).await;
        assert_eq!((answer.status, answer.header("set-cookie")), (303, ""), "{odd}");
    }
    let kept = browser.cookies.lock().unwrap().clone();
    let done = browser
        .fill("/sign-in/email/choose?next=%2Fbookings", "who=1")
        .await;
    assert_eq!((done.status, done.header("location")), (303, "/bookings"));
    assert_eq!(name(&browser).await, "Ben");
    let copy = stage.browser();
    *copy.cookies.lock().unwrap() = kept;
    copy.fill("/sign-in/email/choose", "who=0").await;
    assert_eq!(
        name(&copy).await,
        "",
        "a copy of the step is good for nothing more"
    );
}

#[tokio::test]
async fn a_former_member_can_sign_in_to_cancel() {
    let (stage, mut server) = with_mail().await;
    let browser = stage.browser();
    ask(&browser, "frieda@example.org").await;
    assert_eq!(enter(&browser, &server.next().await.digits()).await.status, 303);
    assert_eq!(name(&browser).await, "Frieda");
}

#[tokio::test]
async fn the_link_leads_to_a_button_that_signs_in_once_and_uses_up_the_digits() {
    let origin = "https://book.iron.example";
    let (stage, mut server) = with_mail_over(MailTls::Wrapped, |settings| {
        settings.server.origins = origins(origin).origins;
    })
    .await;
    let asked_on = stage.browser();
    let form = "email=nora%40example.org";
    let headers = [("origin", origin), ("host", "evil.example")];
    assert_eq!(
        asked_on
            .send_form("/sign-in/email?next=%2Fbookings", &headers, form)
            .await
            .status,
        303
    );
    let mail: Received = server.next().await;
    assert!(
        mail.text.contains(&format!("{origin}/sign-in/link/")),
        "{}",
        mail.text
    );
    assert!(!mail.text.contains("evil.example"));
    let (phone, link) = (stage.browser(), mail.link());
    for _ in 0..2 {
        let page = phone.get(&link).await;
        assert_eq!(
            (page.status, page.header("set-cookie")),
            (200, ""),
            "looking does nothing"
        );
        assert!(page.text.contains("<button"));
    }
    let elsewhere = phone
        .send_form(&link, &[("origin", "https://evil.example")], "")
        .await;
    assert_eq!(elsewhere.status, 403);
    let done = phone.send_form(&link, &[("origin", origin)], "").await;
    assert_eq!(
        (done.status, done.header("location")),
        (303, "/bookings"),
        "{}",
        done.text
    );
    assert_eq!(name(&phone).await, "Nora");
    let other = stage.browser();
    assert_eq!(
        other.send_form(&link, &[("origin", origin)], "").await.status,
        410
    );
    let digits = format!("digits={}", mail.digits());
    let late = asked_on
        .send_form("/sign-in/email/code", &[("origin", origin)], &digits)
        .await;
    assert_eq!(late.status, 410, "both are of one e-mail");
    for bent in [
        "/sign-in/link/x",
        &format!("{}A", &link[..link.len() - 1]),
        "/sign-in/link/%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC",
    ] {
        assert_eq!(
            other.send_form(bent, &[("origin", origin)], "").await.status,
            410,
            "{bent}"
        );
    }
    // One that was cut off on its way is said to be none before anybody presses anything.
    let whole = other.get(&link).await;
    assert!(
        whole.status == 200 && whole.text.contains("<button"),
        "{}",
        whole.text
    );
    for cut_off in ["/sign-in/link/x", &link[..link.len() - 1]] {
        let page = other.get(cut_off).await;
        assert_eq!(page.status, 410, "{cut_off}");
        assert!(
            !page.text.contains("type=\"submit\"") && page.text.contains("/sign-in/email"),
            "{}",
            page.text
        );
    }
    let no_text = other.get("/sign-in/link/%FF").await;
    assert_eq!((no_text.status, no_text.kind().as_str()), (404, "NOT_FOUND"));
}

#[tokio::test]
async fn an_upstream_that_fails_at_the_last_step_costs_a_try_and_not_the_e_mail() {
    let (stage, mut server) = with_mail().await;
    let browser = stage.browser();
    ask(&browser, NORA_AT).await;
    let digits = server.next().await.digits();
    stage.quirk(OperationName::SearchCustomers, |quirk| quirk.status = Some(503));
    assert_eq!(enter(&browser, &digits).await.status, 503);
    stage.no_quirks();
    assert_eq!(enter(&browser, &digits).await.status, 303);
}

#[tokio::test]
async fn a_server_that_is_busy_is_asked_once_more_and_whom_it_does_not_know_is_not_told() {
    let (stage, mut server) = with_mail().await;
    let browser = stage.browser();
    server.refuse(1, 451);
    ask(&browser, NORA_AT).await;
    assert_eq!(server.next().await.to, [NORA_AT]);
    assert_eq!(server.connections.load(Ordering::SeqCst), 2);
    server.refuse(1, 550);
    ask(&browser, NORA_AT).await;
    ask(&browser, "olga@example.org").await;
    server.next().await;
    let page = browser.get("/sign-in/email/code").await;
    assert!(!page.text.contains("may not arrive"), "{}", page.text);
}

#[tokio::test]
async fn a_server_with_another_certificate_is_told_nothing_and_everybody_reads_that_mail_is_late() {
    let (stage, mut server) = with_mail_over(MailTls::Wrapped, |settings| {
        settings.mail.as_mut().unwrap().authority = None;
    })
    .await;
    let browser = stage.browser();
    ask(&browser, NORA_AT).await;
    let says_so = async {
        loop {
            ask(&browser, "nobody@example.org").await;
            if browser
                .get("/sign-in/email/code")
                .await
                .text
                .contains("may not arrive")
            {
                return;
            }
            stage.later(TimeDelta::minutes(16));
            tokio::task::yield_now().await;
        }
    };
    let patience = std::time::Duration::from_secs(30);
    tokio::time::timeout(patience, says_so)
        .await
        .expect("it is said, whoever asks");
    assert!(server.is_empty());
}

#[tokio::test]
async fn nobody_can_have_a_mailbox_flooded_and_its_owner_is_not_locked_out() {
    let (stage, mut server) = with_mail().await;
    let stranger = stage.browser();
    for _ in 0..5 {
        assert_eq!(ask(&stranger, NORA_AT).await.status, 303);
    }
    let last = server.next().await;
    let locked = ask(&stranger, " Nora@example.ORG").await;
    assert_eq!(locked.status, 429);
    assert!(
        locked.text.contains("15 minutes") && locked.text.contains("Nora@example.ORG"),
        "{}",
        locked.text
    );
    stage.later(TimeDelta::minutes(15));
    assert_eq!(ask(&stranger, NORA_AT).await.status, 303, "it opens by itself");
    drop(last);
}

#[tokio::test]
async fn what_can_be_no_address_is_said_in_place_with_what_was_typed() {
    let (stage, _server) = with_mail().await;
    let browser = stage.browser();
    for (typed, shown) in [
        ("nora", "nora"),
        ("", ""),
        ("a%0D%0Ab%40c.de", ""),
        ("%3Cb%3E%40c.de", "&lt;b&gt;@c.de"),
    ] {
        let answer = browser
            .fill("/sign-in/email?next=%2Fbookings", &format!("email={typed}"))
            .await;
        assert_eq!(answer.status, 422, "{typed}");
        assert!(
            answer.text.contains("aria-invalid") && answer.text.contains(shown),
            "{}",
            answer.text
        );
    }
}

#[tokio::test]
async fn the_pages_need_no_script_speak_german_and_are_there_only_where_they_are_switched_on() {
    let (stage, _server) = with_mail().await;
    let browser = stage.browser();
    let changed = browser
        .get("/language/de?next=%2Fsign-in%2Femail%3Fnext%3D%252Fbookings")
        .await;
    assert_eq!(changed.header("location"), "/sign-in/email?next=%2Fbookings");
    let page = browser.get("/sign-in/email?next=%2Fbookings").await;
    assert!(
        page.text.contains("<html lang=\"de\">") && page.text.contains("Per E-Mail anmelden"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("<script"));
    assert!(
        page.text.contains("href=\"/sign-in?next=%2Fbookings\""),
        "by number"
    );
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(
        browser
            .get("/")
            .await
            .text
            .contains("\"signIn\":{\"number\":true,\"email\":true}")
    );

    let without = crate::support::stage().await;
    assert_eq!(without.browser().get("/sign-in/email").await.status, 404);
    assert!(without.browser().get("/").await.text.contains("\"email\":false"));
}

#[tokio::test]
async fn where_numbers_are_switched_off_no_number_signs_in() {
    let (stage, _server) =
        with_mail_over(MailTls::Wrapped, |settings| settings.identity.by_number = false).await;
    let browser = stage.browser();
    assert_eq!(browser.sign_in(NORA).await.status, 400);
    browser
        .fill("/sign-in", "number=M-1001&birth-date=1990-04-12")
        .await;
    assert_eq!(name(&browser).await, "");
    assert!(!browser.get("/sign-in/email").await.text.contains("member number"));
}
