//! What one step of signing in knows and the next needs, sealed in a cookie that lasts ten minutes.

use axum::http::{HeaderMap, HeaderValue};
use chrono::{DateTime, TimeDelta, Utc};
use perfectgym::CustomerId;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::http::jar::{Jar, Sent};
use crate::identity::{Established, Purpose};

const NAME: &str = "-step";
const LASTS: TimeDelta = TimeDelta::minutes(10);

/// Where somebody is. Deliberately not `Debug`.
#[derive(Clone, Serialize, Deserialize)]
pub(super) enum Step {
    /// An e-mail is on its way, or is not.
    Sent {
        /// What it is found by.
        id: String,
        /// As it was typed.
        email: String,
    },
    /// They read an address's e-mails, and say which of these they are.
    Choose {
        /// Good once.
        id: String,
        email: String,
        people: Vec<Somebody>,
    },
    /// The gym's site has handed them over while somebody else is signed in.
    HandedOver { id: String, who: Somebody, next: String },
}

/// A customer who was established, and what a page shows of them.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Somebody {
    pub(super) customer: CustomerId,
    pub(super) first_name: Option<String>,
    /// The upstream's word, where there is one.
    pub(super) status: Option<String>,
}

impl Somebody {
    pub(super) fn established(&self) -> Established {
        Established {
            customer: self.customer,
            first_name: self.first_name.clone(),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Carried {
    step: Step,
    until: i64,
}

impl Step {
    /// The step that a browser is at.
    pub(super) fn of(app: &App, headers: &HeaderMap) -> Option<Self> {
        let value = Jar::of(headers, app).find(headers, NAME)?;
        let carried: Carried = app.seal.open_for(Purpose::Step, value)?;
        (app.clock.now().timestamp() < carried.until).then_some(carried.step)
    }

    /// The cookie that keeps it.
    pub(super) fn cookie(self, app: &App, headers: &HeaderMap) -> Option<HeaderValue> {
        let carried = Carried {
            step: self,
            until: until(app).timestamp(),
        };
        let sealed = app.seal.seal_for(Purpose::Step, &carried)?;
        Jar::of(headers, app).set(Sent::AlongLinks, NAME, &sealed, LASTS)
    }
}

/// When a step that begins now is over.
pub(super) fn until(app: &App) -> DateTime<Utc> {
    app.clock.now() + LASTS
}

/// The cookies that end it.
pub(super) fn unset(headers: &HeaderMap, app: &App) -> Vec<HeaderValue> {
    Jar::of(headers, app).unset(NAME)
}
