//! Within a frame of the gym's own page (`public/embed.js`). Pages are the same there as anywhere; what differs is how
//! cookies are kept ([`super::jar`]), and who chooses the language: the page around, in the frame's address.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};
use booking::{Lang, Place, place};
use moka::sync::Cache;

use super::guard::is_from_our_page;
use super::jar::{FOR_ONE_PAGE, cookie};
use crate::app::App;

/// What a document is asked for. No page can lie about it; older browsers say nothing, and are taken for no frame until the
/// app says so ([`place::HEADER`]).
const DESTINATION: &str = "sec-fetch-dest";
/// Keeps the language for the pages after the first.
const LANGUAGE: &str = "lang-framed";

/// Whether a request comes from within a frame, where a site may show us in one at all.
pub(super) fn is_framed(headers: &HeaderMap, app: &App) -> bool {
    app.settings.browsers.may_be_framed() && comes_from_a_frame(headers)
}

fn comes_from_a_frame(headers: &HeaderMap) -> bool {
    is_for_a_frame(headers) || says_so(headers)
}

/// Whether our app says that it is in one.
pub(super) fn says_so(headers: &HeaderMap) -> bool {
    says(headers, place::HEADER, Place::Embed.tag())
}

/// Whether it is a document that is asked for, by the browser's own word.
fn is_for_a_frame(headers: &HeaderMap) -> bool {
    says(headers, DESTINATION, "iframe")
}

fn says(headers: &HeaderMap, name: &str, what: &str) -> bool {
    headers.get(name).is_some_and(|value| value == what)
}

/// The language that an earlier page of the same frame was asked for in.
pub(super) fn language(headers: &HeaderMap) -> Option<Lang> {
    comes_from_a_frame(headers)
        .then(|| cookie(headers, LANGUAGE).and_then(Lang::parse))
        .flatten()
}

/// The language that a frame's address asks for, which is then its pages'.
pub(super) fn language_asked(query: &str) -> Option<Lang> {
    let of = |name: &str| {
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value)
    };
    of("place").filter(|place| place == Place::Embed.tag())?;
    Lang::parse(&of("lang")?)
}

/// The `Set-Cookie` that keeps it.
pub(super) fn keeps_language(lang: Lang) -> Option<HeaderValue> {
    let text = format!(
        "{LANGUAGE}={}; Path=/; HttpOnly; Max-Age=86400; SameSite={FOR_ONE_PAGE}",
        lang.tag()
    );
    HeaderValue::from_str(&text).ok()
}

/// Sites that the log has named, each of them once a day: whoever asks may claim to be any.
pub(crate) struct RefusedSites(Cache<String, ()>);

impl Default for RefusedSites {
    fn default() -> Self {
        let day = Duration::from_secs(24 * 60 * 60);
        Self(Cache::builder().max_capacity(100).time_to_live(day).build())
    }
}

impl RefusedSites {
    fn is_new(&self, site: &str) -> bool {
        let new = !self.0.contains_key(site);
        self.0.insert(site.to_owned(), ());
        new
    }
}

/// Says in the log which setting keeps a site from showing us in a frame: the browser says it to nobody but a developer.
pub(super) fn note_refused(headers: &HeaderMap, app: &App) {
    let Some(site) = would_show_us(headers) else {
        return;
    };
    if !app.settings.browsers.may_be_framed_by(&site) && app.refused_sites.is_new(&site) {
        tracing::warn!(
            site,
            "may not show the app in a frame: FRONTDESK_FRAME_ANCESTORS does not name it"
        );
    }
}

/// The site whose page asks for a page of ours to put into a frame, as the browser says it.
fn would_show_us(headers: &HeaderMap) -> Option<String> {
    let from_elsewhere = is_for_a_frame(headers) && !is_from_our_page(headers);
    from_elsewhere.then(|| around(headers)).flatten()
}

/// Whose page it is, as browsers say it.
fn around(headers: &HeaderMap) -> Option<String> {
    let page = url::Url::parse(headers.get(header::REFERER)?.to_str().ok()?).ok()?;
    let site = page.origin();
    (site.is_tuple() && page.as_str().len() < 300).then(|| site.ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frames_address_says_the_language_of_its_pages() {
        assert_eq!(language_asked("trainer=7&place=embed&lang=de"), Some(Lang::De));
        for none in [
            "lang=de",
            "place=embed",
            "place=embed&lang=xx",
            "place=kiosk&lang=de",
            "",
        ] {
            assert_eq!(language_asked(none), None, "{none}");
        }
    }

    #[test]
    fn the_language_holds_on_the_frames_next_pages_and_nowhere_else() {
        let set = keeps_language(Lang::De).unwrap();
        let pair = set.to_str().unwrap().split(';').next().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("cookie", pair.parse().unwrap());
        assert_eq!(language(&headers), None);
        headers.insert(DESTINATION, HeaderValue::from_static("iframe"));
        assert_eq!(language(&headers), Some(Lang::De));
    }
}
