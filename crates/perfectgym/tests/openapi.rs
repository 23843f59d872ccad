//! The contract as the OpenAPI document in `tests/fixtures` has it: what it names, these types name alike, and what they are
//! given for an example they read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::collections::BTreeSet;
use std::fs;

use perfectgym::{
    Book, BookingRequest, DaysAhead, DeleteBooking, GetBookableAppointment, GetBooking,
    ListBookableAppointments, ListBookings, ListSlots, Operation, SliceSize, ValidateBooking,
    ValidationStatus,
};
use serde_json::{Map, Value, json};

/// The document, as JSON would have it.
fn document() -> Value {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/fixtures/perfectgym-appointments.openapi.yaml"
    );
    serde_yaml_ng::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Follows a `$ref`.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(reference) => document.pointer(reference.strip_prefix('#').unwrap()).unwrap(),
        None => value,
    }
}

/// What a schema's examples make together; without the fields that may be missing, if asked so. Where a schema has no
/// example, the plainest value of its type.
fn example(document: &Value, schema: &Value, required_only: bool) -> Value {
    let schema = resolved(document, schema);
    let inner = |schema: &Value| example(document, schema, required_only);
    if let Some(example) = schema.get("example") {
        return example.clone();
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let all = parts
            .iter()
            .flat_map(|part| inner(part).as_object().unwrap().clone());
        return Value::Object(all.collect());
    }
    match schema["type"].as_str().unwrap() {
        "object" => {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let none = Map::new();
            let fields = schema["properties"].as_object().unwrap_or(&none).iter();
            let wanted = fields.filter(|(name, _)| !required_only || required.contains(&json!(name)));
            Value::Object(wanted.map(|(name, field)| (name.clone(), inner(field))).collect())
        }
        "array" => json!([inner(&schema["items"])]),
        "integer" => json!(1),
        "boolean" => json!(true),
        "string" => json!("text"),
        other => panic!("no example of a {other}"),
    }
}

/// One operation of ours beside the document's.
struct Side {
    path: &'static str,
    method: String,
    scope: &'static str,
    reads: fn(&str) -> Result<(), serde_json::Error>,
}

fn side<O: Operation>() -> Side {
    Side {
        path: O::PATH,
        method: O::METHOD.as_str().to_lowercase(),
        scope: O::SCOPE.as_str(),
        reads: |text| serde_json::from_str::<O::Answer>(text).map(drop),
    }
}

fn ours() -> [Side; 8] {
    [
        side::<ListBookableAppointments>(),
        side::<GetBookableAppointment>(),
        side::<ListSlots>(),
        side::<ValidateBooking>(),
        side::<Book>(),
        side::<GetBooking>(),
        side::<DeleteBooking>(),
        side::<ListBookings>(),
    ]
}

#[test]
fn the_same_methods_at_the_same_paths() {
    let document = document();
    let theirs: BTreeSet<(String, String)> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| {
            methods
                .as_object()
                .unwrap()
                .keys()
                .map(move |method| (path.clone(), method.clone()))
        })
        .filter(|(_, method)| method != "parameters")
        .collect();
    let ours = ours().map(|side| (side.path.to_owned(), side.method));
    assert_eq!(BTreeSet::from(ours), theirs);
}

#[test]
fn each_needs_the_scope_that_it_is_described_with() {
    let document = document();
    for side in ours() {
        let description = document["paths"][side.path][&side.method]["description"]
            .as_str()
            .unwrap();
        let scope = format!("Scope {}.", side.scope);
        assert!(
            description.starts_with(&scope),
            "{} {}: {description}",
            side.method,
            side.path
        );
    }
}

#[test]
fn every_answer_is_read_whole_and_with_the_least_that_is_required() {
    let document = document();
    for side in ours() {
        let answer = &document["paths"][side.path][&side.method]["responses"]["200"];
        let schema = &answer["content"]["application/json"]["schema"];
        for required_only in [false, true] {
            let example = example(&document, schema, required_only).to_string();
            let read = (side.reads)(&example);
            assert!(
                read.is_ok(),
                "{} {}: {read:?} in {example}",
                side.method,
                side.path
            );
        }
    }
}

#[test]
fn every_example_says_in_our_types_what_it_says_there() {
    let document = document();
    let schema = |name: &str| example(&document, &document["components"]["schemas"][name], false);
    let again = |name: &str, read: fn(Value) -> Value| assert_eq!(read(schema(name)), schema(name), "{name}");
    again("BookableAppointment", through::<perfectgym::BookableAppointment>);
    again("BookingRequest", through::<BookingRequest>);
    again("ValidationResult", through::<perfectgym::ValidationResult>);
    again("AppointmentBooking", through::<perfectgym::AppointmentBooking>);
    again("Slot", through::<perfectgym::Slot>);
}

/// Read, and written again.
fn through<T: serde::de::DeserializeOwned + serde::Serialize>(value: Value) -> Value {
    serde_json::to_value(serde_json::from_value::<T>(value).unwrap()).unwrap()
}

#[test]
fn each_documented_verdict_has_a_name() {
    let document = document();
    let status = &document["components"]["schemas"]["ValidationResult"]["properties"]["validationStatus"];
    let documented = status["x-documented-values"].as_object().unwrap();
    assert_eq!(documented.len(), 10);
    let known: Vec<&str> = ValidationStatus::KNOWN
        .iter()
        .map(ValidationStatus::as_str)
        .collect();
    let nameless: Vec<_> = documented
        .keys()
        .filter(|word| !known.contains(&word.as_str()))
        .collect();
    assert!(nameless.is_empty(), "{nameless:?}");
    assert!(known.contains(&status["example"].as_str().unwrap()));
}

#[test]
fn parameters_have_the_documented_bounds() {
    let document = document();
    let schema = |path: &str, name: &str| {
        let parameters = document["paths"][path]["get"]["parameters"]
            .as_array()
            .unwrap()
            .clone();
        let found = parameters.into_iter().find(|one| one["name"] == name).unwrap();
        found["schema"].clone()
    };
    let bounds =
        |schema: Value| [&schema["minimum"], &schema["maximum"], &schema["default"]].map(Value::as_i64);
    let ours = |least: i32, most: i32, default: i32| [least, most, default].map(|n| Some(i64::from(n)));
    assert_eq!(
        bounds(schema(ListSlots::PATH, "daysAhead")),
        ours(
            DaysAhead::LEAST.get(),
            DaysAhead::MOST.get(),
            DaysAhead::default().get()
        )
    );
    assert_eq!(
        bounds(schema(ListBookableAppointments::PATH, "sliceSize")),
        ours(
            SliceSize::LEAST.get(),
            SliceSize::MOST.get(),
            SliceSize::default().get()
        )
    );
}
