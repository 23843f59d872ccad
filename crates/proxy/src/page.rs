//! Draws the app's pages: the only file that knows the app's crate.
//!
//! A drawn page holds nothing of a member, so it is the same for everybody, is kept for half a minute, and is
//! compressed once.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use booking::listed::is_worth_saying;
use booking::{Boot, Lang, Route, SignInMethods};
pub(crate) use frontdesk::plain;
use moka::future::Cache;

use crate::app::App;
use crate::catalogue::{for_browser, shown};
use crate::measure::{self, Found};
use crate::packed::Packed;
use crate::template::{Filling, Template, TemplateError};
use crate::upstream::UpstreamError;

const KEPT: Duration = Duration::from_secs(30);
const MOST: u64 = 1000;

/// The pages of one built app.
pub(crate) struct Pages {
    template: Template,
    kept: Cache<Key, Arc<Page>>,
}

/// What makes two pages different; the zone, as it may be learnt while a page is kept.
type Key = (String, Lang, Option<chrono_tz::Tz>);

/// One page, ready to send.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) lang: Lang,
    pub(crate) html: Packed,
}

impl Pages {
    /// Reads the built app.
    ///
    /// # Errors
    /// It is not there, or is not this app.
    pub(crate) fn open(dist: &Path, may_be_framed: bool) -> Result<Self, TemplateError> {
        let kept = Cache::builder().max_capacity(MOST).time_to_live(KEPT).build();
        Ok(Self {
            template: Template::open(dist, may_be_framed)?,
            kept,
        })
    }

    /// The Content-Security-Policy of everything.
    pub(crate) fn policy(&self) -> Arc<str> {
        self.template.policy()
    }
}

/// Draws a page that works without the app.
pub(crate) fn draw_plain(pages: &Pages, setting: &plain::Setting, screen: &plain::Screen) -> String {
    let drawn = plain::draw(setting, screen);
    pages
        .template
        .without_the_app(setting.lang.tag(), &drawn.title, &drawn.html)
}

/// The page of an address. Always one: where the upstream fails, the app says so in its own words. One that has to be
/// drawn costs time and perhaps a call; whoever may not have it drawn gets the bare shell, in which the app draws it.
pub(crate) async fn page(
    app: &App,
    address: &str,
    lang: Lang,
    accepts: &str,
    may_be_drawn: impl FnOnce() -> bool,
) -> Arc<Page> {
    let route = Route::parse(address);
    let address = route.format();
    let key = (address.clone(), lang, app.zone.zone());
    if app.pages.template.changed() {
        app.pages.kept.invalidate_all();
    }
    let kept = app.pages.kept.get(&key).await;
    measure::kept("pages", if kept.is_some() { Found::Hit } else { Found::Miss });
    if let Some(page) = kept {
        return page;
    }
    if !may_be_drawn() {
        return Arc::new(bare(&app.pages.template, lang, 503));
    }
    let (boot, filled) = boot(app, &route, lang, accepts).await;
    let mut page = draw_off_the_loop(&app.pages.template, boot, address).await;
    if filled == Filled::NoSuchService {
        page.status = 404;
    }
    let page = Arc::new(page);
    if filled != Filled::Partly {
        app.pages.kept.insert(key, Arc::clone(&page)).await;
    }
    page
}

/// How much of what a page starts from could be read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Filled {
    /// All.
    Whole,
    /// The upstream failed or was slow: it has what stands in, the app reads the rest, and nobody keeps this page.
    Partly,
    /// The address names a service that the upstream does not have.
    NoSuchService,
}

/// What the page starts from.
async fn boot(app: &App, route: &Route, lang: Lang, accepts: &str) -> (Boot, Filled) {
    let now = app.clock.now();
    let mut boot = Boot {
        lang,
        // The page is the same for everybody; the browser knows whether it is in a frame.
        place: booking::Place::Browser,
        now,
        zone: app.zone.for_browser(now),
        studio: app.contact.clone(),
        demo: (app.demo)(lang),
        times_need_sign_in: app.settings.studio.times_need_sign_in,
        sign_in: SignInMethods {
            number: app.settings.identity.by_number,
            email: app.settings.identity.by_email && app.mailer.is_some(),
        },
        catalogue: None,
        as_of: None,
        service: None,
        kiosk: None,
    };
    let filled = tokio::time::timeout(app.settings.limits.page, fill(app, route, accepts, &mut boot)).await;
    (boot, filled.unwrap_or(Filled::Partly))
}

async fn fill(app: &App, route: &Route, accepts: &str, boot: &mut Boot) -> Filled {
    match route {
        Route::Catalogue(_) => {
            let Some(first) = booking::boot::walk_of_catalogue().next() else {
                return Filled::Partly;
            };
            let Ok(slice) = app.catalogue.slice(&app.upstream, &first, accepts).await else {
                return Filled::Partly;
            };
            boot.catalogue = Some(shown(&slice));
            let old = slice.as_of.filter(|as_of| is_worth_saying(as_of.age.as_secs()));
            boot.as_of = old.map(|as_of| as_of.read_at);
            // Kept by nobody, so that it is gone as soon as the upstream answers.
            if slice.stands_in() {
                Filled::Partly
            } else {
                Filled::Whole
            }
        }
        Route::Times(pick) => match app.catalogue.service(&app.upstream, pick.service, accepts).await {
            // What stands in says so: the app reads it, and hears since when it has been so.
            Ok(service) if service.stands_in() => Filled::Partly,
            Ok(service) => {
                boot.service = Some(for_browser(&service));
                Filled::Whole
            }
            Err(error) if matches!(*error, UpstreamError::NotFound(_)) => Filled::NoSuchService,
            Err(_) => Filled::Partly,
        },
        _ => Filled::Whole,
    }
}

/// Drawing takes milliseconds of computing, which would keep other requests waiting.
async fn draw_off_the_loop(template: &Template, boot: Boot, address: String) -> Page {
    let shell = template.text();
    let lang = boot.lang;
    let drawn = tokio::task::spawn_blocking(move || draw(&shell, &boot, &address)).await;
    let error = match drawn {
        Ok(Ok((status, html))) => {
            return Page {
                status,
                lang,
                html: Packed::new(html),
            };
        }
        Ok(Err(error)) => error.to_string(),
        Err(broke_off) => broke_off.to_string(),
    };
    // The bare shell starts the app in the browser, which then draws for itself.
    tracing::error!(error, "a page could not be drawn");
    bare(template, lang, 200)
}

/// The shell as it was built.
fn bare(template: &Template, lang: Lang, status: u16) -> Page {
    Page {
        status,
        lang,
        html: Packed::plain(template.text().to_string()),
    }
}

fn draw(shell: &str, boot: &Boot, address: &str) -> Result<(u16, String), serde_json::Error> {
    let drawn = frontdesk::draw::draw(boot, address)?;
    let filling = Filling {
        lang: drawn.lang.tag(),
        title: &drawn.title,
        html: &drawn.html,
        boot: &drawn.boot,
    };
    Ok((drawn.status, filling.fill(shell)))
}
