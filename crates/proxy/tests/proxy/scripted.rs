//! An upstream with one member, whose every answer a test may choose, and which counts what it was asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::{Value, json};

pub(crate) const ADA: (&str, &str) = ("A-1", "1990-01-01");
pub(crate) const BOOK_CALL: &str = "POST /v1/appointments/booking/book";
pub(crate) const VALIDATE_CALL: &str = "POST /v1/appointments/bookable/validate";
pub(crate) const LIST_CALL: &str = "GET /v1/appointments/booking";

/// What is said to which call, and what was asked.
#[derive(Clone, Default)]
pub(crate) struct Scripted {
    answers: Arc<Mutex<BTreeMap<String, (u16, Value)>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Scripted {
    /// An upstream where everything works.
    pub(crate) fn new() -> Self {
        let scripted = Self::default();
        let member = json!({ "id": 7, "customerNumber": ADA.0, "dateOfBirth": ADA.1, "firstName": "Ada" });
        scripted.says("GET /v1/customers/by", 200, member);
        scripted.says(
            "GET /v1/appointments/bookable",
            200,
            json!({ "result": [], "hasNext": false, "offset": "" }),
        );
        scripted.says(VALIDATE_CALL, 200, json!({ "validationStatus": "AVAILABLE" }));
        scripted.says(BOOK_CALL, 200, booking(5));
        scripted.says(LIST_CALL, 200, json!([]));
        scripted
    }

    /// Chooses the answer to a call, such as `GET /v1/appointments/booking/5`, from now on.
    pub(crate) fn says(&self, call: &str, status: u16, body: Value) {
        self.answers
            .lock()
            .unwrap()
            .insert(call.to_owned(), (status, body));
    }

    /// How often a call was made.
    pub(crate) fn asked(&self, call: &str) -> usize {
        self.asked
            .lock()
            .unwrap()
            .iter()
            .filter(|asked| *asked == call)
            .count()
    }

    pub(crate) fn router(&self) -> Router {
        let this = self.clone();
        Router::new().fallback(move |request: Request| {
            let call = format!("{} {}", request.method(), request.uri().path());
            let answer = this.answers.lock().unwrap().get(&call).cloned();
            this.asked.lock().unwrap().push(call);
            let (status, body) =
                answer.unwrap_or((404, json!({ "errorMessage": "none", "traceId": "trace-404" })));
            async move { (StatusCode::from_u16(status).unwrap(), body.to_string()).into_response() }
        })
    }
}

/// Ada's booking of the time that [`wish`] wishes for.
pub(crate) fn booking(id: i64) -> Value {
    json!({
        "bookingId": id, "bookingStatus": "BOOKED", "title": "Massage", "customerId": 7,
        "startDateTime": "2026-11-26T10:00:00Z", "endDateTime": "2026-11-26T11:00:00Z",
        "appointmentStatus": "PLANNED", "participantStatus": "UNSET",
    })
}

pub(crate) fn wish() -> Value {
    json!({
        "bookableAppointmentId": 7,
        "startDateTime": "2026-11-26T10:00:00Z", "endDateTime": "2026-11-26T11:00:00Z",
    })
}
