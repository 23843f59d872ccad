//! `frontdesk-proxy check`: tries what is configured, and changes nothing anywhere.
//!
//! A scope is tried with a read that finds nothing; what would book is not tried.

mod database;

use perfectgym::{
    BookingId, GetBooking, ListBookableAppointments, Operation, Scope, SearchCustomers, SliceSize,
};

use crate::app::StartError;
use crate::check;
use crate::config::{HouseSettings, Server, Settings};
use crate::mail::{MailError, Mailer};
use crate::template::{Shell, Template};
use crate::tls::Tls;
use crate::upstream::{KeyCheck, Upstream, UpstreamError};

/// No booking has it.
const NO_BOOKING: BookingId = BookingId(i64::MAX);
/// `.invalid` is nobody's (RFC 2606).
const NOBODY: &str = "nobody@frontdesk.invalid";

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// As it should be.
    Sound(String),
    /// Not there, or not right.
    Missing(String),
    /// Could not be found out just now.
    Unknown(String),
    /// Not tried, and why.
    Untried(String),
}

impl Finding {
    /// Whether the proxy can do with it.
    pub fn will_do(&self) -> bool {
        matches!(self, Self::Sound(_) | Self::Untried(_))
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (mark, says) = match self {
            Self::Sound(says) => ("ok", says),
            Self::Missing(says) => ("MISSING", says),
            Self::Unknown(says) => ("UNKNOWN", says),
            Self::Untried(says) => ("not tried", says),
        };
        write!(f, "{mark:10}{says}")
    }
}

/// Looks at everything; what concerns one of several studios says which.
pub async fn examine(settings: &HouseSettings) -> Vec<Finding> {
    let mut found = of_the_process(&settings.server);
    found.push(database::look(settings).await);
    for studio in &settings.studios {
        let own = of_a_studio(studio).await;
        let several = settings.are_several();
        found.extend(
            own.into_iter()
                .map(|finding| if several { named(studio, finding) } else { finding }),
        );
    }
    found
}

/// Files that the process reads.
fn of_the_process(server: &Server) -> Vec<Finding> {
    let app = match Template::open(&server.dist, Shell::Anywhere { may_be_framed: false }) {
        Ok(_) => Finding::Sound("the built app is there".into()),
        Err(error) => Finding::Missing(StartError::from(error).to_string()),
    };
    let tls = server.doors.tls.as_ref().map(|files| match Tls::open(files) {
        Ok(_) => Finding::Sound("certificate and key go together".into()),
        Err(error) => Finding::Missing(error.to_string()),
    });
    [Some(app), tls].into_iter().flatten().collect()
}

async fn of_a_studio(settings: &Settings) -> Vec<Finding> {
    let mut found = of_the_upstream(settings).await;
    found.extend(of_the_mail(settings).await);
    found
}

/// Whether the mail server takes us. Sends nobody anything.
async fn of_the_mail(settings: &Settings) -> Option<Finding> {
    let mail = settings.mail.as_ref()?;
    let mailer = match Mailer::smtp(mail) {
        Ok(mailer) => mailer,
        Err(error) => return Some(Finding::Missing(error.to_string())),
    };
    let says = |what: String| format!("FRONTDESK_SMTP_URL: {what}");
    Some(match mailer.greet().await {
        Ok(()) => Finding::Sound(says(format!("{} takes e-mails", mail.host))),
        Err(MailError::NoAnswer) => Finding::Unknown(says(MailError::NoAnswer.to_string())),
        Err(error) => Finding::Missing(says(error.to_string())),
    })
}

async fn of_the_upstream(settings: &Settings) -> Vec<Finding> {
    let Some(configured) = &settings.upstream else {
        let says = "no upstream is set: this is the demo studio, and nothing in it is real";
        return vec![Finding::Untried(says.into())];
    };
    let upstream = match Upstream::new(configured, &settings.limits) {
        Ok(upstream) => upstream,
        Err(error) => return vec![Finding::Missing(StartError::from(error).to_string())],
    };
    let mut found = vec![of_the_key(configured, &upstream).await];
    if found.iter().all(Finding::will_do) {
        found.extend(of_the_scopes(&upstream).await);
    }
    found
}

async fn of_the_key(configured: &crate::config::Upstream, upstream: &Upstream) -> Finding {
    let host = configured.url.host_str().unwrap_or_default();
    if let Err(error) = check::find_host(configured).await {
        return Finding::Missing(error.to_string());
    }
    let checked = upstream.check_key().await;
    match check::verdict(host, &checked) {
        Err(error) if !matches!(checked, KeyCheck::LacksScope(_)) => Finding::Missing(error.to_string()),
        _ => match checked {
            KeyCheck::Unknown(why) => Finding::Unknown(format!("{host} does not answer: {why}")),
            _ => Finding::Sound(format!("{host} takes the key")),
        },
    }
}

async fn of_the_scopes(upstream: &Upstream) -> Vec<Finding> {
    let list = ListBookableAppointments {
        offset: None,
        slice_size: Some(SliceSize::LEAST),
    };
    let search = SearchCustomers {
        email: Some(NOBODY.into()),
        ..SearchCustomers::default()
    };
    let write = format!(
        "{}: without booking something there is no way to try it; book once, and cancel it",
        Scope::AppointmentsWrite.as_str()
    );
    vec![
        scope(upstream, &list, "nobody sees what can be booked").await,
        scope(
            upstream,
            &GetBooking { id: NO_BOOKING },
            "nobody sees their bookings",
        )
        .await,
        scope(upstream, &search, "nobody can sign in").await,
        Finding::Untried(write),
    ]
}

/// Whether an operation is allowed; what else comes of it says that it was.
async fn scope<O: Operation>(upstream: &Upstream, operation: &O, without: &str) -> Finding {
    let scope = O::SCOPE.as_str();
    match upstream.call(operation, "en").await {
        Err(UpstreamError::Forbidden(said)) => Finding::Missing(format!(
            "{scope}: the key lacks it (status {}), and {without}; give it that scope",
            said.status
        )),
        Ok(_) | Err(UpstreamError::NotFound(_) | UpstreamError::Refused(_)) => Finding::Sound(scope.into()),
        Err(error) => Finding::Unknown(format!("{scope}: {error}")),
    }
}

fn named(studio: &Settings, finding: Finding) -> Finding {
    let of = |says: String| format!("studio {}: {says}", studio.name);
    match finding {
        Finding::Sound(says) => Finding::Sound(of(says)),
        Finding::Missing(says) => Finding::Missing(of(says)),
        Finding::Unknown(says) => Finding::Unknown(of(says)),
        Finding::Untried(says) => Finding::Untried(of(says)),
    }
}
