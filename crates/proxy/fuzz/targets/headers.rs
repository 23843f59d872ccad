//! Headers, each from the bytes that a server takes for one.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderValue, Uri, header};
use booking::Lang;
use frontdesk_proxy::http::outside;

/// A map with this one; none where no server would take it for a value.
fn with(name: header::HeaderName, value: &[u8]) -> Option<HeaderMap> {
    let value = HeaderValue::from_bytes(value).ok()?;
    Some(HeaderMap::from_iter([(name, value)]))
}

/// A host is in small letters, without port, dot or user, and the same when it is asked for again. A first line of its own
/// is the address of the request.
pub(super) fn host(bytes: &[u8]) {
    let (line, host) = match bytes.iter().position(|b| *b == b'\n') {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (&b"/"[..], bytes),
    };
    let (Ok(address), Some(headers)) = (Uri::try_from(line), with(header::HOST, host)) else {
        return;
    };
    let Some(Some(asked)) = outside::host_of(&address, &headers) else {
        return;
    };
    let odd = |c: char| c.is_ascii_uppercase() || c.is_whitespace() || "@/?#\\".contains(c);
    assert!(
        !asked.is_empty() && !asked.ends_with('.') && !asked.contains(odd),
        "{asked}"
    );
    let again = with(header::HOST, asked.as_bytes()).unwrap();
    let plain = Uri::from_static("/");
    assert_eq!(outside::host_of(&plain, &again), Some(Some(asked.clone())));
    if let Some(named) = address.host() {
        let named = named.trim_end_matches('.').to_ascii_lowercase();
        assert_eq!(named, asked, "two that are not the same are none");
    }
}

/// Who is counted is whoever connected, or whom a trusted one added last.
pub(super) fn forwarded(bytes: &[u8]) {
    let Some(headers) = with(header::HeaderName::from_static("x-forwarded-for"), bytes) else {
        return;
    };
    let peer = SocketAddr::from(([192, 0, 2, 7], 4711));
    assert_eq!(outside::client(false, peer, &headers), peer.ip());
    let counted = outside::client(true, peer, &headers);
    let last = bytes.rsplit(|b| *b == b',').next().unwrap_or_default();
    let last = std::str::from_utf8(last).ok().and_then(|text| {
        let text = text.trim();
        let with_port = text.parse::<SocketAddr>().map(|socket| socket.ip());
        text.parse::<IpAddr>().or(with_port).ok()
    });
    assert_eq!(counted, last.unwrap_or(peer.ip()));
}

/// What goes on of a header, or is chosen by one, is nothing but what it may be.
pub(super) fn header(bytes: &[u8]) {
    let Some(asks) = with(header::ACCEPT_LANGUAGE, bytes) else {
        return;
    };
    let (_, accepts) = outside::tongue(&asks);
    assert!(!accepts.is_empty() && accepts.len() <= 200 && HeaderValue::from_str(&accepts).is_ok());
    let cookies = with(header::COOKIE, bytes).unwrap();
    for name in ["frontdesk", "__Host-frontdesk", "frontdesk-step", "lang"] {
        let value = outside::cookie(&cookies, name).unwrap_or_default();
        assert!(!value.contains(';'), "{value}");
    }
    let (lang, accepts) = outside::tongue(&cookies);
    assert!(accepts == lang.tag() && Lang::ALL.contains(&lang), "{accepts}");
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    for coding in ["br", "gzip"] {
        assert!(!outside::takes(text, coding) || text.contains(coding));
    }
    for tag in ["\"abc\"", "\"\""] {
        assert!(!outside::names(text, tag) || text.contains(tag));
    }
    if let Some(id) = outside::request_id(text) {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        assert!(id == text && id.len() <= 64 && id.bytes().all(plain), "{id}");
    }
}
