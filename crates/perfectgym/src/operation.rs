//! What an operation of the upstream is: method, path, query, body, answer, and the scope its key needs.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The header that carries the studio's key.
pub const API_KEY_HEADER: &str = "x-api-key";

/// The HTTP methods of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Validates, books, searches.
    Post,
    /// Cancels.
    Delete,
}

impl Method {
    /// As HTTP writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// What a key must be allowed to do ("Required Scopes" of each operation).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Bookable appointments and their slots.
    BookableAppointmentsRead,
    /// Bookings of customers.
    AppointmentsRead,
    /// Validate, book, delete.
    AppointmentsWrite,
    /// Customers.
    CustomerRead,
}

impl Scope {
    /// The upstream's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BookableAppointmentsRead => "BOOKABLE_APPOINTMENTS_READ",
            Self::AppointmentsRead => "APPOINTMENTS_READ",
            Self::AppointmentsWrite => "APPOINTMENTS_WRITE",
            Self::CustomerRead => "CUSTOMER_READ",
        }
    }
}

/// One operation, filled in: everything that a request needs, and the type of its answer.
///
/// ```
/// use perfectgym::{BookableAppointmentId, CustomerId, DaysAhead, ListSlots, Operation};
/// let slots = ListSlots {
///     id: BookableAppointmentId(1001),
///     customer_id: Some(CustomerId(203)),
///     days_ahead: Some(DaysAhead::MOST),
///     slot_window_start_date: None,
/// };
/// assert_eq!(slots.target(), "/v1/appointments/bookable/1001/slots?customerId=203&daysAhead=6");
/// ```
pub trait Operation {
    /// The HTTP method.
    const METHOD: Method;
    /// The path, with `{name}` where a parameter stands (the form that OpenAPI and axum share).
    const PATH: &'static str;
    /// What the key must be allowed to do.
    const SCOPE: Scope;
    /// What is sent as JSON; `()` where nothing is.
    type Body: Serialize;
    /// What a 200 carries as JSON.
    type Answer: DeserializeOwned;

    /// The path, filled in.
    fn path(&self) -> String {
        Self::PATH.to_owned()
    }

    /// Names and values of the query, not yet encoded.
    fn query(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// What to send.
    fn body(&self) -> Option<&Self::Body> {
        None
    }

    /// Path and query, encoded, to append to a tenant's host.
    fn target(&self) -> String {
        let query = self.query();
        if query.is_empty() {
            return self.path();
        }
        let mut encoded = form_urlencoded::Serializer::new(String::new());
        encoded.extend_pairs(query);
        format!("{}?{}", self.path(), encoded.finish())
    }
}

/// Fills the one `{name}` of a path.
pub(crate) fn fill(template: &str, name: &str, id: i64) -> String {
    template.replace(name, &id.to_string())
}
