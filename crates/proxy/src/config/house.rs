//! One studio or several: `[studios.NAME]` of the file, with the values above them as each one's defaults.

use std::collections::BTreeSet;

use super::source::{ConfigError, Source, wrong};
use super::{Database, LogForm, Server, Settings, StudioName};

/// What one process is told: what its studios share, and each of them.
#[derive(Clone, Debug)]
pub struct HouseSettings {
    /// Address and folders, the same for all.
    pub server: Server,
    /// Where what must be remembered is kept, each studio's apart.
    pub database: Database,
    /// How the log is written.
    pub log: LogForm,
    /// Each studio's own; at least one.
    pub studios: Vec<Settings>,
}

/// A proxy of one studio.
impl From<Settings> for HouseSettings {
    fn from(settings: Settings) -> Self {
        Self {
            server: settings.server.clone(),
            database: settings.database.clone(),
            log: settings.log,
            studios: vec![settings],
        }
    }
}

impl HouseSettings {
    /// Reads and checks all of them.
    ///
    /// # Errors
    /// One sentence that names the setting, the studio where there are several, and what it should be.
    pub fn read(from: &Source) -> Result<Self, ConfigError> {
        if from.studios().is_empty() {
            return Settings::read(from).map(Self::from);
        }
        let house = Self {
            server: Server::read(from)?,
            database: Database::read(from)?,
            log: LogForm::read(from)?,
            studios: from
                .studios()
                .keys()
                .map(|name| read(from, name))
                .collect::<Result<_, _>>()?,
        };
        house.hosts_are_told_apart()?;
        house.all_are_real_or_none()?;
        house.hand_offs_are_told_apart()?;
        Ok(house)
    }

    /// Whether a request's host decides which studio it is for.
    pub fn are_several(&self) -> bool {
        self.studios.len() > 1
    }

    fn hosts_are_told_apart(&self) -> Result<(), ConfigError> {
        let mut taken = BTreeSet::new();
        for studio in &self.studios {
            if studio.hosts.is_empty() && self.are_several() {
                let wants =
                    "has no `hosts`: write the names it is asked for by, such as [\"book.north.example\"]";
                return Err(of_studio(&studio.name, wrong_hosts(wants)));
            }
            for host in &studio.hosts {
                if !taken.insert(host) {
                    let wants = format!("has the host {host}, which another studio has too");
                    return Err(of_studio(&studio.name, wrong_hosts(&wants)));
                }
            }
        }
        Ok(())
    }

    /// A token names a customer's id, and each studio counts its own: one for a studio must be none for another.
    fn hand_offs_are_told_apart(&self) -> Result<(), ConfigError> {
        let mut taken = BTreeSet::new();
        for studio in &self.studios {
            let audience = studio
                .identity
                .hand_off
                .as_ref()
                .map(|hand_off| &hand_off.audience);
            if audience.is_some_and(|audience| !taken.insert(audience)) {
                let wants = "is another studio's too: a token has to say for which of them it is";
                return Err(of_studio(&studio.name, wrong("handoff_audience", wants)));
            }
        }
        Ok(())
    }

    /// A demo studio beside a real one is a key that was forgotten.
    fn all_are_real_or_none(&self) -> Result<(), ConfigError> {
        let is_real = |studio: &&Settings| studio.upstream.is_some();
        let lacks = self.studios.iter().find(|studio| studio.upstream.is_none());
        match lacks {
            Some(studio) if self.studios.iter().any(|studio| is_real(&studio)) => {
                let wants = "is not set, and other studios have one; unset all for demo studios";
                Err(of_studio(&studio.name, wrong("upstream_url", wants)))
            }
            _ => Ok(()),
        }
    }
}

fn read(from: &Source, name: &StudioName) -> Result<Settings, ConfigError> {
    let of = |error| of_studio(name, error);
    let own = from.of_studio(name);
    if own.has_own("upstream_url") && !own.has_own("api_key") {
        // A key goes to the host that it was written for, and to no other.
        let wants = "is not set for it, and its FRONTDESK_UPSTREAM_URL needs a key of its own";
        return Err(of(wrong("api_key", wants)));
    }
    let mut settings = Settings::read(own.source()).map_err(of)?;
    settings.name = name.clone();
    settings.hosts = own.hosts(&settings.server.origins).map_err(of)?;
    Ok(settings)
}

fn wrong_hosts(wants: &str) -> ConfigError {
    ConfigError::Wrong {
        name: "it".into(),
        wants: wants.into(),
    }
}

fn of_studio(name: &StudioName, cause: ConfigError) -> ConfigError {
    ConfigError::Studio {
        name: name.clone(),
        cause: Box::new(cause),
    }
}
