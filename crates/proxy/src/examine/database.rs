//! What is said of the database: which it is, and whether the proxy can do with it. Never its password.

use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::Finding;
use crate::app::DATABASE;
use crate::config::{Database, HouseSettings};
use crate::store::{Condition, StoreError, Tables};

/// A server that takes longer is not there.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn look(settings: &HouseSettings) -> Finding {
    match &settings.database {
        Database::Postgres(address) => {
            let looked = tokio::time::timeout(PATIENCE, Condition::of_postgres(address)).await;
            let which = server(address);
            looked.map_or_else(
                |_| Finding::Unknown(format!("FRONTDESK_DATABASE: {which} does not answer")),
                |looked| said("FRONTDESK_DATABASE", &which, looked),
            )
        }
        Database::File => of_file(&settings.server.data).await,
    }
}

async fn of_file(folder: &Path) -> Finding {
    let file = folder.join(DATABASE);
    let which = format!("the file {}", file.display());
    match std::fs::metadata(&file) {
        Ok(_) => said("FRONTDESK_DATA", &which, Condition::of_sqlite(&file).await),
        Err(error) if error.kind() == ErrorKind::NotFound => Finding::Untried(format!(
            "FRONTDESK_DATA: {which} is not there yet; the start makes it"
        )),
        Err(error) => Finding::Missing(format!("FRONTDESK_DATA: {which} cannot be read: {error}")),
    }
}

fn said(setting: &str, which: &str, looked: Result<Condition, StoreError>) -> Finding {
    let says = |what: &str| format!("{setting}: {which} {what}");
    let condition = match looked {
        Ok(condition) => condition,
        Err(StoreError::Database(sqlx::Error::Io(error))) => {
            return Finding::Unknown(says(&format!("does not answer: {error}")));
        }
        Err(error) => return Finding::Missing(says(&format!("cannot be used: {error}"))),
    };
    if let Err(error) = condition.takes {
        return Finding::Missing(says(&format!("cannot be written to: {error}")));
    }
    let fits = match condition.tables {
        Tables::UpToDate => "can be written to, and its tables are up to date",
        Tables::Behind => {
            "can be written to, and its tables are of an earlier version; the start brings them up to date"
        }
        Tables::None => "can be written to, and has no tables yet; the start makes them",
        Tables::Ahead => {
            return Finding::Missing(says(
                "has tables of a later version; start that one, or give this one a database of its own",
            ));
        }
        Tables::Odd => {
            return Finding::Missing(says(
                "has tables of no version of ours, or was left while they were brought up to date; take back a copy of before",
            ));
        }
    };
    Finding::Sound(says(fits))
}

/// Host, database and user.
fn server(address: &SecretString) -> String {
    let Ok(url) = Url::parse(address.expose_secret()) else {
        return "the server".into();
    };
    let host = url.host_str().unwrap_or("localhost");
    let (name, user) = (url.path().trim_start_matches('/'), url.username());
    format!("PostgreSQL at {host}, database \"{name}\", as \"{user}\",")
}
