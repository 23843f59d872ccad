//! What the studio offers, read at most once in half a minute whoever asks, and kept for when the upstream fails.
//!
//! Holds nothing of a member, so everybody gets the same. Slots are never kept: they go stale at once.

use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;
use perfectgym::{
    BookableAppointment, BookableAppointmentId, GetBookableAppointment, ListBookableAppointments, Slice,
    SliceSize,
};

use crate::upstream::{Upstream, UpstreamError};

/// How long an answer is fresh.
const FRESH: Duration = Duration::from_secs(30);
/// How long one that is not fresh may stand in while the upstream fails.
const STANDS_IN: Duration = Duration::from_secs(6 * 60 * 60);
const MOST: u64 = 500;

/// Slices and services, as the upstream gave them (pictures with the upstream's own addresses).
pub(crate) struct Catalogue {
    slices: Kept<(Option<String>, Option<SliceSizeKey>), Slice<BookableAppointment>>,
    services: Kept<BookableAppointmentId, BookableAppointment>,
}

type SliceSizeKey = i32;

impl Default for Catalogue {
    fn default() -> Self {
        Self {
            slices: Kept::new(),
            services: Kept::new(),
        }
    }
}

impl Catalogue {
    /// One slice.
    ///
    /// # Errors
    /// The upstream's, where nothing may stand in.
    pub(crate) async fn slice(
        &self,
        upstream: &Upstream,
        which: &ListBookableAppointments,
        language: &str,
    ) -> Result<Arc<Slice<BookableAppointment>>, Arc<UpstreamError>> {
        let key = (which.offset.clone(), which.slice_size.map(SliceSize::get));
        self.slices.get(key, upstream.call(which, language)).await
    }

    /// One service.
    ///
    /// # Errors
    /// The upstream's, where nothing may stand in.
    pub(crate) async fn service(
        &self,
        upstream: &Upstream,
        id: BookableAppointmentId,
        language: &str,
    ) -> Result<Arc<BookableAppointment>, Arc<UpstreamError>> {
        self.services
            .get(id, upstream.call(&GetBookableAppointment { id }, language))
            .await
    }
}

struct Kept<K, V> {
    fresh: Cache<K, Arc<V>>,
    last: Cache<K, Arc<V>>,
}

impl<K, V> Kept<K, V>
where
    K: Hash + Eq + Clone + Send + Sync + 'static,
    V: Send + Sync + 'static,
{
    fn new() -> Self {
        let cache = |lasts| Cache::builder().max_capacity(MOST).time_to_live(lasts).build();
        Self {
            fresh: cache(FRESH),
            last: cache(STANDS_IN),
        }
    }

    /// Many at once wait for one read.
    async fn get(
        &self,
        key: K,
        read: impl Future<Output = Result<V, UpstreamError>>,
    ) -> Result<Arc<V>, Arc<UpstreamError>> {
        let read = async {
            let value = Arc::new(read.await?);
            self.last.insert(key.clone(), Arc::clone(&value)).await;
            Ok(value)
        };
        match self.fresh.try_get_with(key.clone(), read).await {
            Err(error) if may_stand_in(&error) => self.last.get(&key).await.ok_or(error),
            result => result,
        }
    }
}

/// Where the upstream said no, its no is the answer.
fn may_stand_in(error: &UpstreamError) -> bool {
    match error {
        UpstreamError::Forbidden(_) | UpstreamError::NotFound(_) | UpstreamError::Refused(_) => false,
        UpstreamError::NotSent(_) | UpstreamError::OverBudget | UpstreamError::NoAnswer(_) => true,
        UpstreamError::Conflict(_) | UpstreamError::TooMany(_) | UpstreamError::Failed(_) => true,
        UpstreamError::Unreadable(_) => true,
    }
}

/// The same service with a picture that comes through us: the upstream's address expires, and is somebody else's host.
pub(crate) fn for_browser(service: &BookableAppointment) -> BookableAppointment {
    let picture = service
        .img_url
        .as_ref()
        .map(|_| format!("/pictures/{}", service.id));
    BookableAppointment {
        img_url: picture,
        ..service.clone()
    }
}
