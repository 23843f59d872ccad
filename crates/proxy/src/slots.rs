//! Free times, kept for seconds. They go stale at once, and a crowd that looks at the same day is still one read.
//!
//! A member's own times (asked for with their customer id) are kept under that id and shown to nobody else. They are an
//! extra: where there is a crowd, members get the times that anybody gets, which name nobody; what one of them may not
//! have, validation tells, as it always does before anything is booked.
//!
//! Whoever books or cancels sees from then on only what was read after that. Others' times are read anew as well, and
//! theirs may stand in where that fails.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::NaiveDate;
use moka::sync::Cache;
use perfectgym::{BookableAppointmentId, CustomerId, DaysAhead, ListSlots, Readable, Slot};

use crate::app::App;
use crate::clock::Clock;
use crate::config::Limits;
use crate::kept::{Dated, Event, Events, Kept, Need, Seen, Times};
use crate::packed::Json;
use crate::shown::slot_for_members;
use crate::upstream::{Priority, UpstreamError, note_unreadable};

/// How long times may stand in while the upstream fails.
const STANDS_IN: Duration = Duration::from_secs(10 * 60);
/// A week of a busy service's times is some ten kilobytes.
const BYTES: u64 = 32 << 20;
/// Of members who changed something within [`STANDS_IN`]; one takes next to no room.
const MOST_MEMBERS: u64 = 100_000;
/// Of services that changed within that time.
const MOST_SERVICES: u64 = 10_000;

/// What makes two lists of times different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    customer: Option<CustomerId>,
    service: BookableAppointmentId,
    days: Option<i32>,
    from: Option<NaiveDate>,
    /// Read for whoever shows all services, at [`Priority::Spare`]: nobody else waits for such a read, which may be refused
    /// where theirs would not be.
    in_passing: bool,
}

/// Times as they go out.
#[derive(Debug)]
pub(crate) struct FreeTimes {
    /// The contract's JSON.
    pub(crate) json: Json,
    /// How many nobody could read.
    pub(crate) unreadable: usize,
}

/// Free times, and what changed them.
pub(crate) struct Slots {
    kept: Kept<Key, FreeTimes>,
    events: Events,
    changed_by: Cache<CustomerId, Event>,
    changed: Cache<Option<BookableAppointmentId>, Event>,
    last: AtomicU64,
}

impl Slots {
    pub(crate) fn new(limits: &Limits, clock: &Clock) -> Self {
        let times = Times {
            name: "times",
            fresh: limits.cache_slots,
            stands_in: STANDS_IN,
            most: BYTES,
        };
        let events = Events::default();
        // A minute more than anything is kept that was read before.
        let remembered = STANDS_IN + Duration::from_secs(60);
        let changed_by = Cache::builder()
            .max_capacity(MOST_MEMBERS)
            .time_to_live(remembered);
        let changed = Cache::builder()
            .max_capacity(MOST_SERVICES)
            .time_to_live(remembered);
        Self {
            kept: Kept::new(times, clock, &events),
            events,
            changed_by: changed_by.build(),
            changed: changed.build(),
            last: AtomicU64::new(0),
        }
    }

    /// A member changed a service's times, or those of any where it is not known which.
    pub(crate) fn changed_by(&self, customer: CustomerId, service: Option<BookableAppointmentId>) {
        let now = self.events.next();
        self.changed_by.insert(customer, now);
        self.changed.insert(service, now);
        self.last.fetch_max(now, Ordering::SeqCst);
    }

    /// Somebody changed a service's times elsewhere, or those of any.
    pub(crate) fn changed(&self, service: Option<BookableAppointmentId>) {
        let now = self.events.next();
        self.changed.insert(service, now);
        self.last.fetch_max(now, Ordering::SeqCst);
    }

    /// What is put together of the times of many services: since when it is not as it is, among all that happened.
    pub(crate) fn last_change(&self) -> Event {
        self.last.load(Ordering::SeqCst)
    }

    /// Counts what happens to times.
    pub(crate) fn events(&self) -> &Events {
        &self.events
    }

    fn need(&self, customer: Option<CustomerId>, service: BookableAppointmentId) -> Need {
        let not_before = customer.and_then(|customer| self.changed_by.get(&customer));
        let rather_after = [Some(service), None].map(|which| self.changed.get(&which).unwrap_or_default());
        Need {
            not_before: not_before.unwrap_or_default(),
            rather_after: rather_after.into_iter().max().unwrap_or_default(),
            or_another: false,
        }
    }
}

/// The times of a service: a member's own where there is an ample budget, else anybody's.
///
/// # Errors
/// The upstream's, where nothing may stand in.
pub(crate) async fn slots(
    app: &Arc<App>,
    which: &ListSlots,
    language: &str,
) -> Result<Seen<FreeTimes>, Arc<UpstreamError>> {
    let need = app.slots.need(which.customer_id, which.id);
    if which.customer_id.is_some() {
        let own = Need {
            or_another: true,
            ..need
        };
        match read(app, *which, own, Priority::Spare, language).await {
            Err(error) if matches!(*error, UpstreamError::OverBudget { .. }) => {}
            result => return result,
        }
    }
    let anybodys = ListSlots {
        customer_id: None,
        ..*which
    };
    read(app, anybodys, need, Priority::Read, language).await
}

/// The times of a service that anybody gets, read within that time, and when: for whoever shows all services, and goes last.
/// What members have had read is taken, and what is read here they have as well.
///
/// # Errors
/// The upstream's: nothing older stands in.
pub(crate) async fn in_passing(
    app: &Arc<App>,
    which: &ListSlots,
    within: Duration,
    language: &str,
) -> Result<Dated<FreeTimes>, Arc<UpstreamError>> {
    let (slots, need) = (&app.slots, app.slots.need(None, which.id));
    let which = ListSlots {
        customer_id: None,
        ..*which
    };
    let anybodys = Key::of(&which);
    if let Some(known) = slots.kept.within(&anybodys, need, within) {
        return Ok(known);
    }
    let own = Key {
        in_passing: true,
        ..anybodys
    };
    let read = || reading(app, which, Priority::Spare, language);
    let times = slots.kept.no_older(own, need, within, language, read).await?;
    slots.kept.also(&own, anybodys);
    Ok(times)
}

async fn read(
    app: &Arc<App>,
    which: ListSlots,
    need: Need,
    priority: Priority,
    language: &str,
) -> Result<Seen<FreeTimes>, Arc<UpstreamError>> {
    let read = || reading(app, which, priority, language);
    app.slots.kept.get(Key::of(&which), need, language, read).await
}

fn reading(
    app: &Arc<App>,
    which: ListSlots,
    priority: Priority,
    language: &str,
) -> impl Future<Output = Result<(FreeTimes, usize), UpstreamError>> + Send + use<> {
    let (app, accepts) = (Arc::clone(app), language.to_owned());
    async move {
        let slots = app.upstream.call_as(priority, &which, &accepts).await?;
        note_unreadable::<ListSlots>(slots.unreadable);
        app.zone.learn(&slots.items);
        let times = as_they_go_out(slots)?;
        let bytes = times.json.weight();
        Ok((times, bytes))
    }
}

impl Key {
    fn of(which: &ListSlots) -> Self {
        Self {
            customer: which.customer_id,
            service: which.id,
            days: which.days_ahead.map(DaysAhead::get),
            from: which.slot_window_start_date,
            in_passing: false,
        }
    }
}

fn as_they_go_out(slots: Readable<Slot>) -> Result<FreeTimes, UpstreamError> {
    let items: Vec<Slot> = slots.items.into_iter().map(slot_for_members).collect();
    let json = serde_json::to_vec(&items).map_err(|error| UpstreamError::Unreadable(error.to_string()))?;
    Ok(FreeTimes {
        json: Json::new(json),
        unreadable: slots.unreadable,
    })
}
