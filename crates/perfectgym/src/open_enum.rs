//! Words of the upstream that may grow with any minor version.
//!
//! Every enum here is open: a word that this version does not know is kept as it came and goes back as it came.
//! What an unknown word means to a member is not decided here.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! open_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)+
            /// A word this version does not know, kept as it came.
            Unknown(Box<str>),
        }

        impl $name {
            /// The words this version knows, in the contract's order.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// The upstream's word.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Unknown(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    other => Self::Unknown(other.into()),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                Ok(Self::from(String::deserialize(from)?.as_str()))
            }
        }
    };
}

open_enum! {
    /// The verdict of `validateBooking`: the ten of the 1.12.1 documentation and the four that 1.11 names beside them.
    ValidationStatus {
        /// Booking is possible.
        Available = "AVAILABLE",
        /// The start date and time is in the past.
        PastStartDateTime = "PAST_START_DATE_TIME",
        /// The end is not after the start.
        EndDateTimeNotAfterStartDateTime = "END_DATE_TIME_NOT_AFTER_START_DATE_TIME",
        /// Start to end is not the main time of the bookable appointment.
        PeriodDoesNotMatch = "PERIOD_DOES_NOT_MATCH",
        /// The customer has another booking in this period.
        CustomerInOtherBooking = "CUSTOMER_IN_OTHER_BOOKING",
        /// The customer has an idle period then.
        CustomerIdle = "CUSTOMER_IDLE",
        /// The customer lacks the contingent this needs.
        NoContingent = "NO_CONTINGENT",
        /// A restriction of the bookable appointment is not fulfilled.
        BookableAppointmentRestrictionsNotFulfilled = "BOOKABLE_APPOINTMENT_RESTRICTIONS_NOT_FULFILLED",
        /// The booking limit is reached.
        BookingLimitReached = "BOOKING_LIMIT_REACHED",
        /// Before the earliest possible booking date.
        DateTimeBeforeEarliestBookingDateTime = "DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME",
        /// After the latest possible booking date.
        DateTimeAfterLatestBookingDateTime = "DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME",
        /// The studio is closed in this period.
        StudioClosed = "STUDIO_CLOSED",
        /// A trainer, room or device is not free.
        ResourceNotAvailable = "RESOURCE_NOT_AVAILABLE",
        /// Not available, for a reason the upstream does not name.
        NotAvailable = "NOT_AVAILABLE",
    }
}

open_enum! {
    /// `AppointmentBooking.bookingStatus`.
    BookingStatus {
        /// The customer is booked.
        Booked = "BOOKED",
        /// The booking is cancelled; it stays in lists.
        Canceled = "CANCELED",
        /// Booked, and the studio still has to confirm.
        BookedWithConfirmationRequired = "BOOKED_WITH_CONFIRMATION_REQUIRED",
    }
}

open_enum! {
    /// `AppointmentBooking.appointmentStatus`.
    AppointmentStatus {
        /// It has taken place.
        Completed = "COMPLETED",
        /// It was cancelled.
        Canceled = "CANCELED",
        /// It is to come.
        Planned = "PLANNED",
    }
}

open_enum! {
    /// `AppointmentBooking.participantStatus`.
    ParticipantStatus {
        /// The customer takes part.
        Participating = "PARTICIPATING",
        /// Not set.
        Unset = "UNSET",
        /// The customer does not take part.
        NotParticipating = "NOT_PARTICIPATING",
    }
}

open_enum! {
    /// `Customer.status`.
    CustomerStatus {
        /// Has a membership.
        Member = "MEMBER",
        /// Does not have one yet.
        Prospect = "PROSPECT",
        /// Had one.
        FormerMember = "FORMER_MEMBER",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_are_variants_and_unknown_words_go_back_as_they_came() {
        assert_eq!(ValidationStatus::KNOWN.len(), 14);
        for status in ValidationStatus::KNOWN {
            assert_eq!(&ValidationStatus::from(status.as_str()), status);
        }
        let odd: ValidationStatus = serde_json::from_str("\"WAITING_FOR_FULL_MOON\"").unwrap();
        assert_eq!(odd, ValidationStatus::Unknown("WAITING_FOR_FULL_MOON".into()));
        assert_eq!(serde_json::to_string(&odd).unwrap(), "\"WAITING_FOR_FULL_MOON\"");
    }
}
