//! Databases are brought up to date with what is in them; and one that cannot be opened says why, and no password.

use booking::AttemptKey;
use chrono::TimeDelta;
use frontdesk_proxy::store::{Backend, Begun, Outcome, StudioName};
use perfectgym::{BookingId, BookingWish, CustomerId};
use secrecy::SecretString;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

use crate::databases::Fresh;
use crate::scripted;
use crate::support::monday;

/// Of migrations/sqlite/0001_start.sql, as every file out there has it: another, and none of them opens any more.
const FIRST: &str =
    "f56181a2fbd536e1e34b0c8803d39e8b8603190402f15cfe4043cefbdf0acfdc18b3d3356871d1942b95bd841ef90b3e";

async fn first_version(file: &std::path::Path) -> SqlitePool {
    let all: Migrator = sqlx::migrate!("./migrations/sqlite");
    let first: Vec<_> = all.iter().filter(|one| one.version == 1).cloned().collect();
    let checksum: String = first[0].checksum.iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(checksum, FIRST);
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    Migrator::with_migrations(first).run(&pool).await.unwrap();
    pool
}

async fn attempt(pool: &SqlitePool, key: &str, state: &str, answer: Option<String>, second: i64) {
    let sql = "INSERT INTO attempts (customer_id, key, wish, title, state, answer, changed_at) \
               VALUES (7, ?, ?, 'Massage', ?, ?, ?)";
    sqlx::query(sql)
        .bind(key)
        .bind(scripted::wish().to_string())
        .bind(state)
        .bind(answer)
        .bind(monday().timestamp() + second)
        .execute(pool)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_file_of_the_first_version_keeps_what_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("frontdesk.sqlite");
    let pool = first_version(&file).await;
    let booking = scripted::booking(5).to_string();
    attempt(&pool, "a-key-that-was-booked", "BOOKED", Some(booking), 0).await;
    attempt(&pool, "a-key-left-as-intent", "INTENT", None, 1).await;
    attempt(&pool, "a-key-for-the-same-wish", "UNCERTAIN", None, 2).await;
    let ends = (monday() + TimeDelta::days(20)).timestamp();
    for sql in [
        "INSERT INTO remembered VALUES (5, 7, ?)",
        "INSERT INTO revoked_sessions VALUES ('session', ?)",
    ] {
        sqlx::query(sql).bind(ends).execute(&pool).await.unwrap();
    }
    pool.close().await;

    for _ in 0..2 {
        let store = Backend::sqlite(&file).await.unwrap().of(&StudioName::main());
        let customer = CustomerId(7);
        let key = |text: &str| AttemptKey::new(text).unwrap();
        let outcome = async |text: &str| {
            store
                .attempt(customer, &key(text))
                .await
                .unwrap()
                .unwrap()
                .outcome
        };
        assert!(matches!(
            outcome("a-key-that-was-booked").await,
            Outcome::Booked(_)
        ));
        // It may have been sent, which was not told apart then.
        assert_eq!(outcome("a-key-left-as-intent").await, Outcome::Sent);
        let leader = key("a-key-left-as-intent");
        assert_eq!(
            outcome("a-key-for-the-same-wish").await,
            Outcome::Follows(leader.clone())
        );
        let wish: BookingWish = serde_json::from_value(scripted::wish()).unwrap();
        assert_eq!(
            store.wish_of(customer, BookingId(5)).await.unwrap(),
            Some(wish.clone())
        );
        assert_eq!(
            store.remembered(customer, monday()).await.unwrap(),
            [BookingId(5)]
        );
        assert!(store.is_revoked("session").await.unwrap());
        // What was open is in the way of the same wish still.
        let begun = store
            .begin(customer, &key("a-key-of-this-version"), &wish, None, monday())
            .await
            .unwrap();
        assert!(matches!(begun, Begun::Follows(first, _) if first == leader));
    }
}

#[tokio::test]
async fn several_processes_may_bring_a_server_up_to_date_at_once() {
    let Some(fresh) = Fresh::postgres().await else {
        return;
    };
    let all = futures_util::future::join_all((0..4).map(|_| fresh.open())).await;
    for backend in all {
        let store = backend.of(&StudioName::main());
        assert!(!store.is_revoked("session").await.unwrap());
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_said_so_without_its_password() {
    // Nothing listens at the port of a listener that is gone.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let address = format!("postgres://proxy:planted-password@127.0.0.1:{port}/frontdesk");
    let error = Backend::postgres(&SecretString::from(address))
        .await
        .err()
        .unwrap();
    let said = format!("{error} {error:?}");
    assert!(said.contains("refused"), "{said}");
    assert!(!said.contains("planted-password"), "{said}");
}
