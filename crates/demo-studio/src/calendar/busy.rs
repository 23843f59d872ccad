//! Who and what is taken when.

use std::collections::HashMap;

use perfectgym::InstructorId;

use super::{RoomId, Span};

/// Something that serves one appointment at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resource {
    /// A trainer.
    Trainer(InstructorId),
    /// A room or machine.
    Room(RoomId),
}

/// The spans for which resources are taken, buffers included.
#[derive(Clone, Debug, Default)]
pub struct Busy(HashMap<Resource, Vec<Span>>);

impl Busy {
    /// Takes a resource for a span.
    pub fn take(&mut self, resource: Resource, span: Span) {
        self.0.entry(resource).or_default().push(span);
    }

    /// Whether a resource is free for the whole span.
    #[must_use]
    pub fn is_free(&self, resource: Resource, span: &Span) -> bool {
        self.0
            .get(&resource)
            .is_none_or(|taken| !taken.iter().any(|other| other.overlaps(span)))
    }

    /// Everything that is taken here and there.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        for (resource, spans) in &other.0 {
            self.0.entry(*resource).or_default().extend(spans);
        }
        self
    }
}
