//! `GET /v1/appointments/bookable`

use crate::operation::{Method, Operation, Scope};
use crate::{BookableAppointment, Slice, SliceSize};

/// Lists what can be booked, a slice at a time. [`crate::Walk`] asks for slice after slice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListBookableAppointments {
    /// The `offset` of the slice before; the upstream starts at `"0"` where none is said.
    pub offset: Option<String>,
    /// How many at a time; 50 where none is said.
    pub slice_size: Option<SliceSize>,
}

impl Operation for ListBookableAppointments {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/appointments/bookable";
    const SCOPE: Scope = Scope::BookableAppointmentsRead;
    type Body = ();
    type Answer = Slice<BookableAppointment>;

    fn query(&self) -> Vec<(&'static str, String)> {
        let offset = self.offset.clone().map(|o| ("offset", o));
        let size = self.slice_size.map(|s| ("sliceSize", s.get().to_string()));
        offset.into_iter().chain(size).collect()
    }
}
