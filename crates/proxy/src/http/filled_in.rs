//! A form of our own pages, as a browser sends it that has not started the app, with all that its handlers ask of it.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Form;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts as _, Request};
use axum::http::HeaderMap;
use booking::{FailureKind, Route};
use serde::de::DeserializeOwned;

use super::error::Trouble;
use super::pace::address;
use super::signing_in::next;
use super::tongue::Tongue;
use crate::app::App;

/// What was sent, by whom, and what for. Deliberately not `Debug`: what people fill in is not for logs.
pub(super) struct FilledIn<T> {
    /// Who is counted for it.
    pub(super) from: IpAddr,
    pub(super) tongue: Tongue,
    pub(super) headers: HeaderMap,
    /// Where it leads on to.
    pub(super) next: Route,
    /// The fields; none where what was sent is not this form. Each page says that in its own way.
    pub(super) form: Option<T>,
}

impl<T: DeserializeOwned> FromRequest<Arc<App>> for FilledIn<T> {
    type Rejection = Trouble;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Trouble> {
        let (mut parts, body) = request.into_parts();
        let peer = ConnectInfo::<SocketAddr>::from_request_parts(&mut parts, app).await;
        let ConnectInfo(peer) = peer.map_err(|_| Trouble::of(FailureKind::Internal))?;
        let headers = parts.headers.clone();
        let (from, tongue) = (address(app, peer, &headers), Tongue::of(&headers));
        let next = next(&parts.uri);
        Ok(Self {
            from,
            tongue,
            headers,
            next,
            form: fields(Request::from_parts(parts, body)).await,
        })
    }
}

/// The fields of a form; none where it is another, or none at all.
pub(super) async fn fields<T: DeserializeOwned>(request: Request) -> Option<T> {
    let read = Form::<T>::from_request(request, &()).await;
    read.ok().map(|Form(fields)| fields)
}
