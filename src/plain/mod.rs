//! Pages that work without the app: forms that the proxy draws and answers by itself. They look like the app's own, and are
//! made of the same parts; whoever's browser runs no script signs in on them all the same.
//!
//! Drawn natively alone (feature `ssr`), so that the browser's bundle carries nothing of it. A page is a value of
//! [`Screen`]; what it means is for the proxy to know.

mod by_email;
mod by_number;
mod embed;
mod frame;
mod hand_off;
mod kiosk;
mod said;

use booking::{FailureKind, Lang, Route, StudioContact};
use words::server::{ByEmail, ServerWords};

pub use by_email::{Ask, Choose, Enter, Link, Person};
pub use by_number::ByNumber;
pub use embed::{ATTRIBUTES, Embed, SiteVerdict};
pub use hand_off::Other;
pub use kiosk::Pair;

use crate::ui::html::Html;

/// What every page is drawn with.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The page's language.
    pub lang: Lang,
    /// How to reach the studio.
    pub studio: StudioContact,
    /// Whether nothing here is real.
    pub is_demo: bool,
    /// The page's own address, to come back to in another language.
    pub here: String,
    /// Where signing in leads.
    pub next: Route,
    /// Whether one can sign in with a member number.
    pub by_number: bool,
}

impl Setting {
    fn by_email_words(&self) -> &'static ByEmail {
        &words::server_words(self.lang).by_email
    }
}

/// A page.
#[derive(Clone, Debug)]
pub enum Screen {
    /// Which number, and which birth date?
    ByNumber(ByNumber),
    /// Which address?
    Ask(Ask),
    /// Which digits?
    Enter(Enter),
    /// Who of several?
    Choose(Choose),
    /// The link of an e-mail.
    Link(Link),
    /// Somebody comes from the studio's site while somebody else is signed in.
    Other(Other),
    /// Whoever came from the studio's site could not be signed in.
    HandOffFailed,
    /// Which code makes this device a kiosk?
    Pair(Pair),
    /// It is one; what staff call it.
    Paired(String),
    /// How the app comes onto the gym's own site.
    Embed(Box<Embed>),
}

/// What did not work, above the form.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// Something failed.
    Failed(Failed),
    /// The digits or the link are of no use any more.
    Expired,
    /// Too many tries at the digits.
    UsedUp,
}

/// A failure, told in the words of the app.
#[derive(Clone, Debug)]
pub struct Failed {
    /// Of what kind.
    pub kind: FailureKind,
    /// The seconds after which to try again, where that is known.
    pub retry_after: Option<u32>,
}

/// A drawn page.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// What goes into the body.
    pub html: String,
    /// The document's title, not escaped.
    pub title: String,
}

/// A screen's heading, what went wrong if anything did, and what is on it.
struct Shown {
    heading: &'static str,
    /// Goes before the title, as a drawn page announces nothing by itself.
    wrong: String,
    inside: Html,
}

/// Draws a page.
pub fn draw(setting: &Setting, screen: &Screen) -> Drawn {
    let words = words::server_words(setting.lang);
    let shown = shown(setting, words, screen);
    let parts = [
        &shown.wrong,
        shown.heading,
        setting.studio.name.as_deref().unwrap_or_default(),
    ];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Drawn {
        title: parts.join(" – "),
        html: frame::around(setting, signed_in(screen), shown.inside),
    }
}

/// Whom the header names in place of a way to sign in: whoever is signed in while the page asks.
fn signed_in(screen: &Screen) -> Option<String> {
    match screen {
        Screen::Other(other) => Some(other.now.clone().unwrap_or_default()),
        _ => None,
    }
}

fn shown(setting: &Setting, words: &'static ServerWords, screen: &Screen) -> Shown {
    match screen {
        Screen::ByNumber(number) => by_number::by_number(setting, number),
        Screen::Ask(ask) => by_email::ask(setting, &words.by_email, ask),
        Screen::Enter(enter) => by_email::enter(setting, &words.by_email, enter),
        Screen::Choose(choose) => by_email::choose(setting, &words.by_email, choose),
        Screen::Link(link) => by_email::link(setting, &words.by_email, link),
        Screen::Other(other) => hand_off::other(&words.hand_off, other),
        Screen::HandOffFailed => hand_off::failed(setting, &words.hand_off),
        Screen::Pair(pair) => kiosk::pair(setting, &words.kiosk, pair),
        Screen::Embed(embed) => embed::embed(setting, &words.embed, embed),
        Screen::Paired(name) => kiosk::paired(&words.kiosk, name),
    }
}
