//! By e-mail: six digits, or a link, sent to the address that the studio has of a member.
//!
//! Whoever asks learns nothing of whether an address is known. What is put down is the same for every address, and the
//! upstream is asked after the answer has gone. Digits are good for ten minutes, five tries and one use, whichever process
//! counts; the link is of the same record, so that using one uses both.
//!
//! Former members and prospects are sent one too: a former member can have a booking to cancel.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use perfectgym::{Customer, SearchCustomers};
use rand::Rng as _;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

use super::{Purpose, Seal};
use crate::store::{Store, StoreError, Try};
use crate::upstream::{Upstream, UpstreamError};

const TRIES: u32 = 5;
const LASTS: TimeDelta = TimeDelta::minutes(10);
/// RFC 5321: no path is longer.
const LONGEST_EMAIL: usize = 254;
/// Of 16 bytes in Base64.
const HALF_OF_TOKEN: usize = 22;
/// A family has no more; a studio's own address that was given to everybody must not show everybody.
const MOST: usize = 12;

/// What an e-mail carries. Deliberately not `Debug`.
pub struct Letter {
    /// What it is found by. Says nothing of what is in it.
    pub id: String,
    /// Six digits.
    pub digits: String,
    /// For the link.
    pub token: String,
}

/// What is put down, sealed.
#[derive(Serialize, Deserialize)]
struct Sent {
    email: String,
    digits: String,
    link: String,
    next: String,
}

/// Somebody who reads an address's e-mails. Deliberately not `Debug`.
pub struct Proven {
    /// The address, as it was asked for.
    pub email: String,
    /// Everybody who has it; never empty.
    pub members: Vec<Customer>,
    /// Where they wanted to go.
    pub next: String,
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum EmailError {
    /// Other digits; so many tries are left.
    #[error("other digits")]
    Wrong(u32),
    /// All tries are taken.
    #[error("no tries left")]
    UsedUp,
    /// Over, used, never sent, or nobody's address any more.
    #[error("no longer good")]
    Gone,
    /// The upstream could not be asked.
    #[error(transparent)]
    Upstream(#[from] UpstreamError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What it works with.
pub struct ByEmail<'a> {
    /// Seals what is put down.
    pub seal: &'a Seal,
    /// Where it is put down.
    pub store: &'a dyn Store,
    /// Whom to ask.
    pub upstream: &'a Upstream,
}

impl ByEmail<'_> {
    /// Puts down what an e-mail to this address would carry. The same for every address there could be.
    ///
    /// # Errors
    /// The database's.
    pub async fn ask(&self, email: &str, next: &str, now: DateTime<Utc>) -> Result<Letter, EmailError> {
        let (id, link) = (secret(), secret());
        let sent = Sent {
            email: email.to_owned(),
            digits: format!("{:06}", rand::rng().random_range(0..1_000_000)),
            link: link.clone(),
            next: next.to_owned(),
        };
        // What JSON cannot write no form can send.
        let sealed = self.seal.seal_for(Purpose::Code, &sent).ok_or(EmailError::Gone)?;
        // Not only daily: nothing of an address, sealed or not, is kept longer than it is of use.
        self.store.forget_codes_before(now).await?;
        self.store.put_code(&id, &sealed, TRIES, now + LASTS).await?;
        Ok(Letter {
            token: format!("{id}{link}"),
            digits: sent.digits,
            id,
        })
    }

    /// Checks six digits. Every try counts, whatever comes of it.
    ///
    /// # Errors
    /// Wrong, used up, gone, or nobody could be asked.
    pub async fn answer(
        &self,
        id: &str,
        digits: &str,
        now: DateTime<Utc>,
        language: &str,
    ) -> Result<Proven, EmailError> {
        let (sealed, left) = match self.store.take_try(id, now).await? {
            Try::Taken { sealed, left } => (sealed, left),
            Try::UsedUp => return Err(EmailError::UsedUp),
            Try::Gone => return Err(EmailError::Gone),
        };
        let sent: Sent = self.open(&sealed)?;
        if !bool::from(sent.digits.as_bytes().ct_eq(digits.as_bytes())) {
            return Err(if left == 0 {
                EmailError::UsedUp
            } else {
                EmailError::Wrong(left)
            });
        }
        self.proven(id, sent, language).await
    }

    /// Checks the token of a link. Takes no try: nobody can guess one.
    ///
    /// # Errors
    /// Gone, or nobody could be asked.
    pub async fn follow(
        &self,
        token: &str,
        now: DateTime<Utc>,
        language: &str,
    ) -> Result<Proven, EmailError> {
        let (id, link) = token.split_at_checked(HALF_OF_TOKEN).ok_or(EmailError::Gone)?;
        let sealed = self.store.code(id, now).await?.ok_or(EmailError::Gone)?;
        let sent: Sent = self.open(&sealed)?;
        if !bool::from(sent.link.as_bytes().ct_eq(link.as_bytes())) {
            return Err(EmailError::Gone);
        }
        self.proven(id, sent, language).await
    }

    fn open(&self, sealed: &str) -> Result<Sent, EmailError> {
        self.seal.open_for(Purpose::Code, sealed).ok_or(EmailError::Gone)
    }

    /// Asks who has the address before the record is used up: an upstream that fails for a moment costs no e-mail.
    async fn proven(&self, id: &str, sent: Sent, language: &str) -> Result<Proven, EmailError> {
        let members = members_at(self.upstream, &sent.email, language).await?;
        if !self.store.use_code(id).await? || members.is_empty() {
            return Err(EmailError::Gone);
        }
        Ok(Proven {
            email: sent.email,
            members,
            next: sent.next,
        })
    }
}

/// Everybody whose address it is, to the letter but for upper and lower case. The upstream's search may find more.
///
/// # Errors
/// The upstream could not be asked.
pub async fn members_at(
    upstream: &Upstream,
    email: &str,
    language: &str,
) -> Result<Vec<Customer>, UpstreamError> {
    let search = SearchCustomers {
        email: Some(email.trim().to_owned()),
        ..SearchCustomers::default()
    };
    let found = match upstream.call(&search, language).await {
        Ok(found) => found.items,
        // 400 too: an address of a form that the upstream never took.
        Err(UpstreamError::NotFound(_) | UpstreamError::Refused(_)) => Vec::new(),
        Err(other) => return Err(other),
    };
    let theirs = |customer: &Customer| {
        customer
            .email
            .as_deref()
            .is_some_and(|has| fold(has) == fold(email))
    };
    Ok(found.into_iter().filter(theirs).take(MOST).collect())
}

fn fold(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Whether a text can be an address. Whether it is one its e-mail shows.
pub fn is_email(text: &str) -> bool {
    let odd = |c: char| c.is_control() || c.is_whitespace() || "<>,;\"".contains(c);
    let parts = text.rsplit_once('@');
    text.len() <= LONGEST_EMAIL
        && !text.contains(odd)
        && parts.is_some_and(|(local, domain)| {
            !local.is_empty() && domain.contains('.') && !domain.ends_with('.')
        })
}

/// Six digits, however they were typed or pasted.
pub fn six_digits(text: &str) -> Option<String> {
    let between = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '\u{200b}' | '\u{feff}');
    let digits: String = text.chars().filter(between).take(7).collect();
    let six = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit());
    six.then_some(digits)
}

fn secret() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_taken_as_they_are_pasted() {
        for text in ["123456", " 123 456 ", "123-456", "123\u{a0}456\n"] {
            assert_eq!(six_digits(text).as_deref(), Some("123456"), "{text:?}");
        }
        for text in ["", "12345", "1234567", "12345a", "１２３４５６", "-------"] {
            assert_eq!(six_digits(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_can_be_no_address_is_not_asked_for() {
        for text in ["a@b.de", "ada.lovelace+gym@mail.example", "ü@b.de"] {
            assert!(is_email(text), "{text}");
        }
        let long = format!("{}@b.de", "a".repeat(250));
        for text in [
            "",
            "a",
            "@b.de",
            "a@",
            "a@b",
            "a@b.",
            "a b@c.de",
            "<a@b.de>",
            "a@b.de,c@d.de",
            "a\r\n@b.de",
            &long,
        ] {
            assert!(!is_email(text), "{text}");
        }
    }
}
