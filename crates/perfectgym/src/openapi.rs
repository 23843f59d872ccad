//! Schemas of the types that write themselves out by hand. The others derive theirs.

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::{Number, PartialSchema, ToSchema};

use crate::{
    AppointmentStatus, BookableAppointmentId, BookingId, BookingStatus, CustomerStatus, InstructorId, Moment,
    ParticipantStatus, ValidationStatus,
};

/// The grammar of [`crate::moment`], with the calendar: days of all months, the 29th and 30th, the 31st, leap days.
const MOMENT: &str = concat!(
    "^([0-9]{4}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)",
    "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)",
    "T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?",
    "(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])([\\[][A-Za-z0-9/_+:-]+[\\]])?$"
);

macro_rules! ids {
    ($($name:ident),+) => {$(
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::Integer)
                    .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
                    .minimum(Some(least()))
                    .maximum(Some(most()))
                    .into()
            }
        }

        impl ToSchema for $name {}
    )+};
}

ids!(BookableAppointmentId, BookingId, InstructorId);

fn least() -> Number {
    isize::try_from(i64::MIN).map_or(Number::Int(isize::MIN), Number::Int)
}

fn most() -> Number {
    isize::try_from(i64::MAX).map_or(Number::Int(isize::MAX), Number::Int)
}

macro_rules! open_sets {
    ($($name:ident),+) => {$(
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let known: Vec<&str> = Self::KNOWN.iter().map(Self::as_str).collect();
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .description(Some(format!("An open set of words; known are {}.", known.join(", "))))
                    .into()
            }
        }

        impl ToSchema for $name {}
    )+};
}

open_sets!(
    AppointmentStatus,
    BookingStatus,
    CustomerStatus,
    ParticipantStatus,
    ValidationStatus
);

impl PartialSchema for Moment {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(MOMENT))
            .description(Some(
                "A date-time, byte for byte as the upstream wrote it; a zone may follow in brackets.",
            ))
            .examples(["2022-06-22T08:00:00.000+02:00[Europe/Berlin]"])
            .into()
    }
}

impl ToSchema for Moment {}
