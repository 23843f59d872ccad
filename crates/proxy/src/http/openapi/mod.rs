//! `GET /openapi.json`: what this proxy offers, made from the types that it reads and writes and from the operations that
//! it routes. Whoever adds a route adds it to [`operations`].

mod operations;
mod told;

use std::sync::OnceLock;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use utoipa::ToSchema;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder, PathsBuilder};

use super::member;
use told::SESSION;

/// Where it is served.
pub(super) const PATH: &str = "/openapi.json";

/// Written once: it is the same for everybody.
pub(super) async fn handle() -> Response {
    static TEXT: OnceLock<Option<String>> = OnceLock::new();
    let Some(text) = TEXT.get_or_init(|| document().to_json().ok()) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let kind = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, kind)], text.as_str()).into_response()
}

/// The document.
fn document() -> OpenApi {
    let told = operations::all();
    let paths = told
        .into_iter()
        .fold(PathsBuilder::new(), |paths, one| one.put_into(paths));
    let info = InfoBuilder::new()
        .title("Frontdesk")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "What the proxy offers to its own app. Requests that change something need an Origin of ours.",
        ));
    OpenApiBuilder::new()
        .info(info)
        .paths(paths)
        .components(Some(components().build()))
        .build()
}

fn components() -> ComponentsBuilder {
    let cookie = ApiKeyValue::new(member::NAME);
    let session = SecurityScheme::ApiKey(ApiKey::Cookie(cookie));
    let components = ComponentsBuilder::new().security_scheme(SESSION, session);
    let components = with::<perfectgym::Slice<perfectgym::BookableAppointment>>(components);
    let components = with::<perfectgym::BookableAppointment>(components);
    let components = with::<perfectgym::Slot>(components);
    let components = with::<perfectgym::BookingWish>(components);
    let components = with::<perfectgym::ValidationResult>(components);
    let components = with::<perfectgym::Deleted>(components);
    let components = with::<booking::Failure>(components);
    let components = with::<booking::AttemptView>(components);
    let components = with::<booking::SignIn>(components);
    with::<booking::SessionView>(components)
}

/// A type, and those that it is made of.
fn with<T: ToSchema>(components: ComponentsBuilder) -> ComponentsBuilder {
    let mut parts = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut parts);
    components.schemas_from_iter(parts)
}
