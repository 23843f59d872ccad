//! The language a request wants: that of the page around, in a frame; the cookie of whoever chose one; else what the browser
//! asks for.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use booking::Lang;

use super::in_a_frame;
use super::jar::cookie;

/// The cookie that `/language/{lang}` sets.
pub(crate) const COOKIE: &str = "lang";
/// No browser's list is longer.
const LONGEST: usize = 200;

/// What to speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tongue {
    /// The language of our own words.
    pub(crate) lang: Lang,
    /// The `Accept-Language` that goes to the upstream.
    pub(crate) accepts: String,
}

impl Tongue {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let (lang, accepts) = read(headers);
        Self {
            lang,
            accepts: accepts.to_owned(),
        }
    }

    /// One language throughout.
    pub(super) fn speaking(lang: Lang) -> Self {
        Self {
            lang,
            accepts: lang.tag().to_owned(),
        }
    }

    /// The language of our own words alone.
    pub(super) fn lang(headers: &HeaderMap) -> Lang {
        read(headers).0
    }
}

fn read(headers: &HeaderMap) -> (Lang, &str) {
    if let Some(lang) = in_a_frame::language(headers) {
        return (lang, lang.tag());
    }
    if let Some(lang) = cookie(headers, COOKIE).and_then(Lang::parse) {
        return (lang, lang.tag());
    }
    let asked = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let asked = asked.filter(|text| !text.is_empty() && text.len() <= LONGEST);
    let lang = asked.and_then(Lang::from_accept_language).unwrap_or_default();
    (lang, asked.unwrap_or(lang.tag()))
}

impl<S: Send + Sync> FromRequestParts<S> for Tongue {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}
