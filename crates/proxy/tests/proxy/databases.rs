//! Each of the two databases, empty, for one test: a SQLite file, and a database in the PostgreSQL that `cargo xtask test`
//! starts. `cargo test` alone has none, and says so.

use std::io::Write as _;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use frontdesk_proxy::config::{Database, Settings};
use frontdesk_proxy::store::Backend;
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tempfile::TempDir;

/// What `cargo xtask test` sets.
const SERVER: &str = "FRONTDESK_TEST_POSTGRES";

/// An empty database.
pub(crate) enum Fresh {
    /// A file in a folder of its own.
    Sqlite(TempDir),
    /// Its address.
    Postgres(SecretString),
}

impl Fresh {
    pub(crate) fn sqlite() -> Self {
        Self::Sqlite(tempfile::tempdir().unwrap())
    }

    /// None without a server.
    pub(crate) async fn postgres() -> Option<Self> {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let Ok(server) = std::env::var(SERVER) else {
            say_once();
            return None;
        };
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        let mut connection = PgConnection::connect(&server).await.unwrap();
        let sql = format!("CREATE DATABASE {name}");
        sqlx::query(AssertSqlSafe(sql))
            .execute(&mut connection)
            .await
            .unwrap();
        let address = server.replace("/postgres?", &format!("/{name}?"));
        assert_ne!(address, server);
        Some(Self::Postgres(SecretString::from(address)))
    }

    /// Opened once more, as by another process.
    pub(crate) async fn open(&self) -> Backend {
        match self {
            Self::Sqlite(folder) => Backend::sqlite(&folder.path().join("store.sqlite"))
                .await
                .unwrap(),
            Self::Postgres(address) => Backend::postgres(address).await.unwrap(),
        }
    }

    /// For a proxy to work on it: a file where the proxy's own would be.
    pub(crate) fn set(&self, settings: &mut Settings) {
        match self {
            Self::Sqlite(folder) => settings.server.data = folder.path().join("data"),
            Self::Postgres(address) => settings.database = Database::Postgres(address.clone()),
        }
    }

    /// Likewise, for a process: names and values of its environment.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Sqlite(folder) => {
                let data = folder.path().join("data");
                vec![("FRONTDESK_DATA", data.display().to_string())]
            }
            Self::Postgres(address) => vec![("FRONTDESK_DATABASE", address.expose_secret().to_owned())],
        }
    }
}

/// Past the tests' captured output: half of what there is to test must not be left out in silence.
fn say_once() {
    static SAID: Once = Once::new();
    let says =
        format!("SKIPPED on PostgreSQL: {SERVER} is not set; `cargo xtask test native` starts a server\n");
    SAID.call_once(|| std::io::stderr().write_all(says.as_bytes()).unwrap());
}

/// Makes a test for each database of stories that take a [`Fresh`].
macro_rules! on_both {
    ($($story:ident)*) => {
        mod on_sqlite {
            $(#[tokio::test] async fn $story() {
                super::$story($crate::databases::Fresh::sqlite()).await;
            })*
        }
        mod on_postgres {
            $(#[tokio::test] async fn $story() {
                if let Some(fresh) = $crate::databases::Fresh::postgres().await {
                    super::$story(fresh).await;
                }
            })*
        }
    };
}
pub(crate) use on_both;
