//! The demo studio on a socket of its own, behind whatever a trial puts between it and the proxy.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::serve::ListenerExt as _;
use demo_studio::{DEMO_KEY, Database, Settings, Studio};
use tokio::net::TcpListener;

use crate::TrialError;

/// A studio in memory, with a crowd and nobody else.
///
/// # Errors
/// It cannot be opened.
pub async fn open(crowd: u32) -> Result<Studio, TrialError> {
    let settings = Settings {
        database: Database::Memory,
        crowd,
        strangers: false,
        ..Settings::default()
    };
    let studio = Studio::open(settings).await;
    studio.map_err(|error| TrialError::Studio(error.to_string()))
}

/// Serves it until the process ends. `resets`: every other connection is reset when it is closed, not ended.
///
/// # Errors
/// No port is free.
pub async fn serve(router: Router, resets: bool) -> Result<SocketAddr, TrialError> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    let listener = listener.map_err(TrialError::io("listening for the proxy"))?;
    let address = listener
        .local_addr()
        .map_err(TrialError::io("listening for the proxy"))?;
    let taken = AtomicUsize::new(0);
    let listener = listener.tap_io(move |stream| {
        let _ = stream.set_nodelay(true);
        if resets && taken.fetch_add(1, Ordering::Relaxed).is_multiple_of(2) {
            let _ = stream.set_zero_linger();
        }
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

/// What tells a proxy of this studio.
#[must_use]
pub fn settings_for(at: SocketAddr) -> Vec<(String, String)> {
    [
        ("UPSTREAM_URL", format!("http://{at}")),
        ("API_KEY", DEMO_KEY.to_owned()),
        ("ZONE", "Europe/Berlin".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}
