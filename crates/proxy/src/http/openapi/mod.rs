//! `GET /openapi.json`: what this proxy offers, made from the types that it reads and writes and from what is said of each
//! operation where it is routed ([`super::offer`]). What an operator has not switched on is not in it.
//!
//! Pages and files are not in it, but for the pages that answer forms.

mod answer;
mod parameter;
mod told;

use std::sync::Arc;

use axum::Extension;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder, PathsBuilder};

use super::offer::Offer;
use super::{jar, kiosk};
use crate::app::App;

pub(super) use answer::{goes_on, page, text};
pub(super) use parameter::{field, id, key, needed, next, one_of, path, query, whole_number, word};
pub(super) use told::{Told, Whom};

/// Where it is served.
const PATH: &str = "/openapi.json";

const SAYS: &str = "What the proxy offers to its own app, and to whoever runs it. Requests that change something need an Origin \
    of ours. Words are in the language of the cookie `lang`, else of Accept-Language. Every answer has an x-request-id, \
    and any may set the cookie of a session anew that is used. Behind https the names of cookies begin with __Host-. \
    The app in a frame (Frontdesk-Place: embed) is given a session as Frontdesk-Bearer too, and may send it as bearer.";

/// The document as it is sent, the same for everybody.
#[derive(Clone)]
pub(super) struct Document(Option<Bytes>);

impl Document {
    /// Of all that is told.
    pub(super) fn of(told: impl IntoIterator<Item = Told>) -> Self {
        Self(written(told).to_json().ok().map(Bytes::from))
    }
}

/// The document's own place.
pub(super) fn offer() -> Offer<Arc<App>> {
    let document = ObjectBuilder::new().schema_type(Type::Object).into();
    let told = Told::get(PATH, "document", "This document.").gives_a(200, document);
    Offer::new().serve(told, handle)
}

async fn handle(Extension(Document(text)): Extension<Document>) -> Response {
    let Some(text) = text else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let kind = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

fn written(told: impl IntoIterator<Item = Told>) -> OpenApi {
    let (mut paths, mut components) = (PathsBuilder::new(), security(ComponentsBuilder::new()));
    for mut one in told {
        components = components.schemas_from_iter(one.schemas());
        paths = one.put_into(paths);
    }
    let info = InfoBuilder::new()
        .title("Frontdesk")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(SAYS));
    OpenApiBuilder::new()
        .info(info)
        .paths(paths)
        .components(Some(components.build()))
        .build()
}

fn security(components: ComponentsBuilder) -> ComponentsBuilder {
    let session = ApiKey::Cookie(ApiKeyValue::new(jar::NAME));
    let kiosk = ApiKey::Cookie(ApiKeyValue::new([jar::NAME, kiosk::NAME].concat()));
    let webhook = ApiKey::Header(ApiKeyValue::new(perfectgym::API_KEY_HEADER));
    components
        .security_scheme(told::SESSION, SecurityScheme::ApiKey(session))
        .security_scheme(
            told::BEARER,
            SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)),
        )
        .security_scheme(told::KIOSK, SecurityScheme::ApiKey(kiosk))
        .security_scheme(told::WEBHOOK, SecurityScheme::ApiKey(webhook))
        .security_scheme(
            told::FIGURES,
            SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)),
        )
}
