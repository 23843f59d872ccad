//! Numbers the contract bounds: a request that would be refused cannot be written down.

use std::fmt;

/// A number outside the bounds the contract sets for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfBounds {
    /// The parameter's name on the wire.
    pub parameter: &'static str,
    /// The least it may be.
    pub least: i32,
    /// The most it may be.
    pub most: i32,
}

impl fmt::Display for OutOfBounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} must be a whole number from {} to {}",
            self.parameter, self.least, self.most
        )
    }
}

impl std::error::Error for OutOfBounds {}

macro_rules! bounded {
    ($(#[$doc:meta])* $name:ident, $parameter:literal, $least:literal ..= $most:literal, default $default:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(i32);

        impl $name {
            /// The least the contract allows.
            pub const LEAST: Self = Self($least);
            /// The most the contract allows.
            pub const MOST: Self = Self($most);

            /// Takes a number within the contract's bounds.
            ///
            /// # Errors
            /// Outside them.
            pub fn new(value: i32) -> Result<Self, OutOfBounds> {
                let fits = ($least..=$most).contains(&value);
                fits.then_some(Self(value)).ok_or(OutOfBounds { parameter: $parameter, least: $least, most: $most })
            }

            /// The number.
            pub fn get(self) -> i32 {
                self.0
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self($default)
            }
        }
    };
}

bounded! {
    /// `sliceSize` of `listBookableAppointments`: 10 to 100, 50 where none is said.
    SliceSize, "sliceSize", 10..=100, default 50
}

bounded! {
    /// `daysAhead` of `listSlots`: 1 to 6 days, 1 where none is said.
    DaysAhead, "daysAhead", 1..=6, default 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_contract_allows_can_be_made() {
        assert!(DaysAhead::new(0).is_err() && DaysAhead::new(7).is_err());
        assert_eq!(DaysAhead::new(6), Ok(DaysAhead::MOST));
        assert_eq!(
            SliceSize::new(9).unwrap_err().to_string(),
            "sliceSize must be a whole number from 10 to 100"
        );
        assert_eq!(SliceSize::default().get(), 50);
    }
}
