//! The document of our own surface. That answers are what it says is for `cargo xtask test api` to find out.

use perfectgym::{
    Book, DeleteBooking, GetBookableAppointment, GetBooking, ListBookableAppointments, ListBookings,
    ListSlots, Operation, ValidateBooking,
};
use serde_json::Value;

use crate::support::*;

async fn document() -> (Stage, Value) {
    let stage = stage().await;
    let answer = stage.browser().get("/openapi.json").await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "application/json")
    );
    let document = answer.json();
    (stage, document)
}

fn has<O: Operation>(document: &Value) {
    let (path, method) = (format!("/api{}", O::PATH), O::METHOD.as_str().to_lowercase());
    assert!(document["paths"][&path][&method].is_object(), "{method} {path}");
}

#[tokio::test]
async fn it_has_the_eight_operations_and_no_ninth() {
    let (_stage, document) = document().await;
    has::<ListBookableAppointments>(&document);
    has::<GetBookableAppointment>(&document);
    has::<ListSlots>(&document);
    has::<ValidateBooking>(&document);
    has::<Book>(&document);
    has::<GetBooking>(&document);
    has::<DeleteBooking>(&document);
    has::<ListBookings>(&document);
    let paths = document["paths"].as_object().unwrap();
    let of_the_contract = paths.iter().filter(|(path, _)| path.starts_with("/api/"));
    let operations: usize = of_the_contract
        .map(|(_, item)| item.as_object().unwrap().len())
        .sum();
    assert_eq!(operations, 8);
}

/// Names of all fields and parameters, anywhere in it.
fn names(json: &Value, found: &mut Vec<String>) {
    if let Some(fields) = json["properties"].as_object() {
        found.extend(fields.keys().cloned());
    }
    found.extend(json["name"].as_str().map(str::to_owned));
    let inner = json.as_object().into_iter().flat_map(|fields| fields.values());
    for one in inner.chain(json.as_array().into_iter().flatten()) {
        names(one, found);
    }
}

#[tokio::test]
async fn nothing_in_it_takes_or_tells_a_customers_id() {
    let (_stage, document) = document().await;
    let mut found = Vec::new();
    names(&document, &mut found);
    for known in [
        "bookableAppointmentId",
        "customerNumber",
        "sliceSize",
        "Idempotency-Key",
    ] {
        assert!(
            found.iter().any(|name| name == known),
            "{known} is seen: {found:?}"
        );
    }
    let customer = found
        .iter()
        .find(|name| name.to_lowercase().contains("customerid"));
    assert!(customer.is_none(), "{customer:?}");
}

#[tokio::test]
async fn what_it_names_is_routed_and_what_it_refers_to_is_in_it() {
    let (stage, document) = document().await;
    let ada = stage.browser();
    for (path, item) in document["paths"].as_object().unwrap() {
        let filled = path
            .replace("{lang}", "de")
            .replace("{key}", "key-of-a-document-01");
        let filled = filled
            .split('{')
            .map(|part| {
                part.split_once('}')
                    .map_or(part.to_owned(), |(_, rest)| format!("1{rest}"))
            })
            .collect::<String>();
        for method in item.as_object().unwrap().keys() {
            let method = method.to_uppercase();
            let answer = ada
                .send(&method, &filled, &[("origin", ada.origin())], None)
                .await;
            assert_ne!(answer.status, 405, "{method} {filled}");
            assert!(
                !answer.header("content-type").starts_with("text/html"),
                "{method} {filled} is no route"
            );
        }
    }
    let text = document.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
}
