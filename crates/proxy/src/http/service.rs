//! `GET /bookings/{id}/service`: which service a booking is of, for "book again" and for another time of the same. Our own
//! record knows; of bookings made elsewhere the catalogue does, where one service alone is called so and takes as long.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use booking::{FailureKind, MadeOf};
use perfectgym::{AppointmentBooking, BookableAppointment, BookableAppointmentId, Walk};

use super::error::Trouble;
use super::get_booking::own;
use super::sent::{Named, id};
use super::tongue::Tongue;
use crate::app::App;
use crate::identity::Member;

pub(super) async fn handle(
    State(app): State<Arc<App>>,
    Named(which): Named,
    member: Member,
    tongue: Tongue,
) -> Result<Json<MadeOf>, Trouble> {
    let booking = own(&app, &member, id(&which)?, &tongue.accepts).await?;
    let made_here = app.store.wish_of(member.customer(), booking.booking_id).await?;
    let found = match made_here {
        Some(wish) => Some(wish.bookable_appointment_id),
        None => of_the_catalogue(&app, &booking, &tongue.accepts).await?,
    };
    let bookable_appointment_id = found.ok_or_else(|| Trouble::of(FailureKind::NotFound))?;
    Ok(Json(MadeOf {
        bookable_appointment_id,
    }))
}

/// None where there is none, or more than one.
async fn of_the_catalogue(
    app: &App,
    booking: &AppointmentBooking,
    language: &str,
) -> Result<Option<BookableAppointmentId>, Trouble> {
    let Some(title) = &booking.title else {
        return Ok(None);
    };
    let length = booking.end_date_time.instant() - booking.start_date_time.instant();
    let minutes = booking.duration.map_or(length.num_minutes(), i64::from);
    let mut same = Vec::new();
    let take = |service: &BookableAppointment| {
        let alike = service.title.as_ref() == Some(title) && service.duration.map(i64::from) == Some(minutes);
        same.extend(alike.then_some(service.id));
    };
    let walked = app
        .catalogue
        .each(&app.upstream, Walk::default(), language, take)
        .await;
    walked.map_err(|error| Trouble::reading(&error))?;
    same.sort_unstable_by_key(|id| id.0);
    same.dedup();
    Ok(match same[..] {
        [one] => Some(one),
        _ => None,
    })
}
