//! Devices in the studio: made a kiosk by a code (`pairing`), known by a cookie (`device`), and signed in at by what
//! members have with them (`signing_in`). Their screens are the app's.

mod device;
mod free;
mod noted;
mod offer;
mod pairing;
mod qr;
mod signing_in;

pub(super) use device::{NAME, begin, cookie_of, of, shows_its_pages};
pub(crate) use noted::Noted;
pub(super) use offer::{by_app, by_hand};
