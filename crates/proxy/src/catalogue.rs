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

use crate::upstream::{Upstream, UpstreamError, note_unreadable};

/// How long an answer is fresh.
const FRESH: Duration = Duration::from_secs(30);
/// How long one that is not fresh may stand in while the upstream fails.
const STANDS_IN: Duration = Duration::from_secs(6 * 60 * 60);
const MOST: u64 = 500;
/// An id that names nothing takes next to no room.
const MOST_NONE: u64 = 10_000;

/// Slices and services, as the upstream gave them (pictures with the upstream's own addresses).
pub(crate) struct Catalogue {
    none: Cache<BookableAppointmentId, Arc<UpstreamError>>,
    slices: Kept<(Option<String>, Option<SliceSizeKey>), Slice<BookableAppointment>>,
    services: Kept<BookableAppointmentId, BookableAppointment>,
}

type SliceSizeKey = i32;

impl Default for Catalogue {
    fn default() -> Self {
        Self {
            none: Cache::builder()
                .max_capacity(MOST_NONE)
                .time_to_live(FRESH)
                .build(),
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
        let read = async {
            let slice = upstream.call(which, language).await?;
            note_unreadable::<ListBookableAppointments>(slice.result.unreadable);
            Ok(slice)
        };
        self.slices.get(key, read).await
    }

    /// One service. That there is none is kept as long as one would be: whoever goes through the numbers, or through
    /// the addresses of one, costs the upstream little.
    ///
    /// # Errors
    /// The upstream's, where nothing may stand in.
    pub(crate) async fn service(
        &self,
        upstream: &Upstream,
        id: BookableAppointmentId,
        language: &str,
    ) -> Result<Arc<BookableAppointment>, Arc<UpstreamError>> {
        if let Some(error) = self.none.get(&id).await {
            return Err(error);
        }
        let which = GetBookableAppointment { id };
        let read = upstream.call(&which, language);
        let result = self.services.get(id, read).await;
        if let Err(error) = &result
            && matches!(**error, UpstreamError::NotFound(_))
        {
            self.none.insert(id, Arc::clone(error)).await;
        }
        result
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
