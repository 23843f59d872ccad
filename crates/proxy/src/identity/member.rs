//! A member: somebody whose session was opened just now. There is no other way to become one.

use booking::SessionView;
use chrono::{DateTime, Utc};
use perfectgym::{BookingOfCustomer, BookingRequest, BookingWish, CustomerId};

use super::{Seal, SessionToken};
use crate::store::{Store, StoreError};

/// The right to act for one customer. Made by [`Member::of_cookie`] alone: whoever has one need ask no further.
#[derive(Clone)]
pub struct Member(SessionToken);

impl Member {
    /// Opens a cookie's value: sealed by us, not ended, not signed out of.
    ///
    /// # Errors
    /// The database cannot say whether it was signed out of.
    pub async fn of_cookie(
        seal: &Seal,
        store: &dyn Store,
        value: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>, StoreError> {
        let Some(token) = seal.open(value, now) else {
            return Ok(None);
        };
        let revoked = store.is_revoked(token.id()).await?;
        Ok((!revoked).then_some(Self(token)))
    }

    /// Whom they may act for.
    pub fn customer(&self) -> CustomerId {
        self.0.customer()
    }

    /// What the browser may know of them.
    pub fn view(&self) -> SessionView {
        view(&self.0)
    }

    /// A wish becomes a request for them, and for nobody else.
    pub fn asks(&self, wish: &BookingWish) -> BookingRequest {
        wish.clone().for_customer(self.customer())
    }

    /// Whether the upstream names them as a booking's customer: the only sound ownership check.
    pub fn owns(&self, booking: &BookingOfCustomer) -> bool {
        booking.customer_id == self.customer()
    }

    /// Signs out: the cookie opens nothing any more, wherever it was copied to.
    ///
    /// # Errors
    /// The database's; the session then goes on.
    pub async fn sign_out(&self, store: &dyn Store) -> Result<(), StoreError> {
        store.revoke(self.0.id(), self.0.expires_at()).await
    }
}

/// What a browser may know of a session.
pub fn view(session: &SessionToken) -> SessionView {
    SessionView {
        signed_in: true,
        first_name: session.first_name().map(str::to_owned),
    }
}
