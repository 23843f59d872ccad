//! `listBookableAppointments`: what can be booked, a slice at a time.

use axum::Json;
use axum::extract::State;
use perfectgym::{BookableAppointment, BookableAppointmentId, Readable, Slice, SliceSize};

use super::answer;
use super::app::{App, Base};
use super::bounds::Params;
use super::error::Problem;

/// `offset` is the last id of the slice before; ids are above 0, so the default begins at the beginning.
pub(super) async fn handle(
    State(app): State<App>,
    Base(base): Base,
    params: Params,
) -> Result<Json<Slice<BookableAppointment>>, Problem> {
    let after = params.value("offset")?.unwrap_or(BookableAppointmentId(0));
    let size = params.bounded("sliceSize", SliceSize::new)?;
    let size = usize::try_from(size.get()).unwrap_or_default();
    let mut rest = app
        .desk
        .timetable
        .services
        .iter()
        .filter(|service| service.id > after);
    let part: Vec<_> = rest.by_ref().take(size).collect();
    let last = part.last().map_or(after, |service| service.id);
    let forever = app.quirks.read().has_next_forever;
    Ok(Json(Slice {
        result: Readable::from(
            part.iter()
                .map(|service| answer::bookable(service, &base))
                .collect::<Vec<_>>(),
        ),
        has_next: forever || rest.next().is_some(),
        offset: if forever {
            after.to_string()
        } else {
            last.to_string()
        },
    }))
}
