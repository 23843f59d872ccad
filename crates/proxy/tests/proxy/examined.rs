//! `frontdesk-proxy check`: what it says of a tenant, and what it leaves alone.

use std::process::Command;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};

use crate::support::*;

/// Runs it as an operator does: whether it ended well, and everything it said.
async fn check(settings: Vec<(&'static str, String)>) -> (bool, String) {
    let folder = folder();
    let run = move || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk-proxy"));
        command.arg("check").env_clear();
        command.env("FRONTDESK_DIST", folder.path().join("dist"));
        command.env("FRONTDESK_DATA", folder.path().join("data"));
        for (name, value) in settings {
            command.env(format!("FRONTDESK_{name}"), value);
        }
        let ended = command.output().unwrap();
        assert!(!folder.path().join("data").exists(), "it opens nothing");
        let said = [ended.stdout, ended.stderr].concat();
        (ended.status.success(), String::from_utf8(said).unwrap())
    };
    let (well, said) = tokio::task::spawn_blocking(run).await.unwrap();
    assert!(!said.contains(KEY), "{said}");
    (well, said)
}

/// A studio that answers one path with a status, and refuses whatever would change something.
async fn tenant(path: &'static str, status: StatusCode) -> String {
    let studio = demo_studio::Studio::open(demo_studio::Settings {
        key: KEY.into(),
        ..Default::default()
    });
    let answer = move |request: Request, next: Next| async move {
        let asked = request.uri().path().to_owned();
        assert!(
            !asked.ends_with("/book") && request.method() != "DELETE",
            "nothing is booked or cancelled"
        );
        if !path.is_empty() && asked.contains(path) && request.method() != "HEAD" {
            return status.into_response();
        }
        let answer: Response = next.run(request).await;
        answer
    };
    let router: Router = studio.await.unwrap().router().layer(from_fn(answer));
    format!("http://{}", listen(router).await)
}

fn of(url: String) -> Vec<(&'static str, String)> {
    vec![("UPSTREAM_URL", url), ("API_KEY", KEY.into())]
}

#[tokio::test]
async fn a_tenant_that_has_everything_is_said_to_have_it() {
    let (well, said) = check(of(tenant("", StatusCode::OK).await)).await;
    assert!(well, "{said}");
    for says in [
        "takes the key",
        "BOOKABLE_APPOINTMENTS_READ",
        "APPOINTMENTS_READ",
        "CUSTOMER_READ",
        "the built app is there",
    ] {
        assert!(
            said.lines()
                .any(|line| line.starts_with("ok ") && line.contains(says)),
            "{says}: {said}"
        );
    }
    let write = said
        .lines()
        .find(|line| line.contains("APPOINTMENTS_WRITE"))
        .unwrap();
    assert!(write.starts_with("not tried"), "{write}");
}

#[tokio::test]
async fn what_is_missing_is_named_with_what_it_means() {
    for (path, says) in [
        (
            "/appointments/bookable",
            "BOOKABLE_APPOINTMENTS_READ: the key lacks it (status 403), and nobody sees what can be booked",
        ),
        (
            "/appointments/booking/",
            "APPOINTMENTS_READ: the key lacks it (status 403), and nobody sees their bookings",
        ),
        (
            "/customers/",
            "CUSTOMER_READ: the key lacks it (status 403), and nobody can sign in",
        ),
    ] {
        let (well, said) = check(of(tenant(path, StatusCode::FORBIDDEN).await)).await;
        let missing: Vec<_> = said.lines().filter(|line| line.starts_with("MISSING")).collect();
        assert!(!well && missing.len() == 1 && missing[0].contains(says), "{said}");
    }
    let (well, said) = check(of(tenant("/customers/", StatusCode::SERVICE_UNAVAILABLE).await)).await;
    assert!(!well && said.contains("UNKNOWN   CUSTOMER_READ"), "{said}");
}

#[tokio::test]
async fn a_wrong_key_a_wrong_host_and_a_wrong_setting_are_said_in_one_line() {
    let url = tenant("", StatusCode::OK).await;
    let wrong = vec![("UPSTREAM_URL", url), ("API_KEY", "planted-key-wrong".into())];
    let (well, said) = check(wrong).await;
    assert!(
        !well && said.contains("MISSING   FRONTDESK_API_KEY: 127.0.0.1 refuses the key"),
        "{said}"
    );
    assert!(
        !said.contains("planted") && !said.contains("CUSTOMER_READ"),
        "{said}"
    );
    let (well, said) = check(of("https://studio.invalid".into())).await;
    assert!(
        !well && said.contains("there is no host studio.invalid"),
        "{said}"
    );
    let (well, said) = check(vec![("ZONE", "Mars".into()), ("SESION_HOURS", "7".into())]).await;
    assert!(!well && said.contains("FRONTDESK_ZONE is \"Mars\""), "{said}");
    let (well, said) = check(vec![("SESION_HOURS", "7".into())]).await;
    assert!(
        well && said.contains("demo studio") && said.contains("FRONTDESK_SESION_HOURS"),
        "{said}"
    );
}

#[tokio::test]
async fn the_mail_server_is_greeted_and_sent_nothing() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = listener.local_addr().unwrap();
    drop(listener);
    let mut settings = of(tenant("", StatusCode::OK).await);
    settings.push(("SMTP_URL", format!("smtp://{closed}")));
    settings.push(("MAIL_FROM", "studio@a.example".into()));
    let (well, said) = check(settings).await;
    assert!(
        !well && said.contains("UNKNOWN   FRONTDESK_SMTP_URL: the mail server does not answer"),
        "{said}"
    );
}

#[tokio::test]
async fn each_of_several_studios_is_tried() {
    let (whole, lacks) = (
        tenant("", StatusCode::OK).await,
        tenant("/customers/", StatusCode::FORBIDDEN).await,
    );
    let config = tempfile::tempdir().unwrap();
    let file = config.path().join("frontdesk.toml");
    let table = |name: &str, url: &str| {
        format!(
            "[studios.{name}]\nhosts = [\"{name}.example\"]\nupstream_url = \"{url}\"\napi_key = \"{KEY}\"\n"
        )
    };
    std::fs::write(&file, table("north", &whole) + &table("south", &lacks)).unwrap();
    let (well, said) = check(vec![("CONFIG", file.display().to_string())]).await;
    assert!(
        !well && said.contains("ok        studio north: CUSTOMER_READ"),
        "{said}"
    );
    assert!(said.contains("MISSING   studio south: CUSTOMER_READ"), "{said}");
}
