//! What every way of signing in comes to: somebody of whom it was established who they are. A session begins here, and
//! nowhere else.

use chrono::{DateTime, TimeDelta, Utc};
use perfectgym::{Customer, CustomerId};

use super::SessionToken;
use crate::store::{Store, StoreError};

/// A customer who has shown that it is them. Deliberately not `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Established {
    /// Who.
    pub customer: CustomerId,
    /// All that a browser may know of them.
    pub first_name: Option<String>,
}

impl From<Customer> for Established {
    fn from(customer: Customer) -> Self {
        Self {
            customer: customer.id,
            first_name: customer.first_name,
        }
    }
}

impl Established {
    /// Begins their session, after whatever they signed out of everywhere.
    ///
    /// # Errors
    /// The database's.
    pub async fn begin(
        &self,
        store: &dyn Store,
        now: DateTime<Utc>,
        lasts: TimeDelta,
    ) -> Result<SessionToken, StoreError> {
        let signed_out = store.signed_out_until(self.customer).await?;
        let token = SessionToken::start(self.customer, self.first_name.as_deref(), now, lasts);
        Ok(token.beginning_after(signed_out))
    }
}
