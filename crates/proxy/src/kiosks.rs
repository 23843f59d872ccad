//! `frontdesk-proxy kiosk`: staff make a code for each device, see which there are, and take one away. Works on the database
//! of a proxy that runs beside it, with the same settings.

use chrono::{DateTime, Utc};
use clap::Subcommand;

use crate::app::{DATABASE, StartError, open_database};
use crate::clock::Clock;
use crate::config::{Database, HouseSettings, StudioName};
use crate::identity::PairingCode;
use crate::store::{Backend, KioskState, Store, StoreError};

/// Fits on a screen, and in a line of the log.
const LONGEST_NAME: usize = 40;

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub enum Order {
    /// Makes a code for each of some new kiosks. Type it at /kiosk on the device within ten minutes.
    Pair {
        /// What to call each.
        #[arg(required = true)]
        names: Vec<String>,
    },
    /// Says which there are, and when each was last seen.
    List,
    /// Takes one away at once, with whoever is signed in at it.
    Revoke {
        /// What it is called.
        name: String,
    },
}

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum KioskError {
    /// Somewhere else than where the proxy is at work.
    #[error("there is no database in {0}: start the proxy first, and give this command the same settings")]
    NoDatabase(String),
    /// It cannot be opened.
    #[error(transparent)]
    Start(#[from] StartError),
    /// It fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There are several.
    #[error("say which studio: --studio with one of {0}")]
    WhichStudio(String),
    /// There is none of that name.
    #[error("there is no studio {0}: there is {1}")]
    NoStudio(String, String),
    /// Nobody could read it.
    #[error("a kiosk's name has 1 to {LONGEST_NAME} characters that can be seen")]
    Name,
    /// It is taken.
    #[error("there is a kiosk called {0:?} already: revoke it first, or take another name")]
    Stands(String),
    /// There is none of that name.
    #[error("there is no kiosk called {0:?}")]
    NoKiosk(String),
}

/// Does it, and says a line for each kiosk as it is done.
///
/// # Errors
/// One sentence; what was said before was done.
pub async fn carry_out(
    order: &Order,
    studio: Option<&str>,
    settings: &HouseSettings,
    clock: &Clock,
    mut say: impl FnMut(String),
) -> Result<(), KioskError> {
    let studios = chosen(order, studio, settings)?;
    let backend = open(settings).await?;
    for name in studios {
        let store = backend.of(name);
        let before = if settings.are_several() {
            format!("{name}: ")
        } else {
            String::new()
        };
        match order {
            Order::Pair { names } => pair(&*store, names, clock, &mut say).await?,
            Order::List => list(&*store, |line| say(format!("{before}{line}"))).await?,
            Order::Revoke { name } => revoke(&*store, name, clock, &mut say).await?,
        }
    }
    backend.close().await;
    Ok(())
}

/// All of them are listed; what changes something is of one alone.
fn chosen<'a>(
    order: &Order,
    asked: Option<&str>,
    settings: &'a HouseSettings,
) -> Result<Vec<&'a StudioName>, KioskError> {
    let all: Vec<&StudioName> = settings.studios.iter().map(|studio| &studio.name).collect();
    let names = || {
        all.iter()
            .map(|name| name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    match (asked, all.as_slice()) {
        (Some(asked), _) => {
            let found = all.iter().find(|name| name.as_str() == asked);
            let none = || KioskError::NoStudio(asked.to_owned(), names());
            found.map(|name| vec![*name]).ok_or_else(none)
        }
        (None, [_]) => Ok(all),
        (None, _) if matches!(order, Order::List) => Ok(all),
        (None, _) => Err(KioskError::WhichStudio(names())),
    }
}

/// Never makes a new one: a code in a database that no proxy looks into is good for nothing.
async fn open(settings: &HouseSettings) -> Result<Backend, KioskError> {
    let data = &settings.server.data;
    if matches!(settings.database, Database::File) && !data.join(DATABASE).is_file() {
        return Err(KioskError::NoDatabase(data.display().to_string()));
    }
    Ok(open_database(settings).await?)
}

async fn pair(
    store: &dyn Store,
    names: &[String],
    clock: &Clock,
    say: &mut impl FnMut(String),
) -> Result<(), KioskError> {
    let names: Vec<&str> = names.iter().map(|name| sound(name)).collect::<Result<_, _>>()?;
    for name in names {
        let code = PairingCode::made();
        if !store.put_kiosk(&code.for_kiosk(name, clock.now())).await? {
            return Err(KioskError::Stands(name.to_owned()));
        }
        say(format!(
            "{code}  {name}: type this at /kiosk on the device, within ten minutes"
        ));
    }
    Ok(())
}

async fn list(store: &dyn Store, mut say: impl FnMut(String)) -> Result<(), KioskError> {
    for (name, state) in store.kiosks().await? {
        say(format!("{name}: {}", stands(state)));
    }
    Ok(())
}

fn stands(state: KioskState) -> String {
    let minute = |at: DateTime<Utc>| at.format("%Y-%m-%d %H:%M UTC").to_string();
    match state {
        KioskState::Waits(until) => format!("waits for its device until {}", minute(until)),
        KioskState::Revoked(at) => format!("revoked {}", minute(at)),
        KioskState::Paired { at, seen: None } => format!("paired {}", minute(at)),
        KioskState::Paired { at, seen: Some(seen) } => {
            format!("paired {}, last seen {}", minute(at), minute(seen))
        }
    }
}

async fn revoke(
    store: &dyn Store,
    name: &str,
    clock: &Clock,
    say: &mut impl FnMut(String),
) -> Result<(), KioskError> {
    let name = name.trim();
    if !store.revoke_kiosk(name, clock.now()).await? {
        return Err(KioskError::NoKiosk(name.to_owned()));
    }
    say(format!("{name}: revoked"));
    Ok(())
}

fn sound(name: &str) -> Result<&str, KioskError> {
    let name = name.trim();
    let length = (1..=LONGEST_NAME).contains(&name.chars().count());
    let seen = !name.chars().any(char::is_control);
    if length && seen {
        Ok(name)
    } else {
        Err(KioskError::Name)
    }
}
