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
    let host = settings.url.host_str().unwrap_or_default();
    let port = settings.url.port_or_known_default().unwrap_or(443);
    if tokio::net::lookup_host((host.trim_matches(['[', ']']), port))
        .await
        .is_err()
    {
        let why = format!("FRONTDESK_UPSTREAM_URL: there is no host {host}; write the tenant's own address");
        return Err(StartError::Upstream(why));
    }
    match upstream.check_key().await {
        KeyCheck::Accepted => Ok(()),
        KeyCheck::Refused => {
            let why = format!(
                "FRONTDESK_API_KEY: {host} refuses the key; write the key that belongs to this tenant"
            );
            Err(StartError::Upstream(why))
        }
        KeyCheck::LacksScope(scope) => {
            let why =
                format!("FRONTDESK_API_KEY: the key for {host} lacks the scope {scope}; give it that scope");
            Err(StartError::Upstream(why))
        }
        KeyCheck::NoTenant(said) => {
            let why = format!(
                "FRONTDESK_UPSTREAM_URL: {host} is not a tenant's API ({said}); write the tenant's own address"
            );
            Err(StartError::Upstream(why))
        }
        KeyCheck::Unknown(why) => {
            tracing::warn!(host, why, "the upstream does not answer; starting all the same");
            Ok(())
        }
    }
}
