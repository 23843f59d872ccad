//! Ids of the upstream: int64, all of them, and beyond what a double can hold.
//!
//! A type for each, so that a booking's id is never sent where a customer's belongs. They are numbers on the
//! wire and are read as integers, never through a float.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// Who a booking is for. Never chosen by a browser.
    CustomerId,
    /// Something a studio lets its members book.
    BookableAppointmentId,
    /// One booking of one customer.
    BookingId,
    /// A trainer, therapist or other person of the studio.
    InstructorId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_beyond_a_double_survives_json() {
        let id: BookingId = serde_json::from_str("9007199254740993").unwrap();
        assert_eq!(id, BookingId(9_007_199_254_740_993));
        assert_eq!(serde_json::to_string(&id).unwrap(), "9007199254740993");
        assert_eq!("9223372036854775807".parse(), Ok(BookingId(i64::MAX)));
    }
}
