//! What leaves the proxy of what the upstream tells, to browsers and to the disk: names that members may see, and no
//! address of another host's.

use perfectgym::{AppointmentBooking, Instructor, Slot};

/// A booking without its picture, whose address is another host's, may carry a signature and expires; it does not say
/// which service's it is. With the names that members may see.
pub(crate) fn for_members(booking: AppointmentBooking) -> AppointmentBooking {
    AppointmentBooking {
        img_url: None,
        instructors: booking.instructors.into_iter().map(known_as).collect(),
        ..booking
    }
}

/// A time, likewise.
pub(crate) fn slot_for_members(slot: Slot) -> Slot {
    Slot {
        instructors: slot.instructors.into_iter().map(known_as).collect(),
        ..slot
    }
}

/// Where there is a public name, it is the only one that a customer should see.
fn known_as(person: Instructor) -> Instructor {
    let public = person.public_name.as_deref().unwrap_or_default();
    if public.trim().is_empty() {
        return person;
    }
    Instructor {
        first_name: None,
        last_name: None,
        ..person
    }
}
