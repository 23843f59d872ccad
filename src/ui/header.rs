//! The top of every screen: where am I, where can I go, in which language.

use super::html::{Element, Html, Text, each, el};
use super::{Icon, icon};

/// An address with a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavLink {
    /// Where to.
    pub href: Text,
    /// What is shown.
    pub text: Text,
    /// The member is there now.
    pub current: bool,
    /// BCP 47 tag of `text` where it is not in the page's language, as in a language switch.
    pub lang: Option<&'static str>,
}

impl NavLink {
    /// A link in the page's language.
    pub fn new(href: impl Into<Text>, text: impl Into<Text>, current: bool) -> Self {
        Self {
            href: href.into(),
            text: text.into(),
            current,
            lang: None,
        }
    }
}

/// First stop of the keyboard: past the header, to an address in the page.
pub fn skip_link(target: &'static str, text: &'static str) -> Element {
    el("a").class("skip-link").attr("href", target).child(text)
}

/// The header.
pub struct SiteHeader {
    /// Address of the first screen.
    pub home: String,
    /// The studio's name; its first letter is the mark.
    pub name: Text,
    /// Names the main navigation for screen readers.
    pub nav_label: &'static str,
    /// The main navigation.
    pub links: Vec<NavLink>,
    /// Names the language switch for screen readers.
    pub language_label: &'static str,
    /// One per language; `rel=external`, as changing the language loads the page anew.
    pub languages: Vec<NavLink>,
    /// [`account_link`] to sign in, or [`account_name`] and a plain button to sign out.
    pub account: Html,
}

impl From<SiteHeader> for Html {
    fn from(header: SiteHeader) -> Self {
        let mark = header.name.chars().next().map(String::from);
        let home = el("a")
            .class("header-home")
            .attr("href", header.home)
            .child(
                el("span")
                    .class("header-mark")
                    .attr("aria-hidden", "true")
                    .child(mark),
            )
            .child(el("span").child(header.name));
        let nav = |class, label: &'static str, links: Vec<NavLink>, external| {
            let links = each(links.into_iter().map(|link| nav_link(link, external)));
            el("nav").class(class).attr("aria-label", label).child(links)
        };
        let inner = el("div")
            .class("header-inner")
            .child(home)
            .child(nav("header-nav", header.nav_label, header.links, false))
            .child(el("div").class("header-account").child(header.account))
            .child(nav(
                "header-languages",
                header.language_label,
                header.languages,
                true,
            ));
        el("header").class("header").child(inner).into()
    }
}

/// The way to sign in; `current` where the member is there.
pub fn account_link(href: String, text: &'static str, current: bool) -> Element {
    el("a")
        .class("header-link")
        .attr("href", href)
        .attr("aria-current", current.then_some("page"))
        .child(text)
}

/// Who is signed in. A phone has no room but over the button beside it, and cuts a long name short.
pub fn account_name(name: String) -> Element {
    el("span")
        .class("header-who")
        .child(icon(Icon::Person))
        .child(name)
}

fn nav_link(link: NavLink, external: bool) -> Element {
    let here = if external { "true" } else { "page" };
    el("a")
        .class("header-link")
        .attr("href", link.href)
        .attr("rel", external.then_some("external"))
        .attr("hreflang", link.lang)
        .attr("lang", link.lang)
        .attr("aria-current", link.current.then_some(here))
        .child(link.text)
}
