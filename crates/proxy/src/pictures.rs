//! Pictures of services, fetched by us: the upstream's addresses expire, and no other host should meet a member's browser.

use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;
use perfectgym::BookableAppointmentId;

use crate::app::App;
use crate::upstream::{Picture, UpstreamError};

const KEPT: Duration = Duration::from_secs(60 * 60);
const BYTES: u64 = 64 << 20;

/// Pictures by service, up to 64 MB of them.
pub(crate) struct Pictures(Cache<BookableAppointmentId, Picture>);

impl Default for Pictures {
    fn default() -> Self {
        let weight = |_: &_, picture: &Picture| u32::try_from(picture.bytes.len()).unwrap_or(u32::MAX);
        Self(
            Cache::builder()
                .weigher(weight)
                .max_capacity(BYTES)
                .time_to_live(KEPT)
                .build(),
        )
    }
}

/// The picture of one service.
///
/// # Errors
/// The upstream's; [`UpstreamError::NotFound`] where the service has none.
pub(crate) async fn picture(app: &App, id: BookableAppointmentId) -> Result<Picture, Arc<UpstreamError>> {
    let fetch = async {
        let service = app
            .catalogue
            .service(&app.upstream, id, "en")
            .await
            .map_err(|e| (*e).clone())?;
        let address = service
            .img_url
            .as_deref()
            .ok_or_else(|| UpstreamError::NotFound(crate::upstream::Said::default()))?;
        app.upstream.picture(address).await
    };
    app.pictures.0.try_get_with(id, fetch).await
}
