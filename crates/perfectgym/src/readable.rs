//! A list of the upstream's, less what could not be read.
//!
//! One element that this version cannot read is dropped and counted; it never takes the list with it.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// The readable elements of a list, in its order, and how many were dropped. Serialises as the list.
///
/// Reads from JSON text (`serde_json::from_str` and its like), which it needs to look at an element twice.
///
/// ```
/// use perfectgym::{Readable, Slot};
/// let body = r#"[{"startDateTime": "soon"}, {"startDateTime": "2022-06-22T08:00:00.000+02:00[Europe/Berlin]",
///     "endDateTime": "2022-06-22T10:00:00.000+02:00[Europe/Berlin]", "instructors": [{}]}]"#;
/// let slots: Readable<Slot> = serde_json::from_str(body)?;
/// assert_eq!((slots.items.len(), slots.unreadable), (1, 1));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readable<T> {
    /// What could be read, in the upstream's order.
    pub items: Vec<T>,
    /// How many elements could not.
    pub unreadable: usize,
}

impl<T> Default for Readable<T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<T> From<Vec<T>> for Readable<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, unreadable: 0 }
    }
}

impl<T: Serialize> Serialize for Readable<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.items.serialize(to)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Readable<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(Elements(PhantomData))
    }
}

struct Elements<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for Elements<T> {
    type Value = Readable<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut read = Readable::default();
        while let Some(element) = list.next_element::<Box<RawValue>>()? {
            match serde_json::from_str(element.get()) {
                Ok(item) => read.items.push(item),
                Err(_) => read.unreadable += 1,
            }
        }
        Ok(read)
    }
}
