//! For the gym: how the app comes onto its own site. What was chosen is seen at once, what to copy stands below it, and whether a
//! site may show it is said with the setting that decides.

use words::server::Embed as Words;

use super::frame::primary;
use super::{Setting, Shown};
use crate::ui::html::{Element, Html, Text, each, el, list};
use crate::ui::{Notice, NoticeKind, page_heading};

/// What was chosen so far. All of it has been checked: it goes into markup that the gym copies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Embed {
    /// The page's own address.
    pub action: String,
    /// Where members book: scheme, host and port.
    pub origin: String,
    /// Whether any site may show it.
    pub may_be_framed: bool,
    /// The address of a page of the gym's, as it was typed.
    pub site: String,
    /// What is to be said of that site.
    pub verdict: Option<SiteVerdict>,
    /// What can be booked: number and title.
    pub services: Vec<(String, String)>,
    /// Each choice by its attribute's name, as [`ATTRIBUTES`] has them; empty for none.
    pub chosen: [String; 5],
}

/// The attributes that are chosen here, in the order of [`Embed::chosen`].
pub const ATTRIBUTES: [&str; 5] = ["service", "mode", "theme", "brand", "lang"];

/// Whether a site's pages may show the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteVerdict {
    /// They may.
    Works,
    /// They may, and nobody can sign in there: our own address has no TLS.
    WithoutTls,
    /// The setting does not name the site.
    NotNamed,
    /// What was typed is no address.
    NoAddress,
}

pub(super) fn embed(_: &Setting, w: &'static Words, embed: &Embed) -> Shown {
    let inside = list([
        choices(w, embed).into(),
        shown(w, embed),
        to_copy(w, embed).into(),
    ]);
    Shown {
        heading: w.heading,
        wrong: String::new(),
        inside,
    }
}

/// Sent as an address: it can be kept, and given to whoever builds the site.
fn choices(w: &'static Words, embed: &Embed) -> Element {
    let [service, mode, theme, brand, lang] = &embed.chosen;
    let services = embed
        .services
        .iter()
        .map(|(id, title)| (id.as_str(), title.as_str()));
    let services: Vec<_> = [("", w.all_services)].into_iter().chain(services).collect();
    let modes = [("", w.inline), ("button", w.button)];
    let themes = [("", w.as_the_device), ("light", w.light), ("dark", w.dark)];
    let langs = [("", w.as_the_visitor), ("en", "English"), ("de", "Deutsch")];
    el("form")
        .attr("method", "get")
        .attr("action", embed.action.clone())
        .class("panel stack")
        .child(page_heading(w.heading, w.why))
        .child(select("service", w.service, service, &services))
        .child(select("mode", w.mode, mode, &modes))
        .child(select("theme", w.theme, theme, &themes))
        .child(select("lang", w.lang, lang, &langs))
        .child(typed("brand", w.brand, w.brand_hint, brand))
        .child(typed("site", w.site, w.site_hint, &embed.site))
        .child(embed.verdict.map(|verdict| said(w, verdict, &embed.site)))
        .child(primary(w.submit))
}

fn said(w: &'static Words, verdict: SiteVerdict, site: &str) -> Notice {
    let (kind, title, text) = match verdict {
        SiteVerdict::Works => (NoticeKind::Success, (w.works)(site), w.works_text),
        SiteVerdict::WithoutTls => (NoticeKind::Warning, (w.no_tls)(site), w.no_tls_text),
        SiteVerdict::NotNamed => (NoticeKind::Warning, (w.not_named)(site), w.not_named_text),
        SiteVerdict::NoAddress => (NoticeKind::Error, w.no_address.to_owned(), w.no_address_text),
    };
    Notice::new(kind, title).text(text)
}

fn select(id: &'static str, label: &'static str, chosen: &str, options: &[(&str, &str)]) -> Element {
    let option = |(value, text): &(&str, &str)| {
        el("option")
            .attr("value", (*value).to_owned())
            .flag("selected", *value == chosen)
            .child((*text).to_owned())
    };
    let select = el("select").class("field-input").attr("name", id).attr("id", id);
    labelled(id, label, select.child(each(options.iter().map(option))))
}

fn typed(id: &'static str, label: &'static str, hint: &'static str, value: &str) -> Element {
    let hint_id = [id, "-hint"].concat();
    let input = el("input")
        .class("field-input")
        .attr("name", id)
        .attr("id", id)
        .attr("spellcheck", "false");
    let input = input
        .attr("aria-describedby", hint_id.clone())
        .value(Text::from(value.to_owned()));
    let hint = el("p").class("field-hint").attr("id", hint_id).child(hint);
    labelled(id, label, list([hint.into(), input.into()]))
}

fn labelled(id: &'static str, label: &'static str, field: impl Into<Html>) -> Element {
    let label = el("label").class("field-label").attr("for", id).child(label);
    el("div").class("field").child(label).child(field.into())
}

/// The widget itself, as the gym's page would have it.
fn shown(w: &'static Words, embed: &Embed) -> Html {
    if !embed.may_be_framed {
        let notice = Notice::new(NoticeKind::Info, w.nobody)
            .text(w.nobody_text)
            .silent();
        return notice.into();
    }
    let widget = attributes(embed).fold(el("frontdesk-booking"), |widget, (name, value)| {
        widget.attr(name, value.clone())
    });
    let script = el("script").attr("src", "/embed.js").flag("async", true);
    el("section")
        .class("panel stack")
        .child(el("h2").child(w.preview))
        .child(widget)
        .child(script)
        .into()
}

fn to_copy(w: &'static Words, embed: &Embed) -> Element {
    let text = el("textarea")
        .class("field-input")
        .attr("id", "snippet")
        .attr("rows", "9")
        .attr("spellcheck", "false")
        .flag("readonly", true)
        .child(snippet(embed, w.book));
    el("section")
        .class("panel stack")
        .child(labelled("snippet", w.snippet, text))
        .child(el("p").class("quiet").child(w.snippet_text))
}

/// Those that were chosen, with their values.
fn attributes(embed: &Embed) -> impl Iterator<Item = (&'static str, &String)> {
    let all = ATTRIBUTES.into_iter().zip(&embed.chosen);
    all.filter(|(_, value)| !value.is_empty())
}

/// What the gym copies. The link within is what visitors without scripts, and a site that may not show it, have.
fn snippet(embed: &Embed, link: &str) -> String {
    let attributes: String = attributes(embed)
        .map(|(name, value)| format!(" {name}=\"{value}\""))
        .collect();
    let (origin, [service, ..]) = (&embed.origin, &embed.chosen);
    let path = if service.is_empty() {
        "/".to_owned()
    } else {
        format!("/services/{service}")
    };
    format!(
        "<script async src=\"{origin}/embed.js\"></script>\n<frontdesk-booking{attributes}>\n  <a href=\"{origin}{path}\">{link}</a>\n</frontdesk-booking>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_has_what_was_chosen_and_a_link_for_whoever_has_no_scripts() {
        let mut embed = Embed {
            origin: "https://book.example".into(),
            ..Embed::default()
        };
        assert_eq!(
            snippet(&embed, "Book"),
            "<script async src=\"https://book.example/embed.js\"></script>\n<frontdesk-booking>\n  <a href=\"https://book.example/\">Book</a>\n</frontdesk-booking>\n"
        );
        embed.chosen = ["7", "button", "", "8a1c1c", "de"].map(String::from);
        let text = snippet(&embed, "Book");
        assert!(
            text.contains("<frontdesk-booking service=\"7\" mode=\"button\" brand=\"8a1c1c\" lang=\"de\">")
        );
        assert!(text.contains("href=\"https://book.example/services/7\""));
    }
}
