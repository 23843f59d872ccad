//! What the studio offers, read at most once in half a minute whoever asks, and kept for when the upstream fails.
//!
//! Holds nothing of a member, so everybody gets the same. Free times are in [`crate::slots`].

use std::sync::Arc;
use std::time::Duration;

use moka::sync::Cache;
use perfectgym::{
    BookableAppointment, BookableAppointmentId, GetBookableAppointment, ListBookableAppointments, Readable,
    Slice, SliceSize, Walk,
};

use crate::clock::Clock;
use crate::config::Limits;
use crate::kept::{Events, Kept, Need, Seen, Times};
use crate::measure::{self, Found};
use crate::packed::Json;
use crate::upstream::{Priority, Upstream, UpstreamError, note_unreadable};

/// How long an answer may stand in while the upstream fails.
const STANDS_IN: Duration = Duration::from_secs(6 * 60 * 60);
/// Of each kind. The catalogue of a large studio is some hundred kilobytes.
const BYTES: u64 = 16 << 20;
/// What figures call the two.
const CATALOGUE: &str = "catalogue";
const SERVICES: &str = "services";
/// An id that names nothing takes next to no room.
const MOST_NONE: u64 = 10_000;

/// One slice, as the upstream gave it and as it goes out.
#[derive(Debug)]
pub(crate) struct Offered {
    slice: Slice<BookableAppointment>,
    /// The contract's JSON, with pictures that come through us.
    pub(crate) json: Json,
}

impl std::ops::Deref for Offered {
    type Target = Slice<BookableAppointment>;

    fn deref(&self) -> &Self::Target {
        &self.slice
    }
}

impl Offered {
    fn of(slice: Slice<BookableAppointment>) -> Result<Self, UpstreamError> {
        let json = serde_json::to_vec(&shown(&slice));
        let json = json.map_err(|error| UpstreamError::Unreadable(error.to_string()))?;
        Ok(Self {
            slice,
            json: Json::new(json),
        })
    }
}

/// Slices and services, as the upstream gave them (pictures with the upstream's own addresses).
pub(crate) struct Catalogue {
    none: Cache<BookableAppointmentId, Arc<UpstreamError>>,
    slices: Kept<(Option<String>, Option<i32>), Offered>,
    services: Kept<BookableAppointmentId, BookableAppointment>,
}

impl Catalogue {
    pub(crate) fn new(limits: &Limits, clock: &Clock) -> Self {
        let times = |name| Times {
            name,
            fresh: limits.cache_catalogue,
            stands_in: STANDS_IN,
            most: BYTES,
        };
        let events = Events::default();
        Self {
            none: Cache::builder()
                .max_capacity(MOST_NONE)
                .time_to_live(limits.cache_catalogue)
                .build(),
            slices: Kept::new(times(CATALOGUE), clock, &events),
            services: Kept::new(times(SERVICES), clock, &events),
        }
    }

    /// Hands on each service of the whole catalogue, in its order. A list that changes while it is walked can name one twice.
    ///
    /// # Errors
    /// As [`Self::slice`], at the first slice that cannot be had; what comes before it has been handed on.
    pub(crate) async fn each(
        &self,
        upstream: &Arc<Upstream>,
        mut walk: Walk,
        language: &str,
        mut take: impl FnMut(&BookableAppointment),
    ) -> Result<(), Arc<UpstreamError>> {
        while let Some(which) = walk.next() {
            let slice = self.slice(upstream, &which, language).await?;
            slice.result.items.iter().for_each(&mut take);
            walk.took(&slice);
        }
        Ok(())
    }

    /// One slice.
    ///
    /// # Errors
    /// The upstream's, where nothing may stand in.
    pub(crate) async fn slice(
        &self,
        upstream: &Arc<Upstream>,
        which: &ListBookableAppointments,
        language: &str,
    ) -> Result<Seen<Offered>, Arc<UpstreamError>> {
        let key = (which.offset.clone(), which.slice_size.map(SliceSize::get));
        let read = || {
            let (upstream, which, accepts) = (Arc::clone(upstream), which.clone(), language.to_owned());
            async move {
                let slice = upstream.call(&which, &accepts).await?;
                note_unreadable::<ListBookableAppointments>(slice.result.unreadable);
                let offset = which.offset.as_deref().map_or(0, str::len);
                let bytes = offset + bytes(&slice.result.items);
                let offered = Offered::of(slice)?;
                let bytes = bytes + offered.json.weight();
                Ok((offered, bytes))
            }
        };
        self.slices.get(key, Need::default(), language, read).await
    }

    /// One service. That there is none is kept as long as one would be: whoever goes through the numbers, or through
    /// the addresses of one, costs the upstream little.
    ///
    /// # Errors
    /// The upstream's, where nothing may stand in.
    pub(crate) async fn service(
        &self,
        upstream: &Arc<Upstream>,
        id: BookableAppointmentId,
        language: &str,
    ) -> Result<Seen<BookableAppointment>, Arc<UpstreamError>> {
        if let Some(error) = self.none.get(&id) {
            measure::kept(SERVICES, Found::Hit);
            return Err(error);
        }
        let read = || {
            let (upstream, accepts) = (Arc::clone(upstream), language.to_owned());
            async move {
                let service = upstream.call(&GetBookableAppointment { id }, &accepts).await?;
                let bytes = bytes(std::slice::from_ref(&service));
                Ok((service, bytes))
            }
        };
        let result = self.services.get(id, Need::default(), language, read).await;
        if let Err(error) = &result
            && matches!(**error, UpstreamError::NotFound(_))
        {
            self.none.insert(id, Arc::clone(error));
        }
        result
    }

    /// The same for whoever is about to book it, who neither joins a read that waits among readers nor waits there: what
    /// is recent, else one of their own, else whatever there is.
    ///
    /// # Errors
    /// The upstream's, where nothing may stand in.
    pub(crate) async fn service_to_book(
        &self,
        upstream: &Upstream,
        id: BookableAppointmentId,
        language: &str,
    ) -> Result<Seen<BookableAppointment>, Arc<UpstreamError>> {
        if let Some(service) = self.services.recent(&id) {
            return Ok(service);
        }
        let which = GetBookableAppointment { id };
        match upstream.call_as(Priority::Booking, &which, language).await {
            Ok(service) => Ok(Seen::just_now(service)),
            Err(error) => {
                let last = self.services.last(&id);
                last.filter(|_| error.leaves_the_last_answer())
                    .ok_or(Arc::new(error))
            }
        }
    }
}

/// As long as it would be as JSON.
fn bytes(services: &[BookableAppointment]) -> usize {
    serde_json::to_vec(services).map_or(0, |json| json.len())
}

/// As a browser gets it.
pub(crate) fn shown(slice: &Slice<BookableAppointment>) -> Slice<BookableAppointment> {
    let items = slice.result.items.iter().map(for_browser).collect();
    let result = Readable {
        items,
        unreadable: slice.result.unreadable,
    };
    Slice {
        result,
        has_next: slice.has_next,
        offset: slice.offset.clone(),
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
