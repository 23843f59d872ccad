//! The gym's own site hands a member over.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use frontdesk_proxy::config::{HandOff, Settings, Source};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use crate::support::*;

const SECRET: [u8; 32] = [42; 32];
const GYM: &str = "https://www.iron.example";
const US: &str = "https://book.iron.example";
/// Of the demo's Nora and Olga.
pub(crate) const NORA_ID: &str = "1200000001";
const OLGA_ID: &str = "1200000005";

fn config(key: &str) -> HandOff {
    let env = [
        ("FRONTDESK_HANDOFF_ISSUER", GYM),
        ("FRONTDESK_HANDOFF_AUDIENCE", US),
        ("FRONTDESK_HANDOFF_KEY", key),
    ];
    let env = env.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let settings = Settings::read(&Source::read(env, None).unwrap()).unwrap();
    settings.identity.hand_off.unwrap()
}

/// Believes the gym's tokens by a secret that both know.
pub(crate) fn by_secret() -> HandOff {
    config(&STANDARD.encode(SECRET))
}

/// A token for a customer, good now.
pub(crate) fn token(stage: &Stage, sub: &str) -> String {
    signed(&claims(stage, sub, "a-token-for-another-test"))
}

async fn with_hand_off() -> Stage {
    stage_with(|settings| settings.identity.hand_off = Some(config(&STANDARD.encode(SECRET)))).await
}

pub(crate) fn claims(stage: &Stage, sub: &str, jti: &str) -> Value {
    let now = stage.clock.now().timestamp();
    json!({ "iss": GYM, "aud": US, "sub": sub, "iat": now, "exp": now + 60, "jti": jti })
}

pub(crate) fn signed(claims: &Value) -> String {
    encode(
        &Header::new(Algorithm::HS256),
        claims,
        &EncodingKey::from_secret(&SECRET),
    )
    .unwrap()
}

/// As the gym's page sends it: from another site, and so without cookies.
async fn hand_over(browser: &Browser, token: &str, next: &str) -> Answer {
    let kept = std::mem::take(&mut *browser.cookies.lock().unwrap());
    let form = format!("token={token}&next={next}");
    let answer = browser
        .send_form("/sign-in/hand-off", &[("origin", GYM)], &form)
        .await;
    let mut cookies = browser.cookies.lock().unwrap();
    let new = std::mem::replace(&mut *cookies, kept);
    cookies.extend(new);
    drop(cookies);
    answer
}

async fn name(browser: &Browser) -> String {
    browser.get("/session").await.json()["firstName"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test]
async fn a_token_signs_in_once_and_leads_to_our_own_pages_only() {
    let stage = with_hand_off().await;
    for (at, (next, leads_to)) in [
        ("%2Fbookings", "/bookings"),
        ("https%3A%2F%2Fevil.example", "/"),
        ("%2F%2Fevil.example", "/"),
        ("", "/"),
    ]
    .into_iter()
    .enumerate()
    {
        let browser = stage.browser();
        let token = signed(&claims(&stage, NORA_ID, &format!("number-{at}")));
        let taken = hand_over(&browser, &token, next).await;
        assert_eq!(
            (taken.status, taken.header("location")),
            (303, "/sign-in/hand-off/on"),
            "{}",
            taken.text
        );
        let done = browser.get("/sign-in/hand-off/on").await;
        assert_eq!((done.status, done.header("location")), (303, leads_to));
        assert_eq!(name(&browser).await, "Nora");
        let replayed = stage.browser();
        assert_eq!(hand_over(&replayed, &token, next).await.status, 403);
        let by_link = replayed.get(&format!("/sign-in/hand-off?token={token}")).await;
        assert_eq!((by_link.status, by_link.header("set-cookie")), (403, ""));
    }
    let linked = stage.browser();
    let token = signed(&claims(&stage, NORA_ID, "by-a-link"));
    assert_eq!(
        linked
            .get(&format!("/sign-in/hand-off?token={token}&next=%2Fbookings"))
            .await
            .status,
        303
    );
    assert_eq!(
        linked.get("/sign-in/hand-off/on").await.header("location"),
        "/bookings"
    );
}

#[tokio::test]
async fn what_the_gym_did_not_sign_for_us_just_now_signs_nobody_in() {
    let stage = with_hand_off().await;
    let good = claims(&stage, NORA_ID, "of-a-good-one");
    let now = stage.clock.now().timestamp();
    let mut tokens: Vec<(&str, String)> = Vec::new();
    for (what, field, value) in [
        ("another issuer", "iss", json!("https://evil.example")),
        ("another audience", "aud", json!("https://other.example")),
        ("ended", "exp", json!(now - 31)),
        ("ends too far ahead", "exp", json!(now + 3600)),
        ("never ends", "exp", json!(i64::MAX)),
        ("of tomorrow", "iat", json!(now + 86_400)),
        ("of yesterday", "iat", json!(now - 86_400)),
        ("no id", "jti", Value::Null),
        ("a short id", "jti", json!("1")),
        ("nobody", "sub", json!("0")),
        ("somebody unknown", "sub", json!("999")),
        ("a number", "sub", json!(1_200_000_001)),
    ] {
        let mut bent = good.clone();
        bent[field] = value;
        if bent[field].is_null() {
            bent.as_object_mut().unwrap().remove(field);
        }
        tokens.push((what, signed(&bent)));
    }
    let by_other = EncodingKey::from_secret(&[1; 32]);
    tokens.push((
        "another key",
        encode(&Header::new(Algorithm::HS256), &good, &by_other).unwrap(),
    ));
    let longer = EncodingKey::from_secret(&SECRET);
    tokens.push((
        "another algorithm",
        encode(&Header::new(Algorithm::HS512), &good, &longer).unwrap(),
    ));
    let none = |header: &str| URL_SAFE_NO_PAD.encode(header);
    tokens.push((
        "unsigned",
        format!("{}.{}.", none("{\"alg\":\"none\"}"), none(&good.to_string())),
    ));
    tokens.push(("nothing", String::new()));
    tokens.push(("long", "a".repeat(9000)));
    tokens.push(("very long", "a".repeat(100_000)));
    for (what, token) in tokens {
        let browser = stage.browser();
        let answer = hand_over(&browser, &token, "%2Fbookings").await;
        assert_eq!((answer.status, answer.header("set-cookie")), (403, ""), "{what}");
        browser.get("/sign-in/hand-off/on").await;
        assert_eq!(name(&browser).await, "", "{what}");
    }
}

#[tokio::test]
async fn a_public_key_is_never_taken_for_a_shared_secret() {
    let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
    let public = pair.public_key_pem();
    let stage = stage_with(|settings| settings.identity.hand_off = Some(config(&public))).await;
    let claims = |jti| claims(&stage, NORA_ID, jti);
    let key = EncodingKey::from_ed_pem(pair.serialize_pem().as_bytes()).unwrap();
    let honest = encode(&Header::new(Algorithm::EdDSA), &claims("signed-by-the-gym"), &key).unwrap();
    let forged = EncodingKey::from_secret(public.as_bytes());
    let forged = encode(
        &Header::new(Algorithm::HS256),
        &claims("signed-by-a-forger"),
        &forged,
    )
    .unwrap();
    assert_eq!(hand_over(&stage.browser(), &forged, "").await.status, 403);
    let browser = stage.browser();
    assert_eq!(hand_over(&browser, &honest, "").await.status, 303);
    browser.get("/sign-in/hand-off/on").await;
    assert_eq!(name(&browser).await, "Nora");
}

#[tokio::test]
async fn where_somebody_else_is_signed_in_whoever_sits_there_is_asked() {
    let stage = with_hand_off().await;
    for (answer, stays) in [("stay", "Olga"), ("go-on", "Nora")] {
        let browser = stage.signed_in(OLGA).await;
        let token = signed(&claims(&stage, NORA_ID, &format!("answer-{answer}")));
        hand_over(&browser, &token, "%2Fbookings").await;
        let page = browser.get("/sign-in/hand-off/on").await;
        assert_eq!(page.status, 200);
        assert!(
            page.text.contains("Olga") && page.text.contains("Nora"),
            "{}",
            page.text
        );
        assert!(
            !page.text.contains("href=\"/sign-in?next"),
            "offers no signing in to whoever is signed in: {}",
            page.text
        );
        assert_eq!(name(&browser).await, "Olga", "looking does nothing");
        let elsewhere = [("origin", "https://evil.example")];
        let forced = browser
            .send_form("/sign-in/hand-off/on", &elsewhere, "answer=go-on")
            .await;
        assert_eq!(forced.status, 403);
        let done = browser
            .fill("/sign-in/hand-off/on", &format!("answer={answer}"))
            .await;
        assert_eq!((done.status, done.header("location")), (303, "/bookings"));
        assert_eq!(name(&browser).await, stays);
    }
    let same = stage.signed_in(OLGA).await;
    hand_over(&same, &signed(&claims(&stage, OLGA_ID, "the-same-one")), "").await;
    assert_eq!(
        same.get("/sign-in/hand-off/on").await.status,
        303,
        "nobody to ask"
    );
}

#[tokio::test]
async fn a_replay_is_refused_by_a_proxy_that_was_started_since() {
    let stage = with_hand_off().await;
    let token = signed(&claims(&stage, NORA_ID, "before-a-restart"));
    assert_eq!(hand_over(&stage.browser(), &token, "").await.status, 303);
    let stage = stage
        .restarted_with(|settings| settings.identity.hand_off = Some(config(&STANDARD.encode(SECRET))))
        .await;
    stage.later(TimeDelta::seconds(20));
    assert_eq!(hand_over(&stage.browser(), &token, "").await.status, 403);
}

/// The guide's example in a language.
fn example(language: &str) -> String {
    let guide = include_str!("../../../../docs/hand-off.md");
    let begins = format!("```{language}\n");
    let (_, rest) = guide.split_once(&begins).expect("an example");
    rest.split_once("\n```").unwrap().0.to_owned()
}

/// What the example prints; none where its language is not on this machine.
fn run(program: &str, flag: &str, code: &str, key: (&str, &str)) -> Option<String> {
    let mut command = std::process::Command::new(program);
    command.args([flag, code]).env(key.0, key.1);
    command.envs([
        ("HANDOFF_ISSUER", GYM),
        ("HANDOFF_AUDIENCE", US),
        ("CUSTOMER_ID", NORA_ID),
    ]);
    let output = match command.output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        output => output.unwrap(),
    };
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(String::from_utf8(output.stdout).unwrap().trim().to_owned())
}

/// As the guide makes one; none where there is no openssl on this machine.
fn key_pair() -> Option<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hand-off.pem");
    let file = file.to_str()?;
    let openssl = |args: &[&str]| std::process::Command::new("openssl").args(args).output().ok();
    openssl(&["genpkey", "-algorithm", "ed25519", "-out", file])?;
    let public = openssl(&["pkey", "-in", file, "-pubout"])?;
    Some((
        std::fs::read_to_string(file).unwrap(),
        String::from_utf8(public.stdout).unwrap(),
    ))
}

#[tokio::test]
async fn what_the_guides_examples_make_signs_in() {
    let secret = STANDARD.encode(SECRET);
    let pair = key_pair();
    let (private, public) = pair
        .as_ref()
        .map_or(("", ""), |(private, public)| (private, public));
    let node = || run("node", "-e", &example("js"), ("HANDOFF_PRIVATE_KEY", private));
    let made = [
        (
            run("python3", "-c", &example("python"), ("HANDOFF_SECRET", &secret)),
            secret.as_str(),
        ),
        (pair.as_ref().and_then(|_| node()), public),
        (
            run(
                "php",
                "-r",
                example("php").trim_start_matches("<?php"),
                ("HANDOFF_SECRET", &secret),
            ),
            secret.as_str(),
        ),
    ];
    for (token, key) in made {
        let Some(token) = token else { continue };
        let stage = stage_with(|settings| settings.identity.hand_off = Some(config(key))).await;
        // They are of this machine's time.
        stage.clock.set(chrono::Utc::now());
        let browser = stage.browser();
        assert_eq!(hand_over(&browser, &token, "").await.status, 303, "{token}");
        browser.get("/sign-in/hand-off/on").await;
        assert_eq!(name(&browser).await, "Nora");
    }
}
