//! `GET /embed`: how the app comes onto the gym's own site. A page for whoever builds that: what they choose stands in its
//! address, and what comes in has been read before it goes into markup that they copy.

use std::sync::Arc;

use axum::extract::State;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use booking::place::BUILDER_PATH;
use booking::{Lang, Route, boot};
use perfectgym::{BookableAppointment, BookableAppointmentId};
use serde::Deserialize;
use url::Url;

use super::offer::Offer;
use super::openapi::{Told, field, page, query};
use super::own_origin::own_origin;
use super::pace;
use super::signing_in::plain::Page;
use super::tongue::Tongue;
use crate::app::App;
use crate::page::plain::{ATTRIBUTES, Embed, Screen, SiteVerdict};

/// As it was sent; nothing of it is believed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    service: String,
    mode: String,
    theme: String,
    brand: String,
    lang: String,
    site: String,
}

/// Counted as calls.
pub(super) fn offer(app: &Arc<App>) -> Offer<Arc<App>> {
    let chosen = ATTRIBUTES.into_iter().chain(["site"]);
    let told = Told::get(
        BUILDER_PATH,
        "builder",
        "How the app comes onto the gym's own site.",
    )
    .answers(200, page("The page, with what to copy."))
    .fails(&[421, 503]);
    let told = chosen.fold(told, |told, name| {
        told.takes(query(name, "What was chosen.", field("As typed.")))
    });
    let counted = from_fn_with_state(Arc::clone(app), pace::keep);
    Offer::new()
        .serve(told, handle)
        .around(|router| router.layer(counted))
}

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    tongue: Tongue,
    asked: Result<Query<Asked>, QueryRejection>,
    request: Request,
) -> Response {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let services = services(&app, &tongue.accepts).await;
    let screen = Screen::Embed(Box::new(screen(
        &app,
        &asked,
        services,
        own_origin(&app, request.uri(), request.headers()),
    )));
    let page = Page {
        app: &app,
        lang: tongue.lang,
        here: BUILDER_PATH.to_owned(),
        next: Route::home(),
    };
    page.show(StatusCode::OK, &screen)
}

fn screen(app: &App, asked: &Asked, services: Vec<(String, String)>, origin: String) -> Embed {
    let site = read_site(&asked.site);
    let verdict = (!asked.site.trim().is_empty()).then(|| judged(app, site.as_deref(), &origin));
    Embed {
        action: BUILDER_PATH.to_owned(),
        origin,
        may_be_framed: app.settings.browsers.may_be_framed(),
        site: site.unwrap_or_else(|| asked.site.clone()),
        verdict,
        services,
        chosen: chosen(asked),
    }
}

/// In the order of the page's attributes.
fn chosen(asked: &Asked) -> [String; 5] {
    let service = asked
        .service
        .parse()
        .map(|id: BookableAppointmentId| id.to_string());
    let one_of = |value: &str, known: &[&str]| known.contains(&value).then(|| value.to_owned());
    let brand = asked.brand.trim().trim_start_matches('#');
    let is_brand = brand.len() == 6 && brand.bytes().all(|b| b.is_ascii_hexdigit());
    [
        service.unwrap_or_default(),
        one_of(&asked.mode, &["button"]).unwrap_or_default(),
        one_of(&asked.theme, &["light", "dark"]).unwrap_or_default(),
        if is_brand {
            brand.to_ascii_lowercase()
        } else {
            String::new()
        },
        Lang::parse(&asked.lang)
            .map(|lang| lang.tag().to_owned())
            .unwrap_or_default(),
    ]
}

fn judged(app: &App, site: Option<&str>, own: &str) -> SiteVerdict {
    let Some(site) = site else {
        return SiteVerdict::NoAddress;
    };
    let named = app.settings.browsers.may_be_framed_by(site);
    match (named, own.starts_with("https://")) {
        (false, _) => SiteVerdict::NotNamed,
        (true, false) => SiteVerdict::WithoutTls,
        (true, true) => SiteVerdict::Works,
    }
}

/// The origin of an address as people write one: without its scheme, or with a path.
fn read_site(text: &str) -> Option<String> {
    let text = text.trim();
    let whole = if text.contains("://") {
        text.to_owned()
    } else {
        format!("https://{text}")
    };
    let url = Url::parse(&whole)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let is_name = url
        .host_str()
        .is_some_and(|host| host.contains('.') || host == "localhost");
    (is_name && url.username().is_empty()).then(|| url.origin().ascii_serialization())
}

/// All that can be booked, as far as the upstream says.
async fn services(app: &App, language: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let take = |service: &BookableAppointment| {
        all.push((service.id.to_string(), service.title.clone().unwrap_or_default()));
    };
    let walk = boot::walk_of_catalogue();
    // A page that lacks some is better than none.
    let _ = app.catalogue.each(&app.upstream, walk, language, take).await;
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_read_as_people_write_it() {
        for (text, origin) in [
            ("https://www.gym.example", "https://www.gym.example"),
            ("www.gym.example/booking?x=1", "https://www.gym.example"),
            ("  HTTP://Gym.example:8080/ ", "http://gym.example:8080"),
            ("localhost:3000", "https://localhost:3000"),
        ] {
            assert_eq!(read_site(text).as_deref(), Some(origin), "{text}");
        }
        for odd in [
            "",
            "gym",
            "ftp://gym.example",
            "https://",
            "javascript:alert(1)",
            "https://a@gym.example",
            "\"><b>",
        ] {
            assert_eq!(read_site(odd), None, "{odd}");
        }
    }

    #[test]
    fn nothing_that_is_no_choice_comes_into_what_is_copied() {
        let asked = Asked {
            service: "7\" onload=\"x".into(),
            mode: "dialog\"".into(),
            theme: "<b>".into(),
            brand: "\"><scr".into(),
            lang: "de\"".into(),
            site: String::new(),
        };
        assert_eq!(chosen(&asked), <[String; 5]>::default());
        let asked = Asked {
            service: "7".into(),
            mode: "button".into(),
            theme: "dark".into(),
            brand: "#8A1C1C".into(),
            lang: "de".into(),
            site: String::new(),
        };
        assert_eq!(chosen(&asked), ["7", "button", "dark", "8a1c1c", "de"]);
    }
}
