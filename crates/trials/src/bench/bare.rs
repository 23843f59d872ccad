//! The libraries that ours is made of, with nothing of ours: axum takes a request and hyper's client passes it on, unread. So
//! the report says which part of what passing on costs is theirs.

use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::net::TcpListener;

use crate::TrialError;

#[derive(Clone)]
struct To {
    upstream: SocketAddr,
    client: Client<HttpConnector, Body>,
}

/// Serves until the process ends.
///
/// # Errors
/// No port is free.
pub(super) async fn start(upstream: SocketAddr) -> Result<SocketAddr, TrialError> {
    let listening = || TrialError::io("listening");
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .map_err(listening())?;
    let address = listener.local_addr().map_err(listening())?;
    let client = Client::builder(TokioExecutor::new()).build_http();
    let router = Router::new()
        .fallback(passed_on)
        .with_state(To { upstream, client });
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

async fn passed_on(State(to): State<To>, mut request: Request) -> Response {
    let asked = request.uri().path_and_query().map_or("/", |asked| asked.as_str());
    let Ok(uri) = format!("http://{}{asked}", to.upstream).parse::<Uri>() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    *request.uri_mut() = uri;
    request.headers_mut().remove(header::HOST);
    match to.client.request(request).await {
        Ok(answer) => answer.map(Body::new),
        Err(_) => StatusCode::BAD_GATEWAY.into_response(),
    }
}
