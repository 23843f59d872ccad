//! The demo studio, in this process and yet a real hop away: the proxy speaks to it as to any tenant, over HTTP.
//!
//! The only file that knows the demo studio's crate.

use std::path::Path;

use booking::{DemoMember, Lang, StudioContact};
use demo_studio::{CONTACT, DEMO_KEY, Database, Settings as StudioSettings, Studio};
use secrecy::SecretString;
use tokio::net::TcpListener;
use url::Url;

use crate::app::{Behind, StartError, make_folder};
use crate::config::{self, Settings, StudioName};

/// In the data folder, beside the proxy's own.
fn database(name: &StudioName) -> String {
    if name.is_main() {
        return "demo-studio.sqlite".into();
    }
    format!("demo-studio-{name}.sqlite")
}

/// Starts the studio and says how to reach it. It runs until the process ends.
///
/// # Errors
/// Its file cannot be used, or its address not be listened at.
pub async fn start(settings: &Settings, reset: bool) -> Result<Behind, StartError> {
    let data = &settings.server.data;
    make_folder(data)?;
    let failed = |error: &dyn std::fmt::Display| StartError::Demo(error.to_string());
    let listener = TcpListener::bind(settings.demo.listen)
        .await
        .map_err(|e| failed(&e))?;
    let address = listener.local_addr().map_err(|e| failed(&e))?;
    let url = Url::parse(&format!("http://{address}")).map_err(|e| failed(&e))?;
    let studio = Studio::open(studio_settings(settings, data, reset))
        .await
        .map_err(|e| failed(&e))?;
    tokio::spawn(async move { axum::serve(listener, studio.router()).await });
    let upstream = config::Upstream {
        url,
        key: SecretString::from(DEMO_KEY),
    };
    Ok(told(settings, upstream))
}

/// The same studio, which runs already, told its settings anew.
pub(crate) fn told(settings: &Settings, upstream: config::Upstream) -> Behind {
    Behind {
        upstream,
        demo: members,
        contact: contact(&settings.studio.contact),
        zone: Some(zone(settings)),
    }
}

fn studio_settings(settings: &Settings, data: &Path, reset: bool) -> StudioSettings {
    StudioSettings {
        database: Database::File(data.join(database(&settings.name))),
        reset,
        zone: zone(settings),
        allow_quirks: settings.demo.quirks,
        ..StudioSettings::default()
    }
}

fn zone(settings: &Settings) -> chrono_tz::Tz {
    settings
        .studio
        .zone
        .unwrap_or_else(|| StudioSettings::default().zone)
}

fn members(lang: Lang) -> Vec<DemoMember> {
    let story = |member: &demo_studio::Member| match lang {
        Lang::En => member.story_en,
        Lang::De => member.story_de,
    };
    let one = |member: demo_studio::Member| DemoMember {
        customer_number: member.customer_number.clone().into_owned(),
        date_of_birth: member.date_of_birth,
        first_name: member.first_name.to_owned(),
        story: story(&member).to_owned(),
    };
    demo_studio::members().into_iter().map(one).collect()
}

/// What the operator set, and the demo's own where nothing was.
fn contact(set: &StudioContact) -> StudioContact {
    let or = |set: &Option<String>, own: &str| set.clone().or_else(|| Some(own.to_owned()));
    StudioContact {
        name: or(&set.name, CONTACT.name),
        phone: or(&set.phone, CONTACT.phone),
        email: or(&set.email, CONTACT.email),
        website: or(&set.website, CONTACT.website),
        address: or(&set.address, CONTACT.address),
    }
}
