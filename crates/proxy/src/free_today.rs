//! What is free for the rest of the studio's day, of all that can be booked: for the start screens of kiosks.
//!
//! Put together once for all kiosks of a studio, however many look, and kept for seconds. It goes last among those who read
//! times, a few services at a time, and takes what members have had read. What cannot be had now is left out, and it is said
//! that something is: here nothing older stands in, for whoever reads it is about to walk over.

mod of_today;

use std::sync::Arc;
use std::time::Duration;

use booking::kiosk::{FreeService, FreeToday};
use booking::slots::Window;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use futures_util::{StreamExt as _, stream};
use perfectgym::{BookableAppointment, ListSlots, Slot};

use crate::app::App;
use crate::catalogue::for_browser;
use crate::clock::{Clock, Stopwatch};
use crate::kept::{Dated, Events, Kept, Need, Times};
use crate::slots::{FreeTimes, in_passing};
use crate::upstream::UpstreamError;
use of_today::{Found, Part};

/// How long it is kept. With [`PARTS`] and [`LONGEST`], nothing that is shown was read more than a minute ago.
const KEPT: Duration = Duration::from_secs(10);
/// How old a service's times may be when they become a part of it.
const PARTS: Duration = Duration::from_secs(25);
/// Whatever has not been read by then is left out.
const LONGEST: Duration = Duration::from_secs(8);
/// So many services are asked for at a time.
const AT_A_TIME: usize = 4;
/// Nobody is asked again sooner, however soon they say.
const LEAST_PAUSE: Duration = Duration::from_millis(50);
/// Of a day and two zones.
const BYTES: u64 = 1 << 20;

/// The studio's day: yesterday's is never shown today. With the zone, as that may be learnt while it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Day {
    date: NaiveDate,
    zone: Option<Tz>,
}

impl Day {
    fn now(app: &App) -> Self {
        Self::of(app.clock.now(), app.zone.zone())
    }

    fn of(at: DateTime<Utc>, zone: Option<Tz>) -> Self {
        let date = zone.map_or_else(|| at.date_naive(), |zone| at.with_timezone(&zone).date_naive());
        Self { date, zone }
    }
}

/// What was put together last.
pub(crate) struct FreeTimesToday(Kept<Day, Found>);

impl FreeTimesToday {
    /// `events` are those of the times.
    pub(crate) fn new(clock: &Clock, events: &Events) -> Self {
        let times = Times {
            name: "free_today",
            fresh: KEPT,
            stands_in: KEPT,
            most: BYTES,
        };
        Self(Kept::new(times, clock, events))
    }
}

/// What is free by now.
///
/// # Errors
/// The upstream's, where nothing at all could be read.
pub(crate) async fn free_today(app: &Arc<App>, language: &str) -> Result<FreeToday, Arc<UpstreamError>> {
    if app.settings.studio.times_need_sign_in {
        return Ok(told(app, &Found::nothing(app.clock.now())));
    }
    let day = Day::now(app);
    let found = of_day(app, day, language).await;
    let then = Day::now(app);
    // Midnight came meanwhile, or the zone was learnt.
    let found = if then == day {
        found?
    } else {
        of_day(app, then, language).await?
    };
    Ok(told(app, &found.value))
}

async fn of_day(app: &Arc<App>, day: Day, language: &str) -> Result<Dated<Found>, Arc<UpstreamError>> {
    // Whoever has just booked does not see that time on the start screen again.
    let need = Need {
        rather_after: app.slots.last_change(),
        ..Need::default()
    };
    let read = || {
        let (app, language) = (Arc::clone(app), language.to_owned());
        async move {
            let found = read(&app, day, &language).await?;
            let bytes = found.weight();
            Ok((found, bytes))
        }
    };
    app.free_today.0.no_older(day, need, KEPT, language, read).await
}

/// Without what has begun since.
fn told(app: &App, found: &Found) -> FreeToday {
    let now = app.clock.now();
    FreeToday {
        now,
        read_at: found.read_at,
        build: app.pages.build_at_kiosks().to_string(),
        partly: found.partly,
        free: found.after(now),
    }
}

async fn read(app: &Arc<App>, day: Day, language: &str) -> Result<Found, UpstreamError> {
    let watch = Stopwatch::start();
    let left = || LONGEST.saturating_sub(watch.elapsed());
    let (services, mut failed) = services(app, language, left()).await;
    let mut found = Found::nothing(app.clock.now());
    found.partly = failed.is_some();
    let (mut parts_read, mut wanted) = (0_usize, services.len());
    let parts = stream::iter(services).map(|service| part(app, service, day, language));
    let mut parts = std::pin::pin!(parts.buffer_unordered(AT_A_TIME));
    while let Ok(Some(part)) = tokio::time::timeout(left(), parts.next()).await {
        wanted = wanted.saturating_sub(1);
        match part {
            Ok(part) => {
                parts_read += 1;
                found.take(part);
            }
            Err(error) => {
                found.partly = true;
                failed.get_or_insert(error);
            }
        }
    }
    found.partly |= wanted > 0;
    if parts_read == 0 && found.partly {
        return Err(failed.map_or(TOO_SLOW, Arc::unwrap_or_clone));
    }
    Ok(found.in_order())
}

/// Nothing came in all that time.
const TOO_SLOW: UpstreamError = UpstreamError::OverBudget { retry_after: LONGEST };

/// All that can be booked, each once, as far as it could be read in that time.
async fn services(
    app: &App,
    language: &str,
    within: Duration,
) -> (Vec<BookableAppointment>, Option<Arc<UpstreamError>>) {
    let mut all: Vec<BookableAppointment> = Vec::new();
    let take = |service: &BookableAppointment| {
        if all.iter().all(|other| other.id != service.id) {
            all.push(for_browser(service));
        }
    };
    let walk = booking::boot::walk_of_catalogue();
    let walked = app.catalogue.each(&app.upstream, walk, language, take);
    let failed = match tokio::time::timeout(within, walked).await {
        Ok(walked) => walked.err(),
        Err(_) => Some(Arc::new(TOO_SLOW)),
    };
    (all, failed)
}

async fn part(
    app: &Arc<App>,
    service: BookableAppointment,
    day: Day,
    language: &str,
) -> Result<Part, Arc<UpstreamError>> {
    let times = times(app, &service, day, language).await?;
    let zone = day.zone;
    let is_today = |slot: &Slot| Day::of(slot.start_date_time.instant(), zone) == day;
    let slots = serde_json::from_slice::<Vec<Slot>>(times.value.json.plain());
    let slots = slots.map_err(|error| Arc::new(UpstreamError::Unreadable(error.to_string())))?;
    Ok(Part {
        read_at: times.read_at,
        partly: times.value.unreadable > 0,
        service: FreeService {
            id: service.id,
            title: service.title,
            duration: service.duration,
            slots: slots.into_iter().filter(is_today).collect(),
        },
    })
}

/// Asks for what the app asks for when somebody taps the service, so that it is there then. Where there are too many calls
/// just now, it waits and asks again.
async fn times(
    app: &Arc<App>,
    service: &BookableAppointment,
    day: Day,
    language: &str,
) -> Result<Dated<FreeTimes>, Arc<UpstreamError>> {
    let window = Window::of_page(day.date, 0);
    let which = ListSlots {
        id: service.id,
        customer_id: None,
        days_ahead: Some(window.days_ahead),
        slot_window_start_date: Some(window.start),
    };
    loop {
        match in_passing(app, &which, PARTS, language).await {
            Err(error) => match *error {
                UpstreamError::OverBudget { retry_after } => {
                    tokio::time::sleep(retry_after.max(LEAST_PAUSE)).await;
                }
                _ => return Err(error),
            },
            times => return times,
        }
    }
}
