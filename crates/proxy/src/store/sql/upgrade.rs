//! What a migration in SQL cannot do.

use super::super::{StoreError, wish};
use super::database::{Database, Value};

/// Attempts of before have no fingerprint. Those that are open get theirs, or the same wish could be sent once more; of
/// two open ones of the same wish, which there could be then, one follows the other.
pub(super) async fn fingerprints(database: &Database) -> Result<(), StoreError> {
    let sql = "SELECT studio, customer_id, key, wish FROM attempts \
               WHERE fingerprint IS NULL AND state IN ('INTENT', 'SENT', 'UNCERTAIN') ORDER BY changed_at";
    for row in database.rows(sql, Vec::new()).await? {
        let fingerprint = wish::fingerprint(&serde_json::from_str(&row.text("wish")?)?);
        let values: Vec<Value> = vec![
            row.text("studio")?.into(),
            row.int("customer_id")?.into(),
            row.text("key")?.into(),
            fingerprint.into(),
        ];
        put(database, values).await?;
    }
    Ok(())
}

async fn put(database: &Database, values: Vec<Value>) -> Result<(), StoreError> {
    let first = "UPDATE attempts SET fingerprint = $4 WHERE studio = $1 AND customer_id = $2 AND key = $3 \
                 AND NOT EXISTS (SELECT 1 FROM attempts other WHERE other.studio = $1 AND other.customer_id = $2 \
                 AND other.fingerprint = $4 AND other.state IN ('INTENT', 'SENT', 'UNCERTAIN'))";
    if database.run(first, values.clone()).await? == 1 {
        return Ok(());
    }
    let second = "UPDATE attempts SET fingerprint = $4, state = 'FOLLOWS', follows = (SELECT other.key FROM attempts other \
                  WHERE other.studio = $1 AND other.customer_id = $2 AND other.fingerprint = $4 \
                  AND other.state IN ('INTENT', 'SENT', 'UNCERTAIN')) \
                  WHERE studio = $1 AND customer_id = $2 AND key = $3";
    database.run(second, values).await.map(drop)
}
