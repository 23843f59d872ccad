//! Everything else: a file of the built app, or a page.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use booking::{FailureKind, Place};
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

use super::error::Trouble;
use super::guard;
use super::in_a_frame;
#[cfg(feature = "embed")]
use super::inside;
use super::kiosk;
use super::member::with_cookies;
use super::pace::{address, may_have_drawn};
use super::tongue::Tongue;
use crate::app::App;
#[cfg(feature = "embed")]
use crate::built::Built;
use crate::page::{self, Page, Reader};

/// Files whose name holds a hash of what is in them.
const HASHED: &str = "/frontdesk-";
/// The one file that pages of other sites load.
const FOR_OTHERS: &str = "/embed.js";

pub(super) async fn file_or_page(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    tongue: Tongue,
    request: Request,
) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = Trouble::of(FailureKind::NotFound).into_response();
        *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
        return response;
    }
    let path = request.uri().path();
    match path.rsplit('/').next() {
        // A shell is not a page: drawn, it is at `/`.
        Some("index.html" | "kiosk.html") => Redirect::permanent("/").into_response(),
        // No address of the app's has a dot in its path, and every file's name has one.
        Some(name) if name.contains('.') => file(&app, request).await,
        _ => {
            let from = address(&app, peer, request.headers());
            let (parts, _) = request.into_parts();
            if let Some(cookies) = kiosk::shows_its_pages(&parts.headers, &app).await {
                return with_cookies(at_a_kiosk(&app, &tongue, from, &parts).await, cookies);
            }
            in_a_frame::note_refused(&parts.headers, &app);
            match in_a_frame::language_asked(parts.uri.query().unwrap_or_default()) {
                Some(lang) if app.settings.browsers.may_be_framed() => {
                    let page = drawn(&app, &Tongue::speaking(lang), Place::Browser, from, &parts).await;
                    with_cookies(send(&page, &parts.headers), in_a_frame::keeps_language(lang))
                }
                _ => {
                    let page = drawn(&app, &tongue, Place::Browser, from, &parts).await;
                    send(&page, &parts.headers)
                }
            }
        }
    }
}

/// Of what was seen there a browser keeps nothing; and no site shows it in a frame.
async fn at_a_kiosk(app: &App, tongue: &Tongue, from: IpAddr, asked: &Parts) -> Response {
    let page = drawn(app, tongue, Place::Kiosk, from, asked).await;
    let mut response = send(&page, &asked.headers);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    // Where it was not built, it is the page of everywhere, whose policy stands on every answer.
    if page.place == Place::Kiosk {
        let policy = app.policy_at_kiosks.of(app.pages.policy_at_kiosks(), &[]);
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

async fn file(app: &App, request: Request) -> Response {
    let name = request.uri().path().to_owned();
    let dist = &app.settings.server.dist;
    #[cfg(feature = "embed")]
    if matches!(Built::at(dist), Built::Inside) {
        return kept(inside::answer(crate::built::inside, &request), &name);
    }
    let folder = ServeDir::new(dist).append_index_html_on_directories(false);
    let Ok(found) = folder
        .precompressed_br()
        .precompressed_gzip()
        .oneshot(request)
        .await;
    let there = found.status().is_success() || found.status() == StatusCode::NOT_MODIFIED;
    kept(there.then(|| found.map(Body::new)), &name)
}

/// With how long browsers may keep it.
fn kept(found: Option<Response>, name: &str) -> Response {
    let Some(mut response) = found else {
        return Trouble::of(FailureKind::NotFound).into_response();
    };
    let kept = if name.starts_with(HASHED) {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=300"
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    if name == FOR_OTHERS {
        let anybody = HeaderValue::from_static("cross-origin");
        response.headers_mut().insert(guard::MAY_TAKE, anybody);
    }
    response
}

async fn drawn(app: &App, tongue: &Tongue, place: Place, from: IpAddr, asked: &Parts) -> Arc<Page> {
    let address = asked.uri.path_and_query().map_or("/", |address| address.as_str());
    let may_be_drawn = || may_have_drawn(app, from);
    let reader = Reader {
        lang: tongue.lang,
        accepts: &tongue.accepts,
        place,
    };
    page::page(app, address, reader, may_be_drawn).await
}

fn send(page: &Page, asked: &HeaderMap) -> Response {
    let accepts = asked
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok());
    let accept_encoding = accepts.unwrap_or_default();
    let (encoding, html) = page.html.for_browser(accept_encoding);
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::OK);
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_LANGUAGE, page.lang.tag()),
        (header::CACHE_CONTROL, "no-cache"),
        (header::VARY, "Accept-Encoding, Accept-Language, Cookie"),
    ];
    let mut response = (status, headers, html).into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    if let Some(encoding) = encoding {
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
