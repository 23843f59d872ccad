//! The file's `[studios.NAME]`, before anything in them is understood.

use std::collections::BTreeMap;
use std::path::Path;

use url::Host;

use super::source::{ConfigError, Source, Values, entry};
use super::{Origin, SHARED, StudioName};

/// The file's word for the studios.
pub(super) const STUDIOS: &str = "studios";
const HOSTS: &str = "hosts";

/// One studio's table.
#[derive(Clone, Default)]
pub(super) struct Table {
    values: Values,
    hosts: Vec<String>,
}

/// What one studio is told: its own values, and those above them where it has none.
pub(super) struct OwnSource<'a> {
    own: &'a Table,
    merged: Source,
}

impl OwnSource<'_> {
    pub(super) fn source(&self) -> &Source {
        &self.merged
    }

    /// Whether the studio's own table says it.
    pub(super) fn has_own(&self, name: &str) -> bool {
        self.own.values.contains_key(name)
    }

    /// The names it is asked for by: its own, or those of its public origins.
    pub(super) fn hosts(&self, origins: &[Origin]) -> Result<Vec<String>, ConfigError> {
        if !self.own.hosts.is_empty() {
            return self.own.hosts.iter().map(|host| read_host(host)).collect();
        }
        let of_origins = origins.iter().filter_map(Origin::host);
        Ok(of_origins.collect())
    }
}

impl Source {
    /// What a studio is told. One of no table is told what all are.
    pub(super) fn of_studio(&self, name: &StudioName) -> OwnSource<'_> {
        static NONE: Table = Table {
            values: BTreeMap::new(),
            hosts: Vec::new(),
        };
        let own = self.studios().get(name).unwrap_or(&NONE);
        OwnSource {
            own,
            merged: self.with(&own.values),
        }
    }
}

/// Reads the tables of all studios.
pub(super) fn read(path: &Path, value: toml::Value) -> Result<BTreeMap<StudioName, Table>, ConfigError> {
    let strange = |why: String| ConfigError::Toml {
        path: path.into(),
        why,
    };
    let toml::Value::Table(studios) = value else {
        return Err(strange("`studios` holds tables, such as [studios.north]".into()));
    };
    let one = |(name, value): (String, toml::Value)| {
        let toml::Value::Table(table) = value else {
            return Err(strange(format!("`studios.{name}` is not a table")));
        };
        let studio: StudioName = name
            .parse()
            .map_err(|error| strange(format!("`studios.{name}`: {error}")))?;
        let table = read_table(path, &studio, table)?;
        Ok((studio, table))
    };
    studios.into_iter().map(one).collect()
}

fn read_table(path: &Path, studio: &StudioName, table: toml::Table) -> Result<Table, ConfigError> {
    let mut read = Table::default();
    for (name, value) in table {
        if name == HOSTS {
            read.hosts = texts(path, studio, value)?;
            continue;
        }
        let (name, text) = entry(path, &name, &value)?;
        if SHARED.contains(&name) {
            return Err(ConfigError::Toml {
                path: path.into(),
                why: format!("`{name}` is the same for all studios: it belongs above [studios.{studio}]"),
            });
        }
        if !text.is_empty() {
            read.values.insert(name, text);
        }
    }
    Ok(read)
}

fn texts(path: &Path, studio: &StudioName, value: toml::Value) -> Result<Vec<String>, ConfigError> {
    let strange = || ConfigError::Toml {
        path: path.into(),
        why: format!(
            "`hosts` of [studios.{studio}] is not a list of names, such as [\"book.north.example\"]"
        ),
    };
    let toml::Value::Array(list) = value else {
        return Err(strange());
    };
    list.into_iter()
        .map(|one| one.as_str().map(str::to_owned).ok_or_else(strange))
        .collect()
}

/// As browsers write it: small letters, no port.
fn read_host(text: &str) -> Result<String, ConfigError> {
    let host = Host::parse(text.trim()).map_err(|_| ConfigError::Wrong {
        name: "it".into(),
        wants: format!("has the host \"{text}\", which is no host name: write it without scheme and port"),
    })?;
    Ok(host.to_string())
}
