//! Where settings come from: the environment, and a TOML file behind it.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use super::tables::{self, STUDIOS, Table};
use super::{NAMES, StudioName};

const PREFIX: &str = "FRONTDESK_";

/// Why the proxy does not start. One clear sentence each.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The TOML file is not there, or not for us to read.
    #[error("the configuration file {path} cannot be read: {cause}")]
    File {
        /// As it was given.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The file is not TOML, or a setting in it is not a plain value.
    #[error("the configuration file {path} is not understood: {why}")]
    Toml {
        /// As it was given.
        path: PathBuf,
        /// Line and reason.
        why: String,
    },
    /// A name that no setting has.
    #[error(
        "the configuration file {path} sets `{name}`, and there is no setting of that name (see docs/operate.md)"
    )]
    NoSuchSetting {
        /// As it was given.
        path: PathBuf,
        /// The name.
        name: String,
    },
    /// A value that cannot be used.
    #[error("{name} is \"{got}\": {wants}")]
    Value {
        /// `FRONTDESK_...`
        name: String,
        /// What was set. Never a secret.
        got: String,
        /// What it should be.
        wants: String,
    },
    /// A secret that cannot be used, or settings that do not go together. Says nothing of the value.
    #[error("{name} {wants}")]
    Wrong {
        /// `FRONTDESK_...`
        name: String,
        /// What is wrong, and what it should be.
        wants: String,
    },
    /// Something of one of several studios.
    #[error("studio {name}: {cause}")]
    Studio {
        /// Which.
        name: StudioName,
        /// What.
        cause: Box<ConfigError>,
    },
}

/// Names in the environment that other parts of this repository read: its commands and tests, and the arguments.
const OTHERS: &[&str] = &["config", "proxy", "mint_session", "test_postgres"];
const OTHERS_BEGIN: &str = "e2e_";

/// By their names in the file.
pub(super) type Values = BTreeMap<&'static str, String>;

/// The values that were set, by their name in the file.
#[derive(Clone, Default)]
pub struct Source {
    values: Values,
    studios: BTreeMap<StudioName, Table>,
    strangers: Vec<String>,
}

/// Two of the same values are equal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fingerprint")
    }
}

impl Source {
    /// Reads the environment's variables, and the file where one is named. The environment wins; empty means not set.
    ///
    /// # Errors
    /// The file cannot be read, is not TOML, or names a setting there is none of.
    pub fn read(
        env: impl IntoIterator<Item = (String, String)>,
        file: Option<&Path>,
    ) -> Result<Self, ConfigError> {
        let mut source = file.map(read_file).transpose()?.unwrap_or_default();
        for (name, value) in env {
            source.take(name, value.trim());
        }
        // Whoever unsets a value sets it to nothing, in the file as in the environment.
        source.values.retain(|_, value| !value.is_empty());
        Ok(source)
    }

    /// Reads what a file would say, without an environment.
    ///
    /// # Errors
    /// It is not TOML, or names a setting there is none of.
    pub fn of_text(text: &str) -> Result<Self, ConfigError> {
        let mut source = understood(Path::new("a text"), text)?;
        source.values.retain(|_, value| !value.is_empty());
        Ok(source)
    }

    fn take(&mut self, name: String, value: &str) {
        let Some(ours) = name.strip_prefix(PREFIX).map(str::to_ascii_lowercase) else {
            return;
        };
        match known(&ours) {
            Some(_) if value.is_empty() => {}
            Some(known) => {
                self.values.insert(known, value.to_owned());
            }
            None if OTHERS.contains(&ours.as_str()) || ours.starts_with(OTHERS_BEGIN) => {}
            None => self.strangers.push(name),
        }
    }

    /// Names in the environment that look like settings and are none: misspelt, most likely.
    pub fn strangers(&self) -> &[String] {
        &self.strangers
    }

    /// The studios' own tables.
    pub(super) fn studios(&self) -> &BTreeMap<StudioName, Table> {
        &self.studios
    }

    /// The same, with other values for some.
    pub(super) fn with(&self, own: &Values) -> Self {
        let mut values = self.values.clone();
        values.extend(own.iter().map(|(name, value)| (*name, value.clone())));
        Self {
            values,
            ..Self::default()
        }
    }

    /// Of all values.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        let mut hash = Sha256::new();
        for (name, value) in &self.values {
            // With its length: no value can be written so that it looks like two.
            hash.update(format!("{name} {} {value}\n", value.len()));
        }
        Fingerprint(hash.finalize().into())
    }

    /// A value as it was set.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// A value that has to be understood; `wants` completes the sentence of the error.
    pub(super) fn parsed<T: FromStr>(&self, name: &str, wants: &str, default: T) -> Result<T, ConfigError> {
        let Some(text) = self.text(name) else {
            return Ok(default);
        };
        text.parse().map_err(|_| value_error(name, text, wants))
    }

    /// Likewise, of a number that has to lie within bounds, which `wants` names.
    pub(super) fn within<T>(
        &self,
        name: &str,
        wants: &str,
        bounds: RangeInclusive<T>,
        default: T,
    ) -> Result<T, ConfigError>
    where
        T: FromStr + PartialOrd + Display,
    {
        let number = self.parsed(name, wants, default)?;
        if bounds.contains(&number) {
            Ok(number)
        } else {
            Err(value_error(name, &number.to_string(), wants))
        }
    }

    /// `true` or `false`; also `1` and `0`, `yes` and `no`, `on` and `off`.
    pub(super) fn flag(&self, name: &str) -> Result<bool, ConfigError> {
        let Some(text) = self.text(name) else {
            return Ok(false);
        };
        match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Ok(true),
            "false" | "0" | "no" | "off" => Ok(false),
            _ => Err(value_error(name, text, "write true or false")),
        }
    }
}

pub(super) fn env_name(name: &str) -> String {
    format!("{PREFIX}{}", name.to_ascii_uppercase())
}

pub(super) fn value_error(name: &str, got: &str, wants: &str) -> ConfigError {
    ConfigError::Value {
        name: env_name(name),
        got: got.to_owned(),
        wants: wants.to_owned(),
    }
}

pub(super) fn wrong(name: &str, wants: &str) -> ConfigError {
    ConfigError::Wrong {
        name: env_name(name),
        wants: wants.to_owned(),
    }
}

fn known(name: &str) -> Option<&'static str> {
    NAMES.iter().copied().find(|known| *known == name)
}

fn read_file(path: &Path) -> Result<Source, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|cause| ConfigError::File {
        path: path.into(),
        cause,
    })?;
    understood(path, &text)
}

fn understood(path: &Path, text: &str) -> Result<Source, ConfigError> {
    let understood: Result<toml::Table, _> = text.parse();
    // The parser's own message quotes the line, which may be the key's: only where it is goes out.
    let mut table = understood.map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.get(..at).unwrap_or_default().lines().count().max(1);
        ConfigError::Toml {
            path: path.into(),
            why: format!("line {line} is not TOML"),
        }
    })?;
    let studios = table.remove(STUDIOS).map(|value| tables::read(path, value));
    let values = table
        .into_iter()
        .map(|(name, value)| entry(path, &name, &value))
        .collect::<Result<_, _>>()?;
    Ok(Source {
        values,
        studios: studios.transpose()?.unwrap_or_default(),
        strangers: Vec::new(),
    })
}

/// One setting as text, under its own name.
pub(super) fn entry(
    path: &Path,
    name: &str,
    value: &toml::Value,
) -> Result<(&'static str, String), ConfigError> {
    let no_such = || ConfigError::NoSuchSetting {
        path: path.into(),
        name: name.to_owned(),
    };
    let name = known(name).ok_or_else(no_such)?;
    let text = match value {
        toml::Value::String(text) => text.trim().to_owned(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Boolean(flag) => flag.to_string(),
        _ => {
            return Err(ConfigError::Toml {
                path: path.into(),
                why: format!("`{name}` is not a plain value"),
            });
        }
    };
    Ok((name, text))
}
