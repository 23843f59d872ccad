//! Paths and queries.

use booking::{AttemptKey, Route};
use frontdesk_proxy::http::outside;

use super::text;

/// An address reads back as what it was read as.
pub(super) fn address(bytes: &[u8]) {
    reads_back(&Route::parse(text(bytes)));
}

fn reads_back(route: &Route) {
    let written = route.format();
    assert_eq!(Route::parse(&written), *route, "{written}");
    if !matches!(route, Route::NotFound(_)) {
        is_ours(&written);
    }
}

/// Fit for a header and a page, and on no other host.
fn is_ours(written: &str) {
    assert!(
        written.starts_with('/') && !written.starts_with("//"),
        "{written}"
    );
    let plain = |c: char| c.is_ascii_graphic() && !"\\\"<>".contains(c);
    assert!(
        written.chars().all(plain),
        "fit for a header and a page: {written:?}"
    );
}

/// Where anything leads on to is ours, is a screen, and is not the sign-in again.
pub(super) fn next(bytes: &[u8]) {
    let text = text(bytes);
    let next = outside::next(text);
    assert!(!matches!(next, Route::NotFound(_) | Route::SignIn(_)), "{next:?}");
    reads_back(&next);
    let own = outside::own_address(text);
    is_ours(&own);
    assert_eq!(
        outside::own_address(&own),
        own,
        "gone back to twice, one is at the same place"
    );
}

/// A key of an attempt is what a path and a header can hold.
pub(super) fn attempt_key(bytes: &[u8]) {
    let text = text(bytes);
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let fits = plain && (16..=64).contains(&text.len());
    let key = AttemptKey::new(text);
    assert_eq!(key.is_ok(), fits);
    if let Ok(key) = key {
        assert_eq!(booking::attempt::path(&key), format!("/attempts/{text}"));
        assert_eq!(booking::moving::path_of_key(&key), format!("/moves/{text}"));
    }
}

/// What names a booking is a number, and goes on as one.
pub(super) fn id(bytes: &[u8]) {
    let Some(id) = outside::booking_id(text(bytes)) else {
        return;
    };
    let written = id.to_string();
    assert!(
        written.bytes().all(|b| b.is_ascii_digit() || b == b'-'),
        "{written}"
    );
    assert_eq!(outside::booking_id(&written), Some(id));
}

/// A query is read as it would be written, and names no customer however that is written.
pub(super) fn query(bytes: &[u8]) {
    let text = text(bytes);
    let pairs: Vec<_> = url::form_urlencoded::parse(text.as_bytes()).collect();
    let named = pairs
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("customerId"));
    assert!(!named || outside::names_a_customer(text));
    if let Some(lang) = outside::language_asked(text) {
        let written = format!("place=embed&lang={}", lang.tag());
        assert_eq!(outside::language_asked(&written), Some(lang));
    }
    if let Some((days, from)) = outside::slots_query(text) {
        let days_pair = days.map(|days| format!("daysAhead={days}"));
        let from_pair =
            from.map(|from| format!("slotWindowStartDate={}", from.to_string().replace('+', "%2B")));
        let written: Vec<String> = days_pair.into_iter().chain(from_pair).collect();
        assert_eq!(outside::slots_query(&written.join("&")), Some((days, from)));
    }
    if let Some((offset, size)) = outside::slices_query(text) {
        let mut written = url::form_urlencoded::Serializer::new(String::new());
        if let Some(offset) = &offset {
            written.append_pair("offset", offset);
        }
        if let Some(size) = size {
            written.append_pair("sliceSize", &size.to_string());
        }
        assert_eq!(outside::slices_query(&written.finish()), Some((offset, size)));
    }
}
