//! The parsers that meet the outside, each by itself, for whoever feeds them with what is nearly right
//! (`crates/proxy/fuzz/`). Handlers use what stands behind these, and not these.

use std::net::{IpAddr, SocketAddr};

use axum::body::Body;
use axum::extract::{Query, Request};
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use booking::{Lang, Route, SignIn};
use chrono::NaiveDate;
use futures_util::FutureExt as _;
use perfectgym::{BookingId, BookingWish};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::tongue::Tongue;
use super::{
    filled_in, guard, host, in_a_frame, jar, language, list_bookable_appointments, list_slots, pace, sent,
    sign_in_form, signing_in, webhook,
};
use crate::packed;
use crate::request_id::RequestId;

/// The host that is asked for; the outer `None` where that is not clear.
pub fn host_of(address: &Uri, headers: &HeaderMap) -> Option<Option<String>> {
    host::asked(address, headers).ok()
}

/// Who is counted for a request.
pub fn client(trusted: bool, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    pace::client(trusted, peer, headers)
}

/// Our language, and what the upstream is asked for.
pub fn tongue(headers: &HeaderMap) -> (Lang, String) {
    let Tongue { lang, accepts } = Tongue::of(headers);
    (lang, accepts)
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    jar::cookie(headers, name)
}

/// An id of whoever stands before us, where it is sound.
pub fn request_id(text: &str) -> Option<String> {
    RequestId::given(text).map(|id| id.as_str().to_owned())
}

/// Whether an `Accept-Encoding` takes this one.
pub fn takes(accept_encoding: &str, name: &str) -> bool {
    packed::takes(accept_encoding, name)
}

/// Whether an `If-None-Match` names this tag.
pub fn names(if_none_match: &str, tag: &str) -> bool {
    packed::names(if_none_match, tag)
}

/// Whether a query names a customer, and is refused for it.
pub fn names_a_customer(query: &str) -> bool {
    guard::names_a_customer(query)
}

/// Where a page of signing in leads on to, by its query.
pub fn next(query: &str) -> Route {
    signing_in::next_of(query)
}

/// Where changing the language goes back to.
pub fn own_address(next: &str) -> String {
    language::own_address(next)
}

/// The language that a frame's address asks for.
pub fn language_asked(query: &str) -> Option<Lang> {
    in_a_frame::language_asked(query)
}

/// What `listSlots` is asked.
pub fn slots_query(query: &str) -> Option<(Option<i32>, Option<NaiveDate>)> {
    let asked: list_slots::Asked = query_of(query)?;
    Some((asked.days_ahead, asked.slot_window_start_date))
}

/// What `listBookableAppointments` is asked.
pub fn slices_query(query: &str) -> Option<(Option<String>, Option<i32>)> {
    let asked: list_bookable_appointments::Asked = query_of(query)?;
    Some((asked.offset, asked.slice_size))
}

/// A booking, by a part of a path.
pub fn booking_id(text: &str) -> Option<BookingId> {
    sent::id(text).ok()
}

/// The body of `book`, of `validate` and of a move.
pub fn wish(body: &[u8]) -> Option<BookingWish> {
    object(body)
}

/// The body of signing in.
pub fn sign_in(body: &[u8]) -> Option<SignIn> {
    object(body)
}

/// Whether a webhook's body says that free times have changed.
pub fn webhook(body: &[u8]) -> Option<bool> {
    webhook::has_times_changed(body)
}

/// The sign-in screen's form.
pub fn number_form(body: &[u8]) -> Option<SignIn> {
    form::<sign_in_form::Filled>(body)?.answer()
}

/// Which address.
pub fn email_form(body: &[u8]) -> Option<String> {
    form(body).map(|filled: signing_in::Asked| filled.email)
}

/// Which digits.
pub fn digits_form(body: &[u8]) -> Option<String> {
    form(body).map(|filled: signing_in::Entered| filled.digits)
}

/// Who of several.
pub fn choice_form(body: &[u8]) -> Option<usize> {
    form(body).map(|filled: signing_in::Chosen| filled.who)
}

/// The gym's own form: a token, and where to go on to.
pub fn hand_off_form(body: &[u8]) -> Option<(String, String)> {
    form(body).map(|sent: signing_in::HandedOver| (sent.token, sent.next))
}

fn object<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let raw: Box<RawValue> = serde_json::from_slice(body).ok()?;
    sent::object(&raw)
}

fn query_of<T: DeserializeOwned>(query: &str) -> Option<T> {
    let uri: Uri = format!("/?{query}").parse().ok()?;
    Query::try_from_uri(&uri).ok().map(|Query(asked)| asked)
}

fn form<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let mut request = Request::post("/").body(Body::from(body.to_vec())).ok()?;
    let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
    request.headers_mut().insert(header::CONTENT_TYPE, kind);
    filled_in::fields(request).now_or_never().flatten()
}
