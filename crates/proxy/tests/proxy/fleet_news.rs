//! Two proxies on one PostgreSQL: what is changed through one of them, or told to it, is not shown by the other as it was.

use std::net::SocketAddr;

use chrono::TimeDelta;
use frontdesk_proxy::clock::Clock;
use frontdesk_proxy::serve;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use sqlx::postgres::PgListener;
use sqlx::{Connection as _, PgConnection};
use tempfile::TempDir;

use crate::databases::Fresh;
use crate::kind::{SLOTS, SLOTS_CALL, WEBHOOK_KEY, WEBHOOKS, event, slot, upstream};
use crate::scripted::{ADA, Scripted, booking, wish};
use crate::support::*;

struct Fleet {
    upstream: Scripted,
    at: SocketAddr,
    clock: Clock,
    folder: TempDir,
    database: SecretString,
    proxies: Vec<SocketAddr>,
}

/// None without a server.
async fn fleet() -> Option<Fleet> {
    let Some(Fresh::Postgres(database)) = Fresh::postgres().await else {
        return None;
    };
    let upstream = upstream();
    let mut fleet = Fleet {
        at: listen_to_keys(upstream.router()).await,
        upstream,
        clock: Clock::standing_at(monday()),
        folder: folder(),
        database,
        proxies: Vec::new(),
    };
    for _ in 0..2 {
        let address = fleet.start().await;
        fleet.proxies.push(address);
    }
    Some(fleet)
}

impl Fleet {
    async fn start(&self) -> SocketAddr {
        let mut settings = settings_for(&self.folder, self.at);
        settings.session.key = Some([7; 32]);
        settings.webhook.key = Some(SecretString::from(WEBHOOK_KEY));
        Fresh::Postgres(self.database.clone()).set(&mut settings);
        let proxy = serve::open(settings, false, self.clock.clone()).await.unwrap();
        let address = proxy.address();
        tokio::spawn(proxy.serve(std::future::pending()));
        address
    }

    /// Ada, signed in at one of the two, and somebody who looks at the other, once nothing is left to hear.
    async fn ada_and_another(&self) -> (Browser, Browser) {
        let [one, two] = self.proxies[..] else { panic!() };
        let (ada, other) = (Browser::new(one), Browser::new(two));
        assert_eq!(ada.sign_in(ADA).await.status, 200);
        self.is_quiet(&other).await;
        (ada, other)
    }

    fn later(&self, by: TimeDelta) {
        self.clock.set(self.clock.now() + by);
    }

    /// Somebody looks at the other proxy, and then times change.
    async fn sees(&self, other: &Browser, hour: u32) {
        let seen = other.get(SLOTS).await;
        assert!(seen.text.contains(&format!("T{hour}:00")), "{}", seen.text);
        self.upstream.says(SLOTS_CALL, 200, slot(hour + 2));
        self.later(TimeDelta::seconds(2));
    }

    /// Until both listen, and have dropped what they may have missed before.
    async fn is_quiet(&self, other: &Browser) {
        let mut connection = PgConnection::connect(self.database.expose_secret())
            .await
            .unwrap();
        let both = async { while listeners(&mut connection, "count(*)").await < 2 {} };
        in_time("both to listen", both).await;
        eventually("times to be kept", async || {
            other.get(SLOTS).await;
            let asked = self.upstream.asked(SLOTS_CALL);
            self.later(TimeDelta::seconds(1));
            other.get(SLOTS).await;
            self.upstream.asked(SLOTS_CALL) == asked
        })
        .await;
    }
}

/// Something of the proxies' connections that listen.
async fn listeners(connection: &mut PgConnection, what: &str) -> i64 {
    let sql = format!(
        "SELECT {what} FROM pg_stat_activity WHERE datname = current_database() \
         AND application_name = 'frontdesk-proxy news' AND query LIKE 'LISTEN%' AND state = 'idle'"
    );
    let asked = sqlx::query_scalar(sqlx::AssertSqlSafe(sql));
    asked.fetch_one(connection).await.unwrap()
}

/// Until the other proxy shows what was changed.
async fn shows(other: &Browser, hour: u32, after: &str) {
    eventually(after, async || {
        other.get(SLOTS).await.text.contains(&format!("T{hour}:00"))
    })
    .await;
}

#[tokio::test]
async fn what_one_proxy_books_cancels_or_is_told_the_other_does_not_show_as_it_was() {
    let Some(fleet) = fleet().await else { return };
    let (ada, other) = fleet.ada_and_another().await;

    fleet.sees(&other, 10).await;
    assert_eq!(ada.book("key-of-this-attempt-1", &wish()).await.status, 200);
    shows(&other, 12, "the times after a booking").await;

    fleet.sees(&other, 12).await;
    let call = "/v1/appointments/booking/5";
    fleet.upstream.says(&format!("GET {call}"), 200, booking(5));
    fleet.upstream.says(&format!("DELETE {call}"), 500, json!({}));
    ada.delete(&format!("{BOOKINGS}/5")).await;
    shows(&other, 14, "the times after a cancelling").await;

    fleet.sees(&other, 14).await;
    let told = [("x-api-key", WEBHOOK_KEY)];
    let created = event("APPOINTMENT_BOOKING_CREATED");
    let answer = Browser::new(fleet.proxies[0])
        .send("POST", WEBHOOKS, &told, Some(&created))
        .await;
    assert_eq!(answer.status, 204);
    shows(&other, 16, "the times after a webhook").await;
}

#[tokio::test]
async fn a_proxy_whose_line_broke_drops_what_it_may_have_missed_and_hears_again() {
    let Some(fleet) = fleet().await else { return };
    let (ada, other) = fleet.ada_and_another().await;
    fleet.sees(&other, 10).await;
    let mut connection = PgConnection::connect(fleet.database.expose_secret())
        .await
        .unwrap();
    assert_eq!(
        listeners(&mut connection, "count(pg_terminate_backend(pid))").await,
        2
    );
    shows(&other, 12, "what may have been missed").await;
    fleet.is_quiet(&other).await;
    fleet.sees(&other, 12).await;
    assert_eq!(ada.book("key-of-this-attempt-1", &wish()).await.status, 200);
    shows(&other, 14, "the times after a booking").await;
}

#[tokio::test]
async fn what_is_said_of_a_booking_is_the_studio_and_the_service_and_nothing_of_its_member() {
    let Some(fleet) = fleet().await else { return };
    let ada = Browser::new(fleet.proxies[0]);
    assert_eq!(ada.sign_in(ADA).await.status, 200);
    let mut listener = PgListener::connect(fleet.database.expose_secret()).await.unwrap();
    listener.listen("frontdesk_news").await.unwrap();
    let mut wish = wish();
    wish["bookableAppointmentId"] = json!(1_220_000_101);
    assert_eq!(ada.book("key-of-this-attempt-1", &wish).await.status, 200);
    let hears = async {
        loop {
            let said = listener.recv().await.unwrap().payload().to_owned();
            if !said.ends_with(" here") {
                break said;
            }
        }
    };
    let said = in_time("what is said of it", hears).await;
    let words: Vec<&str> = said.split(' ').collect();
    assert_eq!(words.len(), 5, "{said}");
    assert!(
        words[1].len() == 16 && words[1].bytes().all(|b| b.is_ascii_hexdigit()),
        "a number drawn at the start: {said}"
    );
    assert_eq!(
        [words[0], words[2], words[3], words[4]],
        ["1", "times", "main", "1220000101"]
    );
}
