//! The top of every screen: where am I, where can I go, in which language.

use leptos::prelude::*;

use super::Icon;
use super::html::{Element, el, list, live};

/// An address with a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavLink {
    /// Where to.
    pub href: String,
    /// What is shown.
    pub text: String,
    /// The member is there now.
    pub current: bool,
    /// BCP 47 tag of `text` where it is not in the page's language, as in a language switch.
    pub lang: Option<String>,
}

impl NavLink {
    /// A link in the page's language.
    pub fn new(href: impl Into<String>, text: impl Into<String>, current: bool) -> Self {
        Self {
            href: href.into(),
            text: text.into(),
            current,
            lang: None,
        }
    }
}

/// First stop of the keyboard: past the header. The target is `main`, by its id.
#[component]
pub fn SkipLink(
    /// Id of `main`.
    #[prop(into)]
    target: String,
    /// Its words.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    el("a")
        .class("skip-link")
        .attr("href", ["#", &target].concat())
        .child(text)
        .into_any()
}

/// The header. Children are the account: [`AccountLink`] to sign in, or [`AccountName`] and a plain button to sign out.
#[component]
pub fn SiteHeader(
    /// Address of the first screen.
    #[prop(into)]
    home: String,
    /// The studio's name; its first letter is the mark.
    #[prop(into)]
    name: String,
    /// Names the main navigation for screen readers.
    #[prop(into)]
    nav_label: Signal<String>,
    /// The main navigation.
    #[prop(into)]
    links: Signal<Vec<NavLink>>,
    /// Names the language switch for screen readers.
    #[prop(into)]
    language_label: Signal<String>,
    /// One per language; `rel=external`, as changing the language loads the page anew.
    #[prop(into)]
    languages: Signal<Vec<NavLink>>,
    /// The account.
    children: Children,
) -> impl IntoView {
    let mark = name.chars().next().map(|c| c.to_uppercase().to_string());
    let home = el("a")
        .class("header-home")
        .attr("href", home)
        .child(el("span").class("header-mark").attr("aria-hidden", "true").child(mark))
        .child(el("span").child(name));
    let nav = |class, label: Signal<String>, links: Signal<Vec<NavLink>>, external| {
        let all = live(move || list(links.get().into_iter().map(|link| nav_link(link, external))));
        el("nav").class(class).attr("aria-label", label).child(all)
    };
    let inner = el("div")
        .class("header-inner")
        .child(home)
        .child(nav("header-nav", nav_label, links, false))
        .child(el("div").class("header-account").child(children()))
        .child(nav("header-languages", language_label, languages, true));
    el("header").class("header").child(inner).into_any()
}

/// The way to sign in, inside [`SiteHeader`].
#[component]
pub fn AccountLink(
    /// Where to.
    #[prop(into)]
    href: Signal<String>,
    /// "Sign in".
    #[prop(into)]
    text: Signal<String>,
    /// The member is there now.
    #[prop(optional, into)]
    current: Signal<bool>,
) -> impl IntoView {
    el("a")
        .class("header-link")
        .attr("href", href)
        .attr_if("aria-current", "page", current)
        .child(text)
        .into_any()
}

/// Who is signed in, inside [`SiteHeader`]. Not shown on a phone, which has no room for it.
#[component]
pub fn AccountName(
    /// First name.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    el("span")
        .class("header-who")
        .child(super::icon::draw(Icon::Person))
        .child(name)
        .into_any()
}

fn nav_link(link: NavLink, external: bool) -> Element {
    let NavLink {
        href,
        text,
        current,
        lang,
    } = link;
    let here = if external { "true" } else { "page" };
    el("a")
        .class("header-link")
        .attr("href", href)
        .attr("rel", external.then_some("external"))
        .attr("hreflang", lang.clone())
        .attr("lang", lang)
        .attr("aria-current", current.then_some(here))
        .child(text)
}
