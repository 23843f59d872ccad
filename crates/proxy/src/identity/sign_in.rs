//! Number and birth date, compared here and nowhere else.
//!
//! Former members and prospects sign in like members: what they may book is the upstream's to say, and a former
//! member can have a booking to cancel. A wrong number and a wrong birth date end in the same answer after the same time; what differs is not even logged.

use std::net::IpAddr;
use std::time::Duration;

use booking::SignIn;
use chrono::{DateTime, NaiveDate, Utc};
use perfectgym::{Customer, CustomerKey, FindCustomer};
use subtle::{Choice, ConstantTimeEq as _};

use super::{Brake, BrakeError, Established, Guess, KnownDevice, Locked};
use crate::clock::Stopwatch;
use crate::store::StoreError;
use crate::upstream::{Upstream, UpstreamError};

/// No card has a longer one.
pub(super) const LONGEST_NUMBER: usize = 64;

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Number and birth date, or what was shown at a kiosk, are not those of a member. Which of them is never said.
    #[error("not what a member knows or has")]
    Wrong,
    /// Too many wrong answers before this one.
    #[error("locked for {} s", .0.opens_in.num_seconds())]
    Locked(Locked),
    /// The upstream could not be asked.
    #[error(transparent)]
    Upstream(#[from] UpstreamError),
    /// What is counted could not be.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<BrakeError> for SignInError {
    fn from(error: BrakeError) -> Self {
        match error {
            BrakeError::Locked(locked) => Self::Locked(locked),
            BrakeError::Store(error) => Self::Store(error),
        }
    }
}

/// What signing in works with.
pub struct Desk<'a> {
    /// Whom to ask.
    pub upstream: &'a Upstream,
    /// Counts guesses.
    pub brake: &'a Brake,
    /// The device that asks, where somebody signed in on it before.
    pub device: Option<&'a KnownDevice>,
    /// No answer that fails comes sooner.
    pub no_sooner_than: Duration,
}

/// Establishes who somebody is.
///
/// # Errors
/// Wrong, locked, or the upstream could not be asked.
pub async fn sign_in(
    desk: &Desk<'_>,
    answer: &SignIn,
    address: IpAddr,
    now: DateTime<Utc>,
    language: &str,
) -> Result<Established, SignInError> {
    let number = answer.customer_number.trim();
    let guess = Guess {
        identity: number,
        address,
        device: desk.device.and_then(|device| device.name_for(number)),
    };
    let check = check(desk.upstream, number, answer.date_of_birth, language);
    let found = guessed(desk.brake, guess, desk.no_sooner_than, now, check).await;
    Ok(found?.into())
}

/// Counts a guess and has it checked, whatever is guessed at; takes it back where it was right, and where nobody could say.
/// That it was wrong is said no sooner than after that time.
///
/// # Errors
/// Locked, and then it is not checked; the database's, where it cannot be counted; or what the check says.
pub async fn guessed<T>(
    brake: &Brake,
    guess: Guess<'_>,
    no_sooner_than: Duration,
    now: DateTime<Utc>,
    check: impl Future<Output = Result<T, SignInError>>,
) -> Result<T, SignInError> {
    let slowed = brake.admit(guess, now).await?;
    tokio::time::sleep(slowed).await;
    let watch = Stopwatch::start();
    let result = check.await;
    match &result {
        Ok(_) => brake.was_right(guess, now).await,
        Err(SignInError::Upstream(_) | SignInError::Store(_)) => brake.was_not_checked(guess, now).await,
        Err(SignInError::Wrong | SignInError::Locked(_)) => {}
    }
    tokio::time::sleep(held_back(&result, no_sooner_than, watch.elapsed())).await;
    result
}

/// How much longer an answer waits: an upstream takes longer for a number that exists than for one that does not, and
/// the time must not tell what the words do not.
fn held_back<T>(result: &Result<T, SignInError>, no_sooner_than: Duration, took: Duration) -> Duration {
    match result {
        Err(SignInError::Wrong) => no_sooner_than.saturating_sub(took),
        Ok(_) | Err(SignInError::Locked(_) | SignInError::Upstream(_) | SignInError::Store(_)) => {
            Duration::ZERO
        }
    }
}

async fn check(
    upstream: &Upstream,
    number: &str,
    born: NaiveDate,
    language: &str,
) -> Result<Customer, SignInError> {
    if number.is_empty() || number.len() > LONGEST_NUMBER || number.chars().any(char::is_control) {
        return Err(SignInError::Wrong);
    }
    let find = FindCustomer {
        by: CustomerKey::Number(number.to_owned()),
    };
    let found = match upstream.call(&find, language).await {
        Ok(customer) => Some(customer),
        // 400 too: a number of a form that the upstream never gave out.
        Err(UpstreamError::NotFound(_) | UpstreamError::Refused(_)) => None,
        Err(other) => return Err(other.into()),
    };
    let right = found
        .as_ref()
        .map_or(Choice::from(0), |customer| is_them(customer, number, born));
    found.filter(|_| bool::from(right)).ok_or(SignInError::Wrong)
}

/// Both in constant time, so that no part of the answer can be told from the time it takes.
fn is_them(customer: &Customer, number: &str, born: NaiveDate) -> Choice {
    let birth_date = customer
        .date_of_birth
        .map(|day| day.to_string())
        .unwrap_or_default();
    let same_day = birth_date.as_bytes().ct_eq(born.to_string().as_bytes());
    // An upstream that searched by prefix would otherwise open another member's account.
    let on_card = customer.customer_number.as_deref().unwrap_or(number);
    same_day & is_same_number(on_card, number)
}

/// Whether the number on a card is the one that was typed. In constant time.
pub(super) fn is_same_number(on_card: &str, typed: &str) -> Choice {
    let (on_card, typed) = (on_card.trim().to_lowercase(), typed.to_lowercase());
    on_card.as_bytes().ct_eq(typed.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks a number up in an upstream that takes long for those that exist, and says when the answer goes out.
    fn goes_out(exists: bool, answer: Result<(), SignInError>, floor: u64) -> Duration {
        let took = Duration::from_millis(if exists { 250 } else { 5 });
        took + held_back(&answer, Duration::from_millis(floor), took)
    }

    #[test]
    fn a_wrong_birth_date_goes_out_when_a_number_that_does_not_exist_does() {
        let wrong = |exists| goes_out(exists, Err(SignInError::Wrong), 800);
        assert_eq!(wrong(true), wrong(false));
        assert_eq!(wrong(true), Duration::from_millis(800));
        let without_a_floor = |exists| goes_out(exists, Err(SignInError::Wrong), 0);
        assert_ne!(
            without_a_floor(true),
            without_a_floor(false),
            "it is the floor that does it"
        );
    }

    #[test]
    fn a_right_answer_and_an_upstream_that_fails_are_not_held_back() {
        let down = || Err(SignInError::Upstream(UpstreamError::NotSent("down".into())));
        assert_eq!(goes_out(true, Ok(()), 800), Duration::from_millis(250));
        assert_eq!(goes_out(true, down(), 800), Duration::from_millis(250));
    }
}
