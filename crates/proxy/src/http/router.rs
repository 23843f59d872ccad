//! Every address there is. Under `/api` exactly the contract's eight operations, at the contract's own paths.

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, delete, get, post};
use axum::{Json, Router};
use booking::{FailureKind, attempt as attempts, moving as moves, session as sessions};
use perfectgym::{
    Book, DeleteBooking, GetBookableAppointment, GetBooking, ListBookableAppointments, ListBookings,
    ListSlots, Operation, ValidateBooking,
};
use tower_http::compression::CompressionLayer;

use super::error::{Trouble, speak};
use super::{
    assets, attempt, book, calendar, delete_booking, get_bookable_appointment, get_booking, guard, language,
    list_bookable_appointments, list_bookings, list_slots, log, moving, pace, pictures, service, session,
    sign_in_form, validate_booking,
};
use crate::app::App;

/// No request of ours is longer.
const LARGEST_BODY: usize = 16 << 10;

/// The whole proxy.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .merge(operations().layer(from_fn_with_state(Arc::clone(&app), pace::keep)))
        .route("/api", any(no_such_operation))
        .route("/api/", any(no_such_operation))
        .route("/api/{*rest}", any(no_such_operation))
        .merge(beyond_the_contract().layer(from_fn_with_state(Arc::clone(&app), pace::keep)))
        .merge(pictures().layer(from_fn_with_state(Arc::clone(&app), pace::keep_pictures)))
        .merge(sign_in_form(&app))
        .route("/healthz", get(healthy))
        .fallback(assets::file_or_page)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(Arc::clone(&app), guard::same_origin))
        .layer(from_fn(speak))
        .layer(from_fn_with_state(Arc::clone(&app), guard::headers))
        .layer(from_fn(log::line))
        .with_state(app)
}

fn operations() -> Router<Arc<App>> {
    Router::new()
        .route(
            &at::<ListBookableAppointments>(),
            get(list_bookable_appointments::handle),
        )
        .route(
            &at::<GetBookableAppointment>(),
            get(get_bookable_appointment::handle),
        )
        .route(&at::<ListSlots>(), get(list_slots::handle))
        .route(&at::<ValidateBooking>(), post(validate_booking::handle))
        .route(&at::<Book>(), post(book::handle))
        .route(&at::<GetBooking>(), get(get_booking::handle))
        .route(&at::<DeleteBooking>(), delete(delete_booking::handle))
        .route(&at::<ListBookings>(), get(list_bookings::handle))
        // Another method of theirs is an operation that the contract does not have.
        .method_not_allowed_fallback(no_such_operation)
        .layer(from_fn(guard::no_customer_id))
        // A week of free times is tens of kilobytes of almost the same text.
        .layer(CompressionLayer::new().gzip(true))
}

fn beyond_the_contract() -> Router<Arc<App>> {
    Router::new()
        .route(
            sessions::PATH,
            get(session::who).post(session::sign_in).delete(session::sign_out),
        )
        .route(attempts::ROUTE, post(attempt::handle))
        .route(moves::ROUTE, post(moving::handle))
        .route(moves::KEY_ROUTE, post(moving::ask))
        .route(moves::SERVICE_ROUTE, get(service::handle))
        .route("/bookings/{id}/calendar.ics", get(calendar::handle))
        .route("/language/{lang}", get(language::handle))
}

fn pictures() -> Router<Arc<App>> {
    Router::new().route("/pictures/{id}", get(pictures::handle))
}

/// At the address of a screen: what its form sends before the app has started. Only that is counted as a call.
fn sign_in_form(app: &Arc<App>) -> Router<Arc<App>> {
    let form = post(sign_in_form::handle).layer(from_fn_with_state(Arc::clone(app), pace::keep));
    Router::new().route(sign_in_form::PATH, form.get(assets::file_or_page))
}

fn at<O: Operation>() -> String {
    format!("/api{}", O::PATH)
}

async fn no_such_operation() -> Trouble {
    Trouble::of(FailureKind::NotFound)
}

async fn wrong_method() -> axum::response::Response {
    use axum::response::IntoResponse as _;
    let mut response = Trouble::of(FailureKind::BadRequest).into_response();
    *response.status_mut() = axum::http::StatusCode::METHOD_NOT_ALLOWED;
    response
}

/// Says that this process serves. What the upstream does is not this process's health.
async fn healthy() -> Json<serde_json::Value> {
    Json(serde_json::json!({ "status": "ok" }))
}
