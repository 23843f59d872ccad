//! The key by which the upstream's webhooks are known.

use secrecy::SecretString;

use super::source::{ConfigError, Source, wrong};

/// Whether webhooks are taken.
#[derive(Clone, Debug, Default)]
pub struct Webhook {
    /// What they carry in `x-api-key`. None: there is no such address.
    pub key: Option<SecretString>,
}

impl Webhook {
    pub(super) fn read(from: &Source) -> Result<Self, ConfigError> {
        let key = from.text("webhook_key").map(read_key).transpose()?;
        Ok(Self { key })
    }
}

fn read_key(text: &str) -> Result<SecretString, ConfigError> {
    let plain = text.bytes().all(|b| b.is_ascii_graphic());
    if plain && text.len() >= 16 {
        Ok(SecretString::from(text))
    } else {
        Err(wrong(
            "webhook_key",
            "is not a key: it has fewer than 16 characters, or a blank or accented one within",
        ))
    }
}
