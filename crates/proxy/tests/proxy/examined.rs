//! `frontdesk-proxy check`: what it says of a tenant, and what it leaves alone.

use std::process::Command;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};

use frontdesk_proxy::store::Backend;
use secrecy::ExposeSecret as _;
use sqlx::{Connection as _, PgConnection};

use crate::databases::Fresh;
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

fn line<'a>(said: &'a str, setting: &str) -> &'a str {
    let found = said.lines().find(|line| line.contains(setting));
    found.unwrap_or_else(|| panic!("{setting}: {said}"))
}

#[tokio::test]
async fn a_file_is_said_to_be_there_or_not_and_is_left_as_it_is() {
    let url = tenant("", StatusCode::OK).await;
    let (well, said) = check(of(url.clone())).await;
    assert!(well, "{said}");
    let database = line(&said, "FRONTDESK_DATA:");
    assert!(
        database.starts_with("not tried") && database.contains("is not there yet; the start makes it"),
        "{said}"
    );

    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("frontdesk.sqlite");
    let with_file = |url: &str| {
        let data = ("DATA", data.path().display().to_string());
        of(url.to_owned()).into_iter().chain([data]).collect::<Vec<_>>()
    };
    Backend::sqlite(&file).await.unwrap().close().await;
    let before = std::fs::read(&file).unwrap();
    let (well, said) = check(with_file(&url)).await;
    let database = line(&said, "FRONTDESK_DATA:");
    assert!(
        well && database.starts_with("ok ") && database.ends_with("and its tables are up to date"),
        "{said}"
    );
    assert_eq!(std::fs::read(&file).unwrap(), before);

    std::fs::write(&file, "no database at all, but long enough to be looked at").unwrap();
    let (well, said) = check(with_file(&url)).await;
    assert!(
        !well && line(&said, "FRONTDESK_DATA:").starts_with("MISSING"),
        "{said}"
    );
}

#[tokio::test]
async fn a_database_is_said_to_be_empty_up_to_date_or_of_a_later_version_and_nothing_is_made_in_it() {
    let Some(fresh) = Fresh::postgres().await else {
        return;
    };
    let Fresh::Postgres(address) = &fresh else {
        unreachable!()
    };
    let url = tenant("", StatusCode::OK).await;
    let with = |address: &str| {
        let database = ("DATABASE", address.to_owned());
        of(url.clone()).into_iter().chain([database]).collect::<Vec<_>>()
    };
    let address = address.expose_secret();
    let (well, said) = check(with(address)).await;
    assert!(
        well && line(&said, "FRONTDESK_DATABASE").contains("has no tables yet; the start makes them"),
        "{said}"
    );
    let mut connection = PgConnection::connect(address).await.unwrap();
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    let made: i64 = sqlx::query_scalar(tables)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(made, 0);

    fresh.open().await.close().await;
    let (well, said) = check(with(address)).await;
    let database = line(&said, "FRONTDESK_DATABASE");
    assert!(
        well && database.starts_with("ok ") && database.contains("its tables are up to date"),
        "{said}"
    );
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM used_once")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(rows, 0, "what was tried is undone");

    // Whoever may look and not write.
    let role = format!("reader_{}", std::process::id());
    for sql in [
        format!("CREATE ROLE {role} LOGIN PASSWORD 'planted-password'"),
        format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .execute(&mut connection)
            .await
            .unwrap();
    }
    let (before, after) = address.split_once('@').unwrap();
    let scheme = before.split_once("//").unwrap().0;
    let reader = format!("{scheme}//{role}:planted-password@{after}");
    let (well, said) = check(with(&reader)).await;
    assert!(
        !well && line(&said, "FRONTDESK_DATABASE").contains("cannot be written to"),
        "{said}"
    );
    assert!(said.contains(&role) && !said.contains("planted"), "{said}");

    sqlx::query("UPDATE _sqlx_migrations SET version = 9999 WHERE version = (SELECT max(version) FROM _sqlx_migrations)")
        .execute(&mut connection)
        .await
        .unwrap();
    let (well, said) = check(with(address)).await;
    assert!(
        !well && line(&said, "FRONTDESK_DATABASE").contains("has tables of a later version"),
        "{said}"
    );
}

#[tokio::test]
async fn a_server_that_is_not_there_is_said_to_be_away_and_without_its_password() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = listener.local_addr().unwrap();
    drop(listener);
    let url = tenant("", StatusCode::OK).await;
    let address = format!("postgres://somebody:planted-password@{closed}/bookings");
    let settings = of(url).into_iter().chain([("DATABASE", address)]).collect();
    let (well, said) = check(settings).await;
    let database = line(&said, "FRONTDESK_DATABASE");
    assert!(!well && database.starts_with("UNKNOWN"), "{said}");
    assert!(
        database.contains("PostgreSQL at 127.0.0.1, database \"bookings\", as \"somebody\","),
        "{said}"
    );
    assert!(!said.contains("planted"), "{said}");
}
