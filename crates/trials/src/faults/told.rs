//! What members were told, wish by wish: the one of the two ledgers that is in people's heads.

use perfectgym::{BookingId, BookingWish, CustomerId};
use serde_json::Value;
use tokio::time::Instant;

use super::journal::WishId;
use crate::visitor::{Answer, Lost};

/// What an answer says to whoever reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// It is booked, under this id.
    Booked(BookingId),
    /// It is known that it is not.
    NotBooked,
    /// Refused, and why where there is a word for it.
    Refused(Option<String>),
    /// Something failed, and nothing was done.
    NothingDone(String),
    /// Nobody knows yet: said so, or no answer came at all.
    Unknown,
    /// It cannot be found out; the studio has to be asked.
    AskTheStudio,
    /// This booking is cancelled.
    Cancelled(BookingId),
    /// This booking stands, though its member wanted it cancelled.
    Stands(BookingId),
    /// An answer that no app of ours understands.
    Odd(String),
}

/// Something said, between two moments.
#[derive(Clone, Debug)]
pub struct Tell {
    /// What was asked after: the attempt's key, or the booking.
    pub about: String,
    /// When it was asked.
    pub asked: Instant,
    /// When it was heard.
    pub heard: Instant,
    /// What was said.
    pub said: Said,
}

/// One wish of one member's, from the first tap to the last word.
#[derive(Clone, Debug)]
pub struct Story {
    /// Whose, and when it starts.
    pub wish_id: WishId,
    /// What is sent.
    pub wish: BookingWish,
    /// Whether two tabs were at it at once: then what one hears may be from before what the other did.
    pub two_tabs: bool,
    /// Every key it was tried under.
    pub keys: Vec<String>,
    /// Everything that was said, in the order in which it was heard.
    pub tells: Vec<Tell>,
    /// What the member asked to be cancelled.
    pub to_cancel: Option<BookingId>,
    /// Where this is the new time of a move: what was last said of the move.
    pub moves: Option<&'static str>,
}

impl Story {
    /// Nothing has happened yet.
    #[must_use]
    pub fn new(customer: CustomerId, wish: BookingWish) -> Self {
        Self {
            wish_id: (customer, wish.start_date_time.instant().timestamp()),
            wish,
            two_tabs: false,
            keys: Vec::new(),
            tells: Vec::new(),
            to_cancel: None,
            moves: None,
        }
    }

    /// The id it was last said to be booked under.
    #[must_use]
    pub fn booked_as(&self) -> Option<BookingId> {
        let mut said = self.tells.iter().rev().map(|tell| &tell.said);
        said.find_map(|said| match said {
            Said::Booked(id) => Some(*id),
            _ => None,
        })
    }

    /// Whether this was ever said.
    #[must_use]
    pub fn was_told(&self, what: &Said) -> bool {
        self.tells.iter().any(|tell| tell.said == *what)
    }

    /// The last thing that was said of it that is more than that nobody knows.
    #[must_use]
    pub fn last_word(&self) -> Option<&Said> {
        let said = self.tells.iter().rev().map(|tell| &tell.said);
        said.into_iter().find(|said| **said != Said::Unknown)
    }
}

/// What the answer to a book says.
#[must_use]
pub fn of_book(answer: &Result<Answer, Lost>) -> Said {
    let Ok(answer) = answer else {
        return Said::Unknown;
    };
    let body = answer.json();
    if answer.status.is_success() {
        return booked(&body).unwrap_or_else(|| odd(answer));
    }
    of_failure(&body).unwrap_or_else(|| odd(answer))
}

/// What the answer to a question after an attempt says.
#[must_use]
pub fn of_attempt(answer: &Result<Answer, Lost>) -> Said {
    let Ok(answer) = answer else {
        return Said::Unknown;
    };
    let body = answer.json();
    let state = body.get("state").and_then(Value::as_str);
    match state {
        Some("BOOKED") => body
            .get("booking")
            .and_then(booked)
            .unwrap_or_else(|| odd(answer)),
        Some("NOT_BOOKED") => Said::NotBooked,
        Some("REFUSED") => Said::Refused(body.get("failure").and_then(refusal)),
        Some("UNCERTAIN") => Said::Unknown,
        Some("UNSETTLEABLE") => Said::AskTheStudio,
        // That the question could not be answered says nothing of the attempt.
        _ if of_failure(&body).is_some() => Said::Unknown,
        _ => odd(answer),
    }
}

/// What an answer about a move says.
pub struct Moved {
    /// Where it stands, where that is known.
    pub state: Option<&'static str>,
    /// Of the new time.
    pub new: Said,
}

/// What the answer to a move, or to a question after one, says. Of the new time it says what a book does.
#[must_use]
pub fn of_move(answer: &Result<Answer, Lost>) -> Moved {
    let body = answer.as_ref().map(Answer::json).unwrap_or_default();
    let known = ["MOVED", "BOTH_STAND", "NOT_MOVED", "UNSETTLEABLE"];
    let state = body.get("state").and_then(Value::as_str);
    let new = match (answer, state) {
        (Err(Lost), _) | (_, Some("UNCERTAIN")) => Said::Unknown,
        (Ok(_), Some("NOT_MOVED")) => Said::NotBooked,
        (Ok(_), Some("UNSETTLEABLE")) => Said::AskTheStudio,
        (Ok(answer), Some("MOVED" | "BOTH_STAND")) => {
            let new = body.get("booking").and_then(booked);
            new.unwrap_or_else(|| odd(answer))
        }
        (Ok(answer), _) => of_failure(&body).unwrap_or_else(|| odd(answer)),
    };
    Moved {
        state: known.into_iter().find(|word| state == Some(word)),
        new,
    }
}

fn booked(body: &Value) -> Option<Said> {
    body.get("bookingId")
        .and_then(Value::as_i64)
        .map(|id| Said::Booked(BookingId(id)))
}

fn refusal(failure: &Value) -> Option<String> {
    failure.get("refusal").and_then(Value::as_str).map(str::to_owned)
}

/// By the failure's kind, as the app reads it.
#[must_use]
pub fn of_failure(body: &Value) -> Option<Said> {
    let kind = body.get("kind").and_then(Value::as_str)?;
    Some(match kind {
        "REFUSED" | "NOT_FOUND" => Said::Refused(refusal(body)),
        "UNCERTAIN" | "OFFLINE" => Said::Unknown,
        "CONFLICT" | "BUSY" | "UPSTREAM_DOWN" | "TIMEOUT" | "INTERNAL" => Said::NothingDone(kind.to_owned()),
        other => Said::Odd(other.to_owned()),
    })
}

fn odd(answer: &Answer) -> Said {
    let text = String::from_utf8_lossy(&answer.body);
    Said::Odd(format!(
        "{}: {}",
        answer.status,
        text.chars().take(120).collect::<String>()
    ))
}
