//! The text of a configuration file, as it is read at the start and on SIGHUP.

use frontdesk_proxy::config::{HouseSettings, Source};

use super::text;

/// Stands in every secret of the seeds.
const PLANTED: &str = "planted-";
const SECRETS: [&str; 7] = [
    "api_key",
    "database",
    "handoff_key",
    "metrics_token",
    "session_key",
    "smtp_url",
    "webhook_key",
];

/// It is understood or refused in one line, which holds no secret, nor does what a debugger would print of it.
pub(super) fn settings(bytes: &[u8]) {
    let text = text(bytes);
    let read = Source::of_text(text).and_then(|source| HouseSettings::read(&source));
    let said = match &read {
        Ok(settings) => {
            assert!(!settings.studios.is_empty());
            format!("{settings:?}")
        }
        Err(error) => error.to_string(),
    };
    if stands_in_secrets_alone(text) {
        assert!(!said.contains(PLANTED), "{said}");
    }
    let again = Source::of_text(text).and_then(|source| HouseSettings::read(&source));
    assert_eq!(again.is_ok(), read.is_ok());
}

/// Whether what is planted stands nowhere but in secrets. What is no TOML is repeated nowhere.
fn stands_in_secrets_alone(text: &str) -> bool {
    let Ok(table) = text.parse::<toml::Table>() else {
        return true;
    };
    outside_secrets(&table)
}

fn outside_secrets(table: &toml::Table) -> bool {
    table.iter().all(|(name, value)| {
        let secret = SECRETS.contains(&name.as_str()) && value.is_str();
        let within = match value {
            toml::Value::Table(inner) => outside_secrets(inner),
            other => secret || !other.to_string().contains(PLANTED),
        };
        within && !name.contains(PLANTED)
    })
}
