//! Cookies: what they are called, how they are set and where they are found again.
//!
//! In a frame of another site's page a browser keeps a cookie only where it is set for that page alone (`Partitioned`), which
//! it has to be by TLS. Such cookies have names of their own: on a page of the same site the frame sees both kinds.

use axum::http::{HeaderMap, HeaderValue, header};
use chrono::TimeDelta;

use super::in_a_frame::is_framed;
use crate::app::App;

/// With TLS the browser itself sees to it that no other host and no plain page sets it.
const SECURE: &str = "__Host-";
/// What each begins with; the session's is called so and no more.
pub(super) const NAME: &str = "frontdesk";
const FRAMED: &str = "-framed";
/// What `SameSite` is of a cookie in a frame, and what has to be said with it: for the page around alone, and by TLS.
pub(super) const FOR_ONE_PAGE: &str = "None; Secure; Partitioned";

/// With which requests that other sites begin a browser sends a cookie along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    /// With a link to a page of ours; in a frame, with whatever is asked from within it.
    AlongLinks,
    /// With none; in no frame of another site's either.
    FromOursAlone,
}

/// In which manner whoever asks keeps cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Jar {
    https: bool,
    framed: bool,
}

impl Jar {
    pub(super) fn of(headers: &HeaderMap, app: &App) -> Self {
        Self {
            https: is_https(headers, app),
            framed: is_framed(headers, app),
        }
    }

    /// The one of a page of its own, whoever asks.
    pub(super) fn plain(self) -> Self {
        Self {
            framed: false,
            ..self
        }
    }

    /// A cookie's whole name. `name` is what is added to ours.
    fn name(self, name: &str) -> String {
        let secure = if self.https { SECURE } else { "" };
        let framed = if self.framed { FRAMED } else { "" };
        [secure, NAME, name, framed].concat()
    }

    /// The value of a cookie; in a frame its own before the one of a page that is no frame.
    pub(super) fn find<'a>(self, headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
        let plain = || cookie(headers, &self.plain().name(name));
        match self.framed {
            true => cookie(headers, &self.name(name)).or_else(plain),
            false => plain(),
        }
    }

    /// The `Set-Cookie` of one.
    pub(super) fn set(self, sent: Sent, name: &str, value: &str, kept: TimeDelta) -> Option<HeaderValue> {
        let (name, seconds) = (self.name(name), kept.num_seconds());
        let manner = match (self.framed, sent) {
            (true, _) => FOR_ONE_PAGE,
            (false, Sent::AlongLinks) => "Lax",
            (false, Sent::FromOursAlone) => "Strict",
        };
        let secure = if self.https && !self.framed {
            "; Secure"
        } else {
            ""
        };
        let text = format!("{name}={value}; Path=/; HttpOnly; Max-Age={seconds}; SameSite={manner}{secure}");
        HeaderValue::from_str(&text).ok()
    }

    /// Those that remove it; in a frame the one that was found there, too, if it was the other.
    pub(super) fn unset(self, name: &str) -> Vec<HeaderValue> {
        let jars = [Some(self), self.framed.then(|| self.plain())];
        let gone = |jar: Self| jar.set(Sent::AlongLinks, name, "", TimeDelta::zero());
        jars.into_iter().flatten().filter_map(gone).collect()
    }
}

/// The value of a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let texts = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = texts
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Whether a `Set-Cookie` is of that name, in whatever manner.
pub(super) fn is_called(set_cookie: &HeaderValue, name: &str) -> bool {
    let found = set_cookie
        .to_str()
        .ok()
        .and_then(|text| text.split_once('='))
        .map(|(name, _)| name);
    let manners = [(false, false), (false, true), (true, false), (true, true)];
    let mut names = manners
        .map(|(https, framed)| Jar { https, framed }.name(name))
        .into_iter();
    found.is_some_and(|found| names.any(|ours| ours == found))
}

/// What the operator says of the outside; else whether we do TLS ourselves; else what a trusted proxy in front says.
pub(super) fn is_https(headers: &HeaderMap, app: &App) -> bool {
    let server = &app.settings.server;
    if !server.origins.is_empty() {
        return server.origins.iter().all(crate::config::Origin::is_https);
    }
    let forwarded = headers
        .get("x-forwarded-proto")
        .and_then(|value| value.to_str().ok());
    server.doors.tls.is_some() || server.trust_forwarded && forwarded == Some("https")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jar(https: bool, framed: bool) -> Jar {
        Jar { https, framed }
    }

    fn holding(cookies: &'static str) -> HeaderMap {
        [(header::COOKIE, HeaderValue::from_static(cookies))]
            .into_iter()
            .collect()
    }

    #[test]
    fn in_a_frame_a_cookie_is_for_that_page_alone_and_by_tls() {
        let set = |jar: Jar| {
            jar.set(Sent::AlongLinks, "", "x", TimeDelta::seconds(60))
                .unwrap()
        };
        assert_eq!(
            set(jar(true, true)),
            "__Host-frontdesk-framed=x; Path=/; HttpOnly; Max-Age=60; SameSite=None; Secure; Partitioned"
        );
        assert_eq!(
            set(jar(true, false)),
            "__Host-frontdesk=x; Path=/; HttpOnly; Max-Age=60; SameSite=Lax; Secure"
        );
        assert_eq!(
            set(jar(false, false)),
            "frontdesk=x; Path=/; HttpOnly; Max-Age=60; SameSite=Lax"
        );
    }

    #[test]
    fn a_frame_goes_by_its_own_session_and_a_page_never_by_a_frames() {
        let both = holding("frontdesk=page; frontdesk-framed=frame");
        assert_eq!(jar(false, true).find(&both, ""), Some("frame"));
        assert_eq!(jar(false, false).find(&both, ""), Some("page"));
        assert_eq!(
            jar(false, true).find(&holding("frontdesk=page"), ""),
            Some("page")
        );
        assert_eq!(
            jar(false, false).find(&holding("frontdesk-framed=frame"), ""),
            None
        );
    }

    #[test]
    fn whoever_signs_out_in_a_frame_leaves_neither() {
        let gone = jar(true, true).unset("");
        assert!(gone.iter().all(|cookie| is_called(cookie, "")));
        assert_eq!(gone.len(), 2);
        assert_eq!(jar(true, false).unset("").len(), 1);
        assert!(!is_called(&gone[0], "-device"));
    }
}
