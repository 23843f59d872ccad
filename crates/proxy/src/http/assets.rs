//! Everything else: a file of the built app, or a page.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use booking::FailureKind;
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

use super::error::Trouble;
use super::tongue::Tongue;
use crate::app::App;
use crate::page::{self, Page};

/// Files whose name holds a hash of what is in them.
const HASHED: &str = "/frontdesk-";

pub(super) async fn file_or_page(State(app): State<Arc<App>>, tongue: Tongue, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = Trouble::of(FailureKind::NotFound).into_response();
        *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
        return response;
    }
    let path = request.uri().path();
    match path.rsplit('/').next() {
        // The shell is not a page: drawn, it is at `/`.
        Some("index.html") => Redirect::permanent("/").into_response(),
        // No address of the app's has a dot in its path, and every file's name has one.
        Some(name) if name.contains('.') => file(&app, request).await,
        _ => {
            let (uri, accepts) = (
                request.uri().clone(),
                request.headers().get(header::ACCEPT_ENCODING).cloned(),
            );
            drawn(
                &app,
                &tongue,
                &uri,
                accepts
                    .as_ref()
                    .and_then(|value| value.to_str().ok())
                    .unwrap_or_default(),
            )
            .await
        }
    }
}

async fn file(app: &App, request: Request) -> Response {
    let immutable = request.uri().path().starts_with(HASHED);
    let folder = ServeDir::new(&app.settings.server.dist).append_index_html_on_directories(false);
    let Ok(found) = folder
        .precompressed_br()
        .precompressed_gzip()
        .oneshot(request)
        .await;
    if !found.status().is_success() && found.status() != StatusCode::NOT_MODIFIED {
        return Trouble::of(FailureKind::NotFound).into_response();
    }
    let kept = if immutable {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=300"
    };
    let mut response = found.map(Body::new);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    response
}

async fn drawn(app: &App, tongue: &Tongue, uri: &Uri, accept_encoding: &str) -> Response {
    let address = uri.path_and_query().map_or("/", |address| address.as_str());
    let page = page::page(app, address, tongue.lang, &tongue.accepts).await;
    send(&page, accept_encoding)
}

fn send(page: &Page, accept_encoding: &str) -> Response {
    let (encoding, html) = page.html.for_browser(accept_encoding);
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::OK);
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_LANGUAGE, page.lang.tag()),
        (header::CACHE_CONTROL, "no-cache"),
        (header::VARY, "Accept-Encoding, Accept-Language, Cookie"),
    ];
    let mut response = (status, headers, html).into_response();
    if let Some(encoding) = encoding {
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
