//! Counts, at the studio's door, what reaches it: each endpoint's calls in time, and how long a member's own calls took there.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use perfectgym::{
    Book, BookingRequest, CustomerId, DeleteBooking, FindCustomer, GetBookableAppointment, GetBooking,
    GetCustomer, ListBookableAppointments, ListBookings, ListSlots, Operation, SearchCustomers,
    ValidateBooking,
};
use tokio::time::Instant;

use crate::clock;

const LARGEST: usize = 1 << 20;
const A_MINUTE: Duration = Duration::from_secs(60);

/// Method and template of an operation.
pub type Endpoint = (&'static str, &'static str);

/// What reached the studio.
pub struct Counter {
    takes: Duration,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    calls: BTreeMap<Endpoint, Vec<Instant>>,
    of_members: Vec<(CustomerId, Instant, Duration)>,
}

impl Counter {
    /// In front of a studio that takes so long for each call.
    #[must_use]
    pub fn new(takes: Duration) -> Arc<Self> {
        Arc::new(Self {
            takes,
            seen: Mutex::default(),
        })
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Each endpoint's calls in all, and the most within any sixty seconds.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<Endpoint, (usize, usize)> {
        let seen = self.seen();
        let count = |(endpoint, calls): (&Endpoint, &Vec<Instant>)| {
            (*endpoint, (calls.len(), most_within(calls, A_MINUTE)))
        };
        seen.calls.iter().map(count).collect()
    }

    /// How long a member's own validate and book took in the studio, from then on.
    #[must_use]
    pub fn took_for(&self, customer: CustomerId, from: Instant) -> Duration {
        let seen = self.seen();
        let theirs = seen
            .of_members
            .iter()
            .filter(|(who, at, _)| *who == customer && *at >= from);
        theirs.map(|(_, _, took)| *took).sum()
    }
}

/// The most moments within any span of that length. They are in order.
#[must_use]
pub fn most_within(moments: &[Instant], span: Duration) -> usize {
    let mut first = moments.iter().zip(0usize..).peekable();
    let mut most = 0;
    for (at, number) in moments.iter().zip(1usize..) {
        while first.next_if(|(early, _)| **early + span <= *at).is_some() {}
        most = most.max(number - first.peek().map_or(0, |(_, before)| *before));
    }
    most
}

/// The middleware.
pub async fn count(State(counter): State<Arc<Counter>>, request: Request, next: Next) -> Response {
    let began = clock::now();
    let endpoint = endpoint(request.method(), request.uri().path());
    if let Some(endpoint) = endpoint {
        counter.seen().calls.entry(endpoint).or_default().push(began);
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let asked: Option<BookingRequest> = serde_json::from_slice(&body).ok();
    tokio::time::sleep(counter.takes).await;
    let answer = next.run(Request::from_parts(parts, Body::from(body))).await;
    if let Some(asked) = asked {
        counter
            .seen()
            .of_members
            .push((asked.customer_id, began, began.elapsed()));
    }
    answer
}

fn endpoint(method: &Method, path: &str) -> Option<Endpoint> {
    fn of<O: Operation>() -> Endpoint {
        (O::METHOD.as_str(), O::PATH)
    }
    let all = [
        of::<ListBookableAppointments>(),
        of::<GetBookableAppointment>(),
        of::<ListSlots>(),
        of::<ValidateBooking>(),
        of::<Book>(),
        of::<GetBooking>(),
        of::<DeleteBooking>(),
        of::<ListBookings>(),
        of::<FindCustomer>(),
        of::<GetCustomer>(),
        of::<SearchCustomers>(),
    ];
    let fits = |(of, template): &Endpoint| *of == method.as_str() && fills(template, path);
    // A name wins over a parameter: `/by` is no id.
    let named = all.into_iter().filter(fits);
    named.min_by_key(|(_, template)| template.matches('{').count())
}

fn fills(template: &str, path: &str) -> bool {
    let (template, path) = (template.split('/'), path.split('/'));
    template.clone().count() == path.clone().count()
        && template
            .zip(path)
            .all(|(wanted, is)| wanted.starts_with('{') || wanted == is)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_begins_anywhere() {
        let start = clock::now();
        let at =
            |seconds: &[u64]| -> Vec<_> { seconds.iter().map(|s| start + Duration::from_secs(*s)).collect() };
        assert_eq!(most_within(&at(&[]), A_MINUTE), 0);
        assert_eq!(most_within(&at(&[0, 30, 59]), A_MINUTE), 3);
        // The sixtieth second is the next minute's.
        assert_eq!(most_within(&at(&[0, 30, 60]), A_MINUTE), 2);
        assert_eq!(most_within(&at(&[0, 50, 55, 70, 100, 109]), A_MINUTE), 5);
    }

    #[test]
    fn a_path_counts_for_its_own_endpoint() {
        let find = FindCustomer::PATH;
        assert_eq!(endpoint(&Method::GET, find), Some(("GET", find)));
        let slots = ListSlots::PATH.replace("{bookableAppointmentId}", "7");
        assert_eq!(endpoint(&Method::GET, &slots), Some(("GET", ListSlots::PATH)));
        assert_eq!(endpoint(&Method::GET, "/pictures/7"), None);
    }
}
