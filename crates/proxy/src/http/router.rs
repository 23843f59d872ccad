//! Every address of a studio. Under `/api` exactly the contract's eight operations, at the contract's own paths.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{any, delete, get, post};
use booking::{FailureKind, attempt as attempts, moving as moves, session as sessions};
use perfectgym::{
    Book, DeleteBooking, GetBookableAppointment, GetBooking, ListBookableAppointments, ListBookings,
    ListSlots, Operation, ValidateBooking,
};
use tower_http::compression::CompressionLayer;

use super::error::Trouble;
use super::{
    assets, attempt, book, calendar, delete_booking, get_bookable_appointment, get_booking, guard, language,
    list_bookable_appointments, list_bookings, list_slots, log, moving, openapi, pace, pictures, renewal,
    service, session, sign_in_form, signing_in, validate_booking, webhook,
};
use crate::app::App;

/// All addresses of one studio. [`super::front`] stands before it.
pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .merge(operations().layer(from_fn_with_state(Arc::clone(&app), pace::keep_without_customer)))
        .route("/api", any(no_such_operation))
        .route("/api/", any(no_such_operation))
        .route("/api/{*rest}", any(no_such_operation))
        .merge(beyond_the_contract().layer(from_fn_with_state(Arc::clone(&app), pace::keep_without_customer)))
        .merge(pictures().layer(from_fn_with_state(Arc::clone(&app), pace::keep_pictures)))
        .merge(sign_in_form(&app))
        .merge(signing_in::routes(&app))
        .route(openapi::PATH, get(openapi::handle))
        .fallback(assets::file_or_page)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(Arc::clone(&app), guard::same_origin))
        // Below the guard: another site sends this one.
        .merge(signing_in::from_other_sites(&app))
        .merge(webhooks(&app))
        .layer(from_fn_with_state(Arc::clone(&app), around))
        .with_state(app)
}

/// What is around every address, the innermost first; in one layer, as in [`super::front`].
async fn around(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let within = |request| renewal::send(request, |request| next.run(request));
    let within = |request| guard::headers(&app, request, within);
    log::route(&app, request, within).await
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
        // A week of free times is tens of kilobytes of almost the same text.
        .layer(CompressionLayer::new().gzip(true))
}

fn beyond_the_contract() -> Router<Arc<App>> {
    Router::new()
        .route(
            sessions::PATH,
            get(session::who).post(session::sign_in).delete(session::sign_out),
        )
        .route(session::EVERYWHERE_PATH, post(session::sign_out_everywhere))
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

/// From the upstream, and so from no page of ours.
fn webhooks(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route(webhook::PATH, post(webhook::handle))
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(Arc::clone(app), pace::keep_webhooks))
}

pub(super) fn at<O: Operation>() -> String {
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
