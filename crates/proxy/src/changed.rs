//! Who says that free times have changed, and to whom: the one place from which what is kept of them is dropped, here and
//! in the other proxies of a fleet.

use perfectgym::{BookableAppointmentId, CustomerId};

use crate::app::App;
use crate::news::{Change, Heard};

impl App {
    /// A booking or cancelling of a member's changed the times of a service, or of any where it is not known which, or
    /// may have. From now on that member sees none that were read before, and nobody anywhere does for long.
    pub(crate) fn times_changed(&self, customer: CustomerId, service: Option<BookableAppointmentId>) {
        self.times_are_old(customer, service);
        self.tell_others(service);
    }

    /// A member learnt that times are not, or may not be, as they were shown. Whoever changed them says so to the others.
    pub(crate) fn times_are_old(&self, customer: CustomerId, service: Option<BookableAppointmentId>) {
        self.slots.changed_by(customer, service);
    }

    /// The upstream says that somebody changed something.
    pub(crate) fn times_changed_elsewhere(&self) {
        self.slots.changed(None);
        self.tell_others(None);
    }

    /// What another proxy said.
    pub(crate) fn hears(&self, heard: &Heard) {
        match heard {
            Heard::Changed(change) if change.studio == self.settings.name => {
                self.slots.changed(change.service);
            }
            Heard::Changed(_) => {}
            Heard::MayHaveMissed => self.slots.changed(None),
        }
    }

    fn tell_others(&self, service: Option<BookableAppointmentId>) {
        let studio = self.settings.name.clone();
        self.news.tell(Change { studio, service });
    }
}
