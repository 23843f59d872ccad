//! Asks the upstream once, at the start, whether it is there and takes the key.

use crate::app::StartError;
use crate::config;
use crate::upstream::{KeyCheck, Upstream};

/// Ends the start where the address names no host or no tenant's, or the key is refused. An upstream that is down for the moment
/// ends nothing: it may be back before the first member is here.
///
/// # Errors
/// One sentence.
pub async fn check(settings: &config::Upstream, upstream: &Upstream) -> Result<(), StartError> {
    find_host(settings).await?;
    let host = settings.url.host_str().unwrap_or_default();
    let checked = upstream.check_key().await;
    if let KeyCheck::Unknown(why) = &checked {
        tracing::warn!(host, why, "the upstream does not answer; starting all the same");
    }
    verdict(host, &checked)
}

/// Whether there is such a host.
pub(crate) async fn find_host(settings: &config::Upstream) -> Result<(), StartError> {
    let host = settings.url.host_str().unwrap_or_default();
    let port = settings.url.port_or_known_default().unwrap_or(443);
    let found = tokio::net::lookup_host((host.trim_matches(['[', ']']), port)).await;
    let why = format!("FRONTDESK_UPSTREAM_URL: there is no host {host}; write the tenant's own address");
    found.map(|_| ()).map_err(|_| StartError::Upstream(why))
}

/// What is wrong with the key, in words; nothing where nobody could say.
pub(crate) fn verdict(host: &str, checked: &KeyCheck) -> Result<(), StartError> {
    let why = match checked {
        KeyCheck::Accepted | KeyCheck::Unknown(_) => return Ok(()),
        KeyCheck::Refused => {
            format!("FRONTDESK_API_KEY: {host} refuses the key; write the key that belongs to this tenant")
        }
        KeyCheck::LacksScope(scope) => {
            format!("FRONTDESK_API_KEY: the key for {host} lacks the scope {scope}; give it that scope")
        }
        KeyCheck::NoTenant(said) => format!(
            "FRONTDESK_UPSTREAM_URL: {host} is not a tenant's API ({said}); write the tenant's own address"
        ),
    };
    Err(StartError::Upstream(why))
}
