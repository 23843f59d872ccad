//! PostgreSQL's `LISTEN` and `NOTIFY`. A SQLite file is one process's, which has nobody to talk to.

use std::sync::Arc;

use async_trait::async_trait;
use sqlx::PgPool;
use sqlx::postgres::{PgListener, PgPoolOptions};

use super::super::{Ear, Line, StoreError};
use super::database::{Database, PATIENCE};

/// What all say it on.
const CHANNEL: &str = "frontdesk_news";
/// What the server's list of connections calls the one that listens.
const LISTENER: &str = "frontdesk-proxy news";

/// None where there is nobody to talk to.
pub(super) fn of(database: &Database) -> Option<Arc<dyn Line>> {
    match database {
        Database::Sqlite(_) => None,
        Database::Postgres(pool) => Some(Arc::new(Postgres(pool.clone()))),
    }
}

struct Postgres(PgPool);

#[async_trait]
impl Line for Postgres {
    async fn say(&self, text: &str) -> Result<(), StoreError> {
        let said = sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(text);
        said.execute(&self.0).await?;
        Ok(())
    }

    async fn listen(&self) -> Result<Box<dyn Ear>, StoreError> {
        let options = (*self.0.connect_options()).clone().application_name(LISTENER);
        // Kept for as long as it is good: whatever was said while another one is made, nobody would hear.
        let one = PgPoolOptions::new()
            .max_connections(1)
            .max_lifetime(None)
            .idle_timeout(None)
            .acquire_timeout(PATIENCE)
            .connect_lazy_with(options);
        let mut listener = PgListener::connect_with(&one).await?;
        listener.eager_reconnect(false);
        listener.listen(CHANNEL).await?;
        Ok(Box::new(AtPostgres(listener)))
    }
}

struct AtPostgres(PgListener);

#[async_trait]
impl Ear for AtPostgres {
    async fn hear(&mut self) -> Result<String, StoreError> {
        let heard = self.0.try_recv().await?.ok_or(StoreError::Lost)?;
        Ok(heard.payload().to_owned())
    }
}
