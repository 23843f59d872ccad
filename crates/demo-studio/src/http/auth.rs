//! Keys and what they open.
//!
//! One key opens everything; its name with an ending opens less, for trying what an operator sees who forgot a scope.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use perfectgym::{API_KEY_HEADER, Scope};

use super::app::App;
use super::error::Problem;

/// Ending of the key that reads but may not book or cancel.
pub const READ_ONLY: &str = "-read";
/// Ending of the key that may look at services and times and at nothing else.
pub const CATALOGUE_ONLY: &str = "-catalogue";
/// Ending of the key that may do everything but look up customers.
pub const NO_CUSTOMERS: &str = "-no-customers";

/// The studio's keys.
#[derive(Clone)]
pub(crate) struct Keys(String);

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(..)")
    }
}

impl Keys {
    pub(crate) fn new(key: String) -> Self {
        Self(key)
    }

    /// What the request's key opens, if it is one of ours.
    fn scopes(&self, headers: &HeaderMap) -> Result<&'static [Scope], Problem> {
        use Scope::{AppointmentsRead, AppointmentsWrite, BookableAppointmentsRead, CustomerRead};
        let given = headers.get(API_KEY_HEADER).and_then(|key| key.to_str().ok());
        let ending = given
            .and_then(|key| key.strip_prefix(self.0.as_str()))
            .ok_or(Problem::BadKey)?;
        match ending {
            "" => Ok(&[
                BookableAppointmentsRead,
                AppointmentsRead,
                AppointmentsWrite,
                CustomerRead,
            ]),
            READ_ONLY => Ok(&[BookableAppointmentsRead, AppointmentsRead, CustomerRead]),
            CATALOGUE_ONLY => Ok(&[BookableAppointmentsRead]),
            NO_CUSTOMERS => Ok(&[BookableAppointmentsRead, AppointmentsRead, AppointmentsWrite]),
            _ => Err(Problem::BadKey),
        }
    }

    pub(crate) fn check(&self, headers: &HeaderMap, scope: Scope) -> Result<(), Problem> {
        let opens = self.scopes(headers)?.contains(&scope);
        opens.then_some(()).ok_or(Problem::MissingScope(scope))
    }
}

/// `HEAD` on any path checks the key and nothing else, as upstream-facts has it.
pub(crate) async fn head(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::HEAD {
        return next.run(request).await;
    }
    match app.keys.scopes(request.headers()) {
        Ok(_) => StatusCode::OK.into_response(),
        Err(problem) => problem.into_response(),
    }
}
