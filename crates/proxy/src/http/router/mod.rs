//! Every address of a studio, and what stands around it. What is said of each to whoever reads the document is said where
//! it is routed: in the files of this folder, in `signing_in/offer.rs`, and for what stands before the studios in
//! [`super::front`].

mod beyond;
mod contract;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::{Extension, Router};
use booking::FailureKind;
use perfectgym::BookableAppointmentId;
use utoipa::openapi::ResponseBuilder;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type};

use super::error::Trouble;
use super::offer::Offer;
use super::openapi::{Document, Told, Whom, id, text};
use super::{
    assets, builder, front, guard, kiosk, log, openapi, pace, pictures, renewal, sign_in_form, signing_in,
    webhook,
};
use crate::app::App;

/// What whatever is read may meet: not there, another host's, the upstream's troubles, too much at once.
pub(super) const READ: &[u16] = &[404, 421, 502, 503, 504];
/// Likewise, where something changes.
pub(super) const CHANGE: &[u16] = &[401, 403, 404, 409, 421, 422, 502, 503, 504];

/// All addresses of one studio. [`super::front`] stands before it.
pub(crate) fn router(app: Arc<App>) -> Router {
    let (router, told) = offer(&app).into_parts();
    let document = Document::of(front::told().into_iter().chain(told));
    router
        .layer(Extension(document))
        .layer(from_fn_with_state(Arc::clone(&app), around))
        .with_state(app)
}

/// What is around every address, the innermost first; in one layer, as in [`super::front`].
async fn around(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let within = |request| renewal::send(request, |request| next.run(request));
    let within = |request| guard::headers(&app, request, within);
    log::route(&app, request, within).await
}

fn offer(app: &Arc<App>) -> Offer<Arc<App>> {
    let calls = from_fn_with_state(Arc::clone(app), pace::keep_without_customer);
    let ours = contract::offer()
        .and(beyond::offer())
        .around(|router| router.layer(calls))
        .and(no_ninth())
        .and(pictures_of(app))
        .and(sign_in_form::offer(app))
        .and(signing_in::offer(app))
        .and(kiosk::by_hand(app))
        .and(builder::offer(app))
        .and(openapi::offer())
        .around(|router| {
            router
                .fallback(assets::file_or_page)
                .method_not_allowed_fallback(wrong_method)
                .layer(from_fn_with_state(Arc::clone(app), guard::same_origin))
        });
    // Below the guard: other sites send these.
    ours.and(signing_in::offer_to_other_sites(app)).and(webhooks(app))
}

fn no_ninth() -> Offer<Arc<App>> {
    let all = ["/api", "/api/", "/api/{*rest}"];
    all.into_iter().fold(Offer::new(), |offer, path| {
        offer.nothing_at(path, no_such_operation)
    })
}

fn pictures_of(app: &Arc<App>) -> Offer<Arc<App>> {
    let told = Told::get("/pictures/{id}", "picture", "The picture of what can be booked.")
        .takes(id::<BookableAppointmentId>("id"))
        .answers(200, text("image/*"))
        .fails(READ);
    let pace = from_fn_with_state(Arc::clone(app), pace::keep_pictures);
    let offer = Offer::new().serve(told, pictures::handle);
    offer.around(|router| router.layer(pace))
}

/// From the upstream, and so from no page of ours. Without a key for them there is no such address.
fn webhooks(app: &Arc<App>) -> Offer<Arc<App>> {
    if app.settings.webhook.key.is_none() {
        return Offer::new().nothing_at(webhook::PATH, no_such_operation);
    }
    let anything = ObjectBuilder::new().schema_type(SchemaType::AnyValue);
    let events = ArrayBuilder::new().items(anything);
    let body = ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("payload", events);
    let says = "The upstream says that a booking was made, changed or cancelled: what is kept of its times is read anew.";
    let told = Told::post(webhook::PATH, "webhook", says)
        .to(Whom::Upstream)
        .reads_json(body)
        .answers(204, ResponseBuilder::new().description("Heard.").build())
        .fails(&[401, 404, 421, 503]);
    let pace = from_fn_with_state(Arc::clone(app), pace::keep_webhooks);
    Offer::new()
        .serve(told, webhook::handle)
        .around(|router| router.method_not_allowed_fallback(wrong_method).layer(pace))
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
