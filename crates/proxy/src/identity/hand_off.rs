//! Handed over by the gym's own site: a token (JWT) that it signs names a customer whom it has signed in itself.
//!
//! Short-lived, for us alone, and good once. What signs it is fixed by the configuration and never by the token.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Validation, decode};
use perfectgym::CustomerId;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::config::HandOff;
use crate::store::{Store, StoreError};

/// No honest one is longer.
const LONGEST: usize = 4096;
/// How far ahead a token may end, and how long ago it may have been made.
const AHEAD: TimeDelta = TimeDelta::minutes(5);
/// The gym's clock and ours need not agree to the second.
const GRACE: TimeDelta = TimeDelta::seconds(30);

/// A customer whom the gym's site vouches for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandedOver(pub CustomerId);

/// Why nobody was. None says anything of the token's content.
#[derive(Debug, thiserror::Error)]
pub enum HandOffError {
    /// Not a token, not signed by the gym, not for us, or without what it has to say.
    #[error("the token is not believed: {0}")]
    NotBelieved(&'static str),
    /// It has ended, or ends too far ahead.
    #[error("the token's times are not those of a hand-off")]
    Times,
    /// It was used before.
    #[error("the token was used before")]
    Replayed,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: i64,
    iat: i64,
    jti: String,
    #[serde(default)]
    nbf: Option<i64>,
}

/// Checks a token, and uses it.
///
/// # Errors
/// Not believed, out of its time, used before, or the database cannot say.
pub async fn handed_over(
    gym: &HandOff,
    store: &dyn Store,
    token: &str,
    now: DateTime<Utc>,
) -> Result<HandedOver, HandOffError> {
    let named = named_by(gym, token, now)?;
    let used = Sha256::new()
        .chain_update(&gym.issuer)
        .chain_update([0])
        .chain_update(&named.token);
    let used = format!("jti {}", URL_SAFE_NO_PAD.encode(used.finalize()));
    // Past every time at which it could still be taken.
    let until = now + AHEAD + GRACE * 4;
    if store.use_once(&used, until).await? {
        Ok(HandedOver(named.customer))
    } else {
        Err(HandOffError::Replayed)
    }
}

/// Whom a token names that is believed, whether or not it was used before.
pub struct Named {
    /// The customer.
    pub customer: CustomerId,
    /// The token's own name (`jti`).
    pub token: String,
}

/// Checks a token, and does not use it: [`handed_over`] does.
///
/// # Errors
/// Not believed, or out of its time.
pub fn named_by(gym: &HandOff, token: &str, now: DateTime<Utc>) -> Result<Named, HandOffError> {
    let claims = read(gym, token)?;
    in_time(&claims, now)?;
    let customer = customer(&claims)?;
    Ok(Named {
        customer,
        token: claims.jti,
    })
}

fn read(gym: &HandOff, token: &str) -> Result<Claims, HandOffError> {
    use jsonwebtoken::errors::ErrorKind as Kind;
    if token.len() > LONGEST {
        return Err(HandOffError::NotBelieved("too long"));
    }
    let mut asks = Validation::new(gym.algorithm);
    asks.set_audience(&[&gym.audience]);
    asks.set_issuer(&[&gym.issuer]);
    asks.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
    // Times are checked below, by our own clock.
    asks.validate_exp = false;
    let decoded = decode::<Claims>(token, &gym.key, &asks);
    decoded.map(|data| data.claims).map_err(|error| {
        HandOffError::NotBelieved(match error.kind() {
            Kind::InvalidSignature => "its signature",
            Kind::InvalidAlgorithm | Kind::InvalidAlgorithmName => "its algorithm is not the one that is set",
            Kind::InvalidAudience => "its audience",
            Kind::InvalidIssuer => "its issuer",
            Kind::MissingRequiredClaim(_) | Kind::Json(_) => "it lacks aud, iss, sub, exp, iat or jti",
            _ => "it is no JWT",
        })
    })
}

fn in_time(claims: &Claims, now: DateTime<Utc>) -> Result<(), HandOffError> {
    let (now, grace, ahead) = (now.timestamp(), GRACE.num_seconds(), AHEAD.num_seconds());
    let begun = claims.iat <= now + grace && claims.nbf.is_none_or(|nbf| nbf <= now + grace);
    let recent = claims.iat >= now - ahead - grace;
    let ends = claims.exp > now - grace && claims.exp <= now + ahead + grace;
    if begun && recent && ends {
        Ok(())
    } else {
        Err(HandOffError::Times)
    }
}

fn customer(claims: &Claims) -> Result<CustomerId, HandOffError> {
    if !(8..=200).contains(&claims.jti.len()) {
        return Err(HandOffError::NotBelieved("its jti is not 8 to 200 characters"));
    }
    // As one writes it: `+7` and `007` would be other customers to whoever compares texts.
    let written = |id: &i64| *id > 0 && id.to_string() == claims.sub;
    let id = claims.sub.parse().ok().filter(written);
    id.map(CustomerId)
        .ok_or(HandOffError::NotBelieved("its sub is no customer id as text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(iat: i64, exp: i64) -> Claims {
        Claims {
            sub: "7".into(),
            exp,
            iat,
            jti: "12345678".into(),
            nbf: None,
        }
    }

    #[test]
    fn a_token_is_of_now_and_ends_within_minutes() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let at =
            |iat: i64, exp: i64| in_time(&claims(now.timestamp() + iat, now.timestamp() + exp), now).is_ok();
        assert!(at(0, 60) && at(-100, 200) && at(20, 80) && at(-60, -10) && at(0, 330));
        assert!(!at(0, 331), "ends too far ahead");
        assert!(!at(-60, -30), "has ended");
        assert!(!at(31, 90), "made in the future");
        assert!(!at(-331, 60), "made long ago");
        assert!(!at(i64::MIN / 4, i64::MAX / 4));
        let later = Claims {
            nbf: Some(now.timestamp() + 31),
            ..claims(now.timestamp(), now.timestamp() + 60)
        };
        assert!(in_time(&later, now).is_err());
    }

    #[test]
    fn a_subject_is_a_customer_id_and_nothing_else() {
        for odd in [
            "",
            "0",
            "-7",
            "+7",
            "007",
            "7.0",
            " 7",
            "seven",
            "99999999999999999999",
        ] {
            let claims = Claims {
                sub: odd.into(),
                ..claims(0, 0)
            };
            assert!(customer(&claims).is_err(), "{odd}");
        }
        assert!(customer(&claims(0, 0)).is_ok_and(|id| id == CustomerId(7)));
    }
}
