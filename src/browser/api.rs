//! Calls to the proxy: the only file that knows gloo-net. Paths and shapes are `perfectgym`'s and `booking`'s.

use booking::flow::{Answer, Call, Ticket};
use booking::kiosk::FreeToday;
use booking::{
    AttemptKey, AttemptQuestion, Failure, FailureKind, Lang, Place, Route, attempt, listed, moving, place,
    session,
};
use gloo_net::http::{Method, RequestBuilder, Response};
use perfectgym::{
    AppointmentBooking, Book, DeleteBooking, Deleted, GetBookableAppointment, GetBooking, ListBookings,
    ListSlots, Operation, ValidateBooking, ValidationResult,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::AbortSignal;

use super::bearer;
use crate::kiosk;

/// Where the proxy offers the upstream's operations.
const API: &str = "/api";

/// After so long a request is given up; the proxy answers far earlier, so this is a network that swallows.
const GIVE_UP_MS: u32 = 40_000;

/// Calls the proxy in one language, in the name of one start of the app.
#[derive(Clone, Copy)]
pub struct Api {
    lang: Lang,
    place: Place,
    start: u128,
}

/// What is asked, and how to read what comes back. One shape for all calls, so that there is one copy of the code that
/// sends them.
struct Asked {
    method: Method,
    url: String,
    body: Option<String>,
    attempt: Option<AttemptKey>,
    read: fn(&str) -> Option<Answer>,
}

impl Api {
    /// Draws the number that tells this start's attempts from any other's.
    pub fn new(lang: Lang, place: Place) -> Self {
        let mut bytes = [0; 16];
        let drawn = crate::leptos::window()
            .crypto()
            .and_then(|c| c.get_random_values_with_u8_array(&mut bytes));
        // Every browser that runs wasm has it; without, the clock tells starts apart.
        let start = match drawn {
            Ok(_) => u128::from_ne_bytes(bytes),
            Err(_) => u128::from(super::clock::now().timestamp_millis().unsigned_abs()),
        };
        Self { lang, place, start }
    }

    /// Makes a call.
    ///
    /// # Errors
    /// What the proxy says, or that nobody answered, or that nobody can read the answer.
    pub async fn make(self, ticket: Ticket, call: &Call) -> Result<Answer, Failure> {
        let asked = self
            .asked(ticket, call)
            .ok_or_else(|| Failure::of(FailureKind::Internal))?;
        let (read, books) = (asked.read, call.books());
        let (response, text) = self.exchange(asked).await?;
        let answer = if response.ok() {
            read(&text)
                .map(|answer| as_of(counted(answer, &response), &response))
                .ok_or(None)
        } else {
            Err(serde_json::from_str(&text).ok())
        };
        answer.map_err(|failure| failure.unwrap_or_else(|| unreadable(books)))
    }

    /// What is free today, at a kiosk; `None` where nobody says.
    pub async fn free(self) -> Option<FreeToday> {
        let path = booking::kiosk::FREE_PATH.to_owned();
        let (response, text) = self.exchange(Asked::of(Method::GET, path, who)).await.ok()?;
        parse(&text).filter(|_| response.ok())
    }

    /// Whether the first screen can be loaded.
    pub async fn is_there(self) -> bool {
        let home = Asked::of(Method::GET, Route::home().format(), who);
        self.exchange(home).await.is_ok_and(|(response, _)| response.ok())
    }

    fn asked(self, ticket: Ticket, call: &Call) -> Option<Asked> {
        let asked = match call {
            Call::ReadSession => Asked::of(Method::GET, session::PATH.to_owned(), who),
            Call::SignIn(answers) => Asked::of(Method::POST, session::PATH.to_owned(), who).with(answers)?,
            // Left out of every other bundle.
            Call::SignInAtKiosk(given) if kiosk::POSSIBLE => {
                let path = booking::kiosk::SESSION_PATH.to_owned();
                Asked::of(Method::POST, path, who).with(given)?
            }
            Call::SignInAtKiosk(_) => return None,
            Call::HandOver(token) => {
                Asked::of(Method::POST, session::HAND_OFF_PATH.to_owned(), who).with(token)?
            }
            Call::SignOut => Asked::of(Method::DELETE, session::PATH.to_owned(), who),
            Call::ReadCatalogue(slice) => Asked::to(slice, |text| parse(text).map(Answer::Catalogue))?,
            Call::ReadService(id) => Asked::to(&GetBookableAppointment { id: *id }, |text| {
                parse(text).map(Answer::Service)
            })?,
            Call::ReadSlots {
                service,
                start,
                days_ahead,
                ..
            } => {
                let slots = ListSlots {
                    id: *service,
                    customer_id: None,
                    days_ahead: Some(*days_ahead),
                    slot_window_start_date: Some(*start),
                };
                Asked::to(&slots, |text| parse(text).map(Answer::Slots))?
            }
            Call::Validate(wish) => Asked::to(&ValidateBooking(wish.clone()), |text| {
                parse(text).map(|verdict: ValidationResult| Answer::Verdict(verdict.validation_status))
            })?,
            Call::Book { wish } => Asked {
                attempt: Some(self.key(ticket)?),
                ..Asked::to(&Book(wish.clone()), a_booking)?
            },
            Call::Settle { attempt, wish } => {
                let wish = Some(wish.clone());
                let asked = Asked::of(Method::POST, attempt::path(&self.key(*attempt)?), |text| {
                    parse(text).map(Answer::Attempt)
                });
                asked.with(&AttemptQuestion { wish })?
            }
            Call::Move { booking, wish } => {
                let asked = Asked::of(Method::POST, moving::path(*booking), a_move);
                Asked {
                    attempt: Some(self.key(ticket)?),
                    ..asked.with(wish)?
                }
            }
            Call::SettleMove { attempt, of } => {
                Asked::of(Method::POST, moving::path_of_key(&self.key(*attempt)?), a_move).with(of)?
            }
            Call::ReadMadeOf(id) => Asked::of(Method::GET, moving::path_of_service(*id), |text| {
                parse(text).map(Answer::MadeOf)
            }),
            Call::ReadBookings => Asked::of(Method::GET, api(ListBookings::PATH), |text| {
                parse(text).map(Answer::Bookings)
            }),
            // Without the upstream's customerId, which stays behind the proxy.
            Call::ReadBooking(id) => Asked::of(Method::GET, api(&GetBooking { id: *id }.target()), a_booking),
            Call::Cancel(id) => Asked::to(&DeleteBooking { id: *id }, |text| {
                parse::<Deleted>(text).map(|_| Answer::Cancelled)
            })?,
        };
        Some(asked)
    }

    fn key(self, ticket: Ticket) -> Option<AttemptKey> {
        AttemptKey::new(&format!("{:032x}-{}", self.start, ticket.0)).ok()
    }

    /// The browser does not tell why there is no answer: no network, no proxy, or nobody answered in time.
    async fn exchange(self, asked: Asked) -> Result<(Response, String), Failure> {
        let offline = |_| Failure::of(FailureKind::Offline);
        let mut request = RequestBuilder::new(&asked.url)
            .method(asked.method)
            .header("Accept-Language", self.lang.tag())
            .abort_signal(Some(&AbortSignal::timeout_with_u32(GIVE_UP_MS)));
        let bearer = bearer::carried();
        if let Some(bearer) = &bearer {
            request = request.header("Authorization", &["Bearer ", bearer].concat());
        }
        if !self.place.is_browser() {
            request = request.header(place::HEADER, self.place.tag());
        }
        if let Some(key) = &asked.attempt {
            request = request.header(attempt::HEADER, key.as_str());
        }
        let request = match asked.body {
            Some(json) => request.header("Content-Type", "application/json").body(json),
            None => request.build(),
        };
        let request = request.map_err(|_| Failure::of(FailureKind::Internal))?;
        let response = request.send().await.map_err(offline)?;
        if let Some(given) = response.headers().get(session::BEARER_HEADER) {
            bearer::given(given, bearer);
        }
        let text = response.text().await.map_err(offline)?;
        Ok((response, text))
    }
}

impl Asked {
    fn of(method: Method, url: String, read: fn(&str) -> Option<Answer>) -> Self {
        Self {
            method,
            url,
            body: None,
            attempt: None,
            read,
        }
    }

    fn to<O: Operation>(operation: &O, read: fn(&str) -> Option<Answer>) -> Option<Self> {
        let method = match O::METHOD {
            perfectgym::Method::Get => Method::GET,
            perfectgym::Method::Post => Method::POST,
            perfectgym::Method::Delete => Method::DELETE,
        };
        let asked = Self::of(method, api(&operation.target()), read);
        match operation.body() {
            Some(body) => asked.with(body),
            None => Some(asked),
        }
    }

    fn with(self, body: &impl Serialize) -> Option<Self> {
        let body = serde_json::to_string(body).ok()?;
        Some(Self {
            body: Some(body),
            ..self
        })
    }
}

fn api(target: &str) -> String {
    [API, target].concat()
}

fn who(text: &str) -> Option<Answer> {
    parse(text).map(Answer::Session)
}

fn a_booking(text: &str) -> Option<Answer> {
    parse::<AppointmentBooking>(text).map(Answer::Booking)
}

fn a_move(text: &str) -> Option<Answer> {
    parse(text).map(Answer::Move)
}

fn parse<A: DeserializeOwned>(text: &str) -> Option<A> {
    serde_json::from_str(text).ok()
}

/// What the proxy left out of a list, as it could not read it, counts as unreadable here too.
fn counted(mut answer: Answer, response: &Response) -> Answer {
    let left_out = response.headers().get(listed::UNREADABLE);
    let left_out: usize = left_out.and_then(|count| count.parse().ok()).unwrap_or(0);
    match &mut answer {
        Answer::Slots(slots) => slots.unreadable += left_out,
        Answer::Bookings(bookings) => bookings.unreadable += left_out,
        _ => {}
    }
    answer
}

/// An answer that stands in for another, where the proxy says that it is one.
fn as_of(answer: Answer, response: &Response) -> Answer {
    let header = |name| response.headers().get(name);
    let (as_of, age, anew) = (
        header(listed::AS_OF),
        header(listed::AGE),
        header(listed::READ_ANEW),
    );
    match listed::stands_in(as_of.as_deref(), age.as_deref(), anew.as_deref()) {
        Some(as_of) => Answer::StandIn {
            as_of,
            answer: Box::new(answer),
        },
        None => answer,
    }
}

/// An answer to "book" that nobody can read may hide a booking.
fn unreadable(books: bool) -> Failure {
    Failure::of(if books {
        FailureKind::Uncertain
    } else {
        FailureKind::Unreadable
    })
}
