//! Schemas that several operations share. Required and optional as the contract has them; unknown fields are ignored.

use serde::{Deserialize, Serialize};

use crate::{
    AppointmentStatus, BookableAppointmentId, BookingId, BookingStatus, CustomerId, InstructorId, Moment,
    ParticipantStatus,
};

/// Something that members can book. Only the id is certain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BookableAppointment {
    /// Its id.
    pub id: BookableAppointmentId,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<i32>,
    /// A word of the studio's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Text, in the studio's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Where its picture is; expires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub img_url: Option<String>,
}

/// A time that can be booked. It has no id: start, end and instructor ids are its identity.
///
/// The contract requires neither start nor end, yet a slot without them cannot be shown or booked, so it counts as
/// unreadable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Slot {
    /// When it starts.
    pub start_date_time: Moment,
    /// When it ends.
    pub end_date_time: Moment,
    /// Who gives it; empty at some studios. Whether several are a team or alternatives is undocumented.
    #[serde(default, deserialize_with = "none_as_default")]
    pub instructors: Vec<Instructor>,
}

impl Slot {
    /// The ids to send back with this slot. An instructor without an id (`{}` is legal) has none to send.
    pub fn instructor_ids(&self) -> Vec<InstructorId> {
        self.instructors.iter().filter_map(|i| i.id).collect()
    }
}

/// A person of the studio. `{}` is legal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Instructor {
    /// Their id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<InstructorId>,
    /// Not to be shown where there is a public name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Not to be shown where there is a public name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Where present, the only name a customer should see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_name: Option<String>,
}

impl Instructor {
    /// The name a customer may see, if there is one.
    pub fn shown_name(&self) -> Option<String> {
        let said = |name: &Option<String>| {
            name.as_deref()
                .map(str::trim)
                .filter(|n| !n.is_empty())
                .map(str::to_owned)
        };
        said(&self.public_name).or_else(|| match (said(&self.first_name), said(&self.last_name)) {
            (Some(first), Some(last)) => Some(format!("{first} {last}")),
            (first, last) => first.or(last),
        })
    }
}

/// The body of `validateBooking` and `book`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BookingRequest {
    /// Whom it is for.
    pub customer_id: CustomerId,
    /// What.
    pub bookable_appointment_id: BookableAppointmentId,
    /// The slot's own text.
    pub start_date_time: Moment,
    /// The slot's own text.
    pub end_date_time: Moment,
    /// All ids of the slot.
    #[serde(default, deserialize_with = "none_as_default")]
    pub instructor_ids: Vec<InstructorId>,
}

/// A [`BookingRequest`] without its customer: what a browser may say. A body that names a customer is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BookingWish {
    /// What.
    pub bookable_appointment_id: BookableAppointmentId,
    /// The slot's own text.
    pub start_date_time: Moment,
    /// The slot's own text.
    pub end_date_time: Moment,
    /// All ids of the slot.
    #[serde(default)]
    pub instructor_ids: Vec<InstructorId>,
}

impl BookingWish {
    /// The wish for one slot of one bookable appointment, in the slot's own words.
    pub fn new(what: BookableAppointmentId, slot: &Slot) -> Self {
        Self {
            bookable_appointment_id: what,
            start_date_time: slot.start_date_time.clone(),
            end_date_time: slot.end_date_time.clone(),
            instructor_ids: slot.instructor_ids(),
        }
    }

    /// The request it becomes once somebody vouches for the customer.
    pub fn for_customer(self, customer_id: CustomerId) -> BookingRequest {
        BookingRequest {
            customer_id,
            bookable_appointment_id: self.bookable_appointment_id,
            start_date_time: self.start_date_time,
            end_date_time: self.end_date_time,
            instructor_ids: self.instructor_ids,
        }
    }
}

/// A booking as `book` and `listBookings` answer it. It does not say which bookable appointment it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AppointmentBooking {
    /// Its id.
    pub booking_id: BookingId,
    /// What became of the booking.
    pub booking_status: BookingStatus,
    /// When it starts.
    pub start_date_time: Moment,
    /// When it ends.
    pub end_date_time: Moment,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<i32>,
    /// A word of the studio's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Text, in the studio's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Where its picture is; expires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub img_url: Option<String>,
    /// Who gives it.
    #[serde(default, deserialize_with = "none_as_default")]
    pub instructors: Vec<Instructor>,
    /// What became of the appointment.
    pub appointment_status: AppointmentStatus,
    /// Whether the customer takes part.
    pub participant_status: ParticipantStatus,
}

/// `null` where a list is optional means the same as leaving it out.
fn none_as_default<'de, D: serde::Deserializer<'de>, T: Default + Deserialize<'de>>(
    from: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}
