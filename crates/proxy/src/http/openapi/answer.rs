//! What an operation is answered with.

use booking::{Failure, FailureKind, listed};
use utoipa::ToSchema;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::schema::{AllOfBuilder, ArrayBuilder, ObjectBuilder, Schema, Type};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

use super::parameter::{one_of, whole_number, word};
use crate::http::error::kinds_of;

const JSON: &str = "application/json";
const SECONDS: i64 = i32::MAX as i64;

/// A type, by its name.
pub(super) fn named<T: ToSchema>() -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name(T::name()))
}

/// JSON.
pub(super) fn json(schema: impl Into<RefOr<Schema>>) -> Response {
    of_kind(JSON, schema, "As asked.")
}

/// Many of a type, and in a header what the app should know of such a list.
pub(super) fn list(response: Response) -> Response {
    let left_out = "How many elements nobody could read; absent where the list is whole.";
    let left_out = header(whole_number(1, i64::from(i32::MAX)), left_out);
    with(response, listed::UNREADABLE, left_out)
}

/// What may be of before, and says so in headers.
pub(super) fn kept(response: Response) -> Response {
    let as_of = "When it was read, in Unix seconds; absent where that was just now.";
    let as_of = header(whole_number(0, i64::MAX), as_of);
    let age = "How many seconds ago that was.";
    let age = header(whole_number(0, i64::MAX), age);
    let anew = "It is being read anew. Of before without this, it stands in for what could not be had.";
    let anew = header(one_of(["1"]), anew);
    let response = with(response, listed::AS_OF, as_of);
    with(with(response, listed::AGE, age), listed::READ_ANEW, anew)
}

fn with(mut response: Response, name: &str, header: Header) -> Response {
    response.headers.insert(name.to_owned(), RefOr::T(header));
    response
}

/// Many of a type.
pub(super) fn many<T: ToSchema>() -> ArrayBuilder {
    ArrayBuilder::new().items(named::<T>())
}

/// A text of another kind.
pub(in crate::http) fn text(kind: &str) -> Response {
    of_kind(kind, anything(), "As asked.")
}

/// A page of ours.
pub(in crate::http) fn page(says: &str) -> Response {
    of_kind("text/html", anything(), says)
}

/// Goes on to a page of ours.
pub(in crate::http) fn goes_on() -> Response {
    let says = "Goes on to a page of ours.";
    ResponseBuilder::new()
        .description(says)
        .header("Location", header(word("^/"), says))
        .build()
}

/// Sets cookies of ours.
pub(super) fn cookie() -> Header {
    header(
        ObjectBuilder::new().schema_type(Type::String).build(),
        "A session, or a step towards one.",
    )
}

/// The one body that all failures have, with the kinds that this status stands for.
pub(super) fn failure(status: u16) -> Response {
    let kinds = kinds_of(status);
    let kind = one_of(kinds.iter().map(FailureKind::as_str));
    let schema = AllOfBuilder::new()
        .item(named::<Failure>())
        .item(ObjectBuilder::new().property("kind", kind));
    let response = of_kind(JSON, schema, meaning(status));
    if !matches!(status, 429 | 502..=504) {
        return response;
    }
    let says = "Seconds until trying again makes sense, where that is known.";
    with(response, "Retry-After", header(whole_number(0, SECONDS), says))
}

/// Both of what one status may be answered with.
pub(super) fn either(mut one: Response, other: Response) -> Response {
    one.headers.extend(other.headers);
    one.content.extend(other.content);
    one
}

fn anything() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn of_kind(kind: &str, schema: impl Into<RefOr<Schema>>, says: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new()
        .description(says)
        .content(kind, content)
        .build()
}

fn header(schema: impl Into<RefOr<Schema>>, says: &str) -> Header {
    HeaderBuilder::new()
        .schema(Some(schema))
        .description(Some(says))
        .build()
}

fn meaning(status: u16) -> &'static str {
    match status {
        400 => "Not a request that an app of ours sends.",
        401 => {
            "Nobody is signed in; a session that began at a kiosk counts with that kiosk's own cookie alone. Or what was given \
             is no member's (number and birth date, card, barcode, PIN), or pairs no kiosk."
        }
        403 => "Not from one of our own pages.",
        404 => "Not there, or not this member's.",
        408 => "A body that did not come in time.",
        409 => "Changed by somebody else at the same moment, or another wish under the same key.",
        415 => "A packed body.",
        421 => "Asked for by a host that is no studio's.",
        422 => "Refused by the studio.",
        429 => "Too many wrong answers.",
        502 => "The studio's system failed, or gave an answer that nobody can read.",
        503 => "Too much at once, or switched off.",
        504 => "No answer in time; after a write nobody knows yet.",
        _ => "A fault of the proxy's own.",
    }
}
