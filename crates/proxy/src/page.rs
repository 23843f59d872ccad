//! Draws the app's pages: the only file that knows the app's crate.
//!
//! A drawn page holds nothing of a member, so it is the same for everybody, is kept for half a minute, and is
//! compressed once.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use booking::kiosk::KioskSetup;
use booking::listed::is_worth_saying;
use booking::{Boot, Lang, Place, Route, SignInMethods};
pub(crate) use frontdesk::plain;
use moka::future::Cache;

use crate::app::App;
use crate::catalogue::{for_browser, shown};
use crate::measure::{self, Found};
use crate::packed::Packed;
use crate::shells::Shells;
use crate::template::{Filling, Template, TemplateError};
use crate::upstream::UpstreamError;

const KEPT: Duration = Duration::from_secs(30);
const MOST: u64 = 1000;

/// The pages of one built app.
pub(crate) struct Pages {
    shells: Shells,
    kept: Cache<Key, Arc<Page>>,
}

/// What makes two pages different: the address, the language, whether it is a kiosk's; and the zone, as it may be learnt
/// while a page is kept.
type Key = (String, Lang, bool, Option<chrono_tz::Tz>);

/// One page, ready to send.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) lang: Lang,
    /// For where it was made.
    pub(crate) place: Place,
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
            shells: Shells::open(dist, may_be_framed)?,
            kept,
        })
    }

    /// The Content-Security-Policy of everything but the pages of kiosks.
    pub(crate) fn policy(&self) -> Arc<str> {
        self.shells.anywhere().policy()
    }

    /// Likewise of those.
    pub(crate) fn policy_at_kiosks(&self) -> Arc<str> {
        self.shells.of(Place::Kiosk).0.policy()
    }

    /// Which build of the app kiosks get by now.
    pub(crate) fn build_at_kiosks(&self) -> Arc<str> {
        self.refresh();
        self.shells.of(Place::Kiosk).0.build()
    }

    /// Nothing is kept that was drawn into what is no longer there.
    fn refresh(&self) {
        if self.shells.changed() {
            self.kept.invalidate_all();
        }
    }
}

/// Draws a page that works without the app.
pub(crate) fn draw_plain(pages: &Pages, setting: &plain::Setting, screen: &plain::Screen) -> String {
    let drawn = plain::draw(setting, screen);
    pages
        .shells
        .anywhere()
        .without_the_app(setting.lang.tag(), &drawn.title, &drawn.html)
}

/// Who asks for a page.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    /// The language of our own words.
    pub(crate) lang: Lang,
    /// The languages that the upstream is asked in.
    pub(crate) accepts: &'a str,
    /// Where it is shown, as far as we know: whether it is in a frame, the browser finds out.
    pub(crate) place: Place,
}

/// The page of an address. Always one: where the upstream fails, the app says so in its own words. One that has to be
/// drawn costs time and perhaps a call; whoever may not have it drawn gets the bare shell, in which the app draws it.
pub(crate) async fn page(
    app: &App,
    address: &str,
    reader: Reader<'_>,
    may_be_drawn: impl FnOnce() -> bool,
) -> Arc<Page> {
    let route = Route::parse(address);
    let address = route.format();
    app.pages.refresh();
    let (template, place) = app.pages.shells.of(reader.place);
    let reader = Reader { place, ..reader };
    let key = (
        address.clone(),
        reader.lang,
        place == Place::Kiosk,
        app.zone.zone(),
    );
    let kept = app.pages.kept.get(&key).await;
    measure::kept("pages", if kept.is_some() { Found::Hit } else { Found::Miss });
    if let Some(page) = kept {
        return page;
    }
    if !may_be_drawn() {
        return Arc::new(bare(app, reader, &template, 503));
    }
    let (boot, filled) = boot(app, &route, reader, &template).await;
    let drawn = draw_off_the_loop(&template, boot, address).await;
    let mut page = drawn.unwrap_or_else(|| bare(app, reader, &template, 200));
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
async fn boot(app: &App, route: &Route, reader: Reader<'_>, template: &Template) -> (Boot, Filled) {
    let mut boot = unfilled(app, reader, template);
    let filling = fill(app, route, reader.accepts, &mut boot);
    let filled = tokio::time::timeout(app.settings.limits.page, filling).await;
    (boot, filled.unwrap_or(Filled::Partly))
}

/// As far as nobody has to be asked for it.
fn unfilled(app: &App, reader: Reader<'_>, template: &Template) -> Boot {
    let now = app.clock.now();
    let Reader { lang, place, .. } = reader;
    let at_kiosk = place == Place::Kiosk;
    Boot {
        lang,
        place,
        now,
        zone: app.zone.for_browser(now),
        studio: app.contact.clone(),
        demo: (app.demo)(lang),
        times_need_sign_in: app.settings.studio.times_need_sign_in,
        sign_in: SignInMethods {
            number: app.settings.identity.by_number,
            // Nobody reads their e-mail at a device that is everybody's.
            email: app.settings.identity.by_email && app.mailer.is_some() && !at_kiosk,
        },
        catalogue: None,
        as_of: None,
        service: None,
        kiosk: at_kiosk.then(|| setup(app, template)),
    }
}

/// The same for all kiosks of the studio.
fn setup(app: &App, template: &Template) -> KioskSetup {
    KioskSetup {
        idle_seconds: app.settings.kiosk.idle_seconds,
        media: app.settings.identity.at_kiosks,
        build: template.build().to_string(),
    }
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
async fn draw_off_the_loop(template: &Template, boot: Boot, address: String) -> Option<Page> {
    let shell = template.text();
    let (lang, place) = (boot.lang, boot.place);
    let drawn = tokio::task::spawn_blocking(move || draw(&shell, &boot, &address)).await;
    let error = match drawn {
        Ok(Ok((status, html))) => {
            return Some(Page {
                status,
                lang,
                place,
                html: Packed::new(html),
            });
        }
        Ok(Err(error)) => error.to_string(),
        Err(broke_off) => broke_off.to_string(),
    };
    // The bare shell starts the app in the browser, which then draws for itself.
    tracing::error!(error, "a page could not be drawn");
    None
}

/// The shell with nothing drawn. On a kiosk it says all the same that it is one, and how it is set up: the app would be a
/// phone's there until it is loaded again.
fn bare(app: &App, reader: Reader<'_>, template: &Template, status: u16) -> Page {
    let Reader { lang, place, .. } = reader;
    let html = match place {
        Place::Kiosk => undrawn(unfilled(app, reader, template), &template.text()),
        Place::Browser | Place::Embed => template.text().to_string(),
    };
    Page {
        status,
        lang,
        place,
        html: Packed::plain(html),
    }
}

fn undrawn(boot: Boot, shell: &str) -> String {
    let (lang, place) = (boot.lang.tag(), boot.place);
    let title = boot.studio.name.clone().unwrap_or_default();
    // Nothing was drawn, and so nothing is taken over.
    let carried = frontdesk::boot::Carried { boot, elements: 1 };
    let filling = Filling {
        lang,
        place,
        title: &title,
        html: "",
        boot: &serde_json::to_string(&carried).unwrap_or_default(),
    };
    filling.fill(shell)
}

fn draw(shell: &str, boot: &Boot, address: &str) -> Result<(u16, String), serde_json::Error> {
    let drawn = frontdesk::draw::draw(boot, address)?;
    let filling = Filling {
        lang: drawn.lang.tag(),
        place: boot.place,
        title: &drawn.title,
        html: &drawn.html,
        boot: &drawn.boot,
    };
    Ok((drawn.status, filling.fill(shell)))
}
