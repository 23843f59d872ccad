//! A member: somebody whose session was opened just now. There is no other way to become one.

use booking::SessionView;
use chrono::{DateTime, TimeDelta, Utc};
use perfectgym::{BookingOfCustomer, BookingRequest, BookingWish, CustomerId};

use super::{Established, Kiosk, Seal, SessionToken, bearer};
use crate::store::{Store, StoreError};

/// The cookies that make somebody a member.
#[derive(Clone, Copy)]
pub struct Cookies<'a> {
    /// A session's.
    pub session: &'a str,
    /// That of a device that is a kiosk, where there is one.
    pub kiosk: Option<&'a str>,
}

/// The right to act for one customer. Made by [`Member::of_cookie`] and
/// [`Member::of_bearer`] alone: whoever has one need ask no further.
#[derive(Clone)]
pub struct Member(SessionToken);

impl Member {
    /// Opens a session's cookie: sealed by us, not ended, used within the time that it may be idle, not signed out of, here
    /// or everywhere; and where it began at a kiosk, sent by that kiosk, which is one still.
    ///
    /// # Errors
    /// The database cannot say whether it was signed out of.
    pub async fn of_cookie(
        seal: &Seal,
        store: &dyn Store,
        cookies: Cookies<'_>,
        idle: TimeDelta,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>, StoreError> {
        let opened = seal.open(cookies.session, now);
        let Some(token) = opened.filter(|token| token.is_fresh(idle, now)) else {
            return Ok(None);
        };
        if let Some(began_at) = token.kiosk()
            && !is_at(seal, store, cookies.kiosk, began_at).await?
        {
            return Ok(None);
        }
        Self::not_signed_out(store, token).await
    }

    /// Opens a session's bearer: likewise, and held no longer than a memory may hold one.
    ///
    /// # Errors
    /// The database cannot say whether it was signed out of.
    pub async fn of_bearer(
        seal: &Seal,
        store: &dyn Store,
        value: &str,
        idle: TimeDelta,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>, StoreError> {
        match bearer::open(seal, value, idle, now) {
            Some(token) => Self::not_signed_out(store, token).await,
            None => Ok(None),
        }
    }

    async fn not_signed_out(store: &dyn Store, token: SessionToken) -> Result<Option<Self>, StoreError> {
        let (revoked, everywhere) = futures_util::try_join!(
            store.is_revoked(token.id()),
            store.signed_out_until(token.customer())
        )?;
        let holds = !revoked && everywhere.is_none_or(|until| token.began_after(until));
        Ok(holds.then_some(Self(token)))
    }

    /// Their session as it is sealed anew, where it is time to.
    pub fn renewed(&self, idle: TimeDelta, now: DateTime<Utc>) -> Option<SessionToken> {
        self.0.renewed(idle, now)
    }

    /// Whom they may act for.
    pub fn customer(&self) -> CustomerId {
        self.0.customer()
    }

    /// What the browser may know of them.
    pub fn view(&self) -> SessionView {
        signed_in(self.0.first_name())
    }

    /// A wish becomes a request for them, and for nobody else.
    pub fn asks(&self, wish: &BookingWish) -> BookingRequest {
        wish.clone().for_customer(self.customer())
    }

    /// Whether the upstream names them as a booking's customer: the only sound ownership check.
    pub fn owns(&self, booking: &BookingOfCustomer) -> bool {
        booking.customer_id == self.customer()
    }

    /// Signs out: cookie and bearer open nothing any more, wherever they were copied to.
    ///
    /// # Errors
    /// The database's; the session then goes on.
    pub async fn sign_out(&self, store: &dyn Store) -> Result<(), StoreError> {
        store.revoke(self.0.id(), self.0.expires_at()).await
    }

    /// Signs out everywhere: no cookie of theirs opens anything any more, on whatever device.
    ///
    /// # Errors
    /// The database's; the sessions then go on.
    pub async fn sign_out_everywhere(&self, store: &dyn Store, now: DateTime<Utc>) -> Result<(), StoreError> {
        store.sign_out_everywhere(self.customer(), now).await?;
        // Also where the clock was set back since it began.
        self.sign_out(store).await
    }
}

/// Whether a device is the kiosk of this id.
async fn is_at(
    seal: &Seal,
    store: &dyn Store,
    cookie: Option<&str>,
    kiosk: &str,
) -> Result<bool, StoreError> {
    let Some(cookie) = cookie else {
        return Ok(false);
    };
    let here = Kiosk::of_cookie(seal, store, cookie).await?;
    Ok(here.is_some_and(|here| here.id() == kiosk))
}

/// What a browser may know of somebody who has just signed in.
pub fn view(who: &Established) -> SessionView {
    signed_in(who.first_name.as_deref())
}

fn signed_in(first_name: Option<&str>) -> SessionView {
    let first_name = first_name.map(str::trim).filter(|name| !name.is_empty());
    SessionView {
        signed_in: true,
        first_name: first_name.map(str::to_owned),
    }
}
