//! Lists that come a slice at a time, and walking them.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{ListBookableAppointments, Readable, SliceSize};

/// One slice of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", bound(deserialize = "T: DeserializeOwned"))]
pub struct Slice<T> {
    /// What this slice holds.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<T>))]
    pub result: Readable<T>,
    /// Whether another follows.
    pub has_next: bool,
    /// Where the next one starts: opaque, passed back unchanged.
    pub offset: String,
}

/// No studio offers so much: an upstream that names yet another offset is walking in circles of its own.
const MOST_SLICES: usize = 500;

/// Walks the bookable appointments slice by slice, and stops where the upstream would have it walk for ever: it
/// never asks for an offset twice (the documentation's own example says `hasNext: true` with the same offset again),
/// and not for more than 500 slices.
///
/// ```
/// use perfectgym::{Readable, Slice, Walk};
/// let mut walk = Walk::default();
/// let first = walk.next().expect("a walk starts somewhere");
/// assert_eq!(first.offset, None);
/// walk.took(&Slice::<()> { result: Readable::default(), has_next: true, offset: "1234567890".into() });
/// assert_eq!(walk.next().and_then(|op| op.offset).as_deref(), Some("1234567890"));
/// walk.took(&Slice::<()> { result: Readable::default(), has_next: true, offset: "1234567890".into() });
/// assert!(walk.next().is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Walk {
    size: Option<SliceSize>,
    asked: Vec<String>,
    at: At,
}

#[derive(Clone, Debug, PartialEq, Eq, Default)]
enum At {
    #[default]
    Start,
    Offset(String),
    End,
}

impl Walk {
    /// A walk in slices of a size of one's own.
    pub fn in_slices_of(size: SliceSize) -> Self {
        Self {
            size: Some(size),
            ..Self::default()
        }
    }

    /// The next slice to ask for; `None` at the end. Asking again without [`Walk::took`] asks for the same slice.
    pub fn next(&self) -> Option<ListBookableAppointments> {
        let offset = match &self.at {
            At::Start => None,
            At::Offset(offset) => Some(offset.clone()),
            At::End => return None,
        };
        Some(ListBookableAppointments {
            offset,
            slice_size: self.size,
        })
    }

    /// Whether nothing is left to ask for.
    pub fn is_over(&self) -> bool {
        self.at == At::End
    }

    /// Takes note of the slice that was answered.
    pub fn took<T>(&mut self, slice: &Slice<T>) {
        let again = self.asked.contains(&slice.offset);
        self.at = if slice.has_next && !again && self.asked.len() < MOST_SLICES {
            At::Offset(slice.offset.clone())
        } else {
            At::End
        };
        self.asked.push(slice.offset.clone());
    }
}
