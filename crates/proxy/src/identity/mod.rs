//! Who the member is. The upstream authenticates nobody, so whoever holds its key vouches for every `customerId`.
//!
//! Each way of signing in is a file that comes to an [`Established`]: by number (`sign_in`), by e-mail (`by_email`), handed
//! over by the gym's own site (`hand_off`), at a kiosk by card, barcode or PIN (`by_medium`). Which are switched on is the
//! operator's to say.
//!
//! Knows no axum. A [`Kiosk`] comes out of a sealed cookie, a [`Member`] out of one or of a sealed bearer, and from nowhere
//! else.

mod bearer;
mod brake;
mod by_email;
mod by_medium;
mod counted;
mod device;
mod established;
mod hand_off;
mod key_file;
mod kiosk;
mod member;
mod pairing;
mod seal;
mod sign_in;
mod studio_key;
mod token;

pub use bearer::{bearer_idle, sealed_as_bearer};
pub(crate) use brake::network;
pub use brake::{Brake, BrakeError, Flood, Guess, Locked};
pub use by_email::{ByEmail, EmailError, Letter, Proven, is_email, members_at, six_digits};
pub use by_medium::{KioskDesk, Medium, by_medium};
pub use device::KnownDevice;
pub use established::Established;
pub use hand_off::{HandOffError, HandedOver, Named, handed_over, named_by};
pub use key_file::{KeyFileError, session_key};
pub use kiosk::Kiosk;
pub use member::{Cookies, Member, view};
pub use pairing::PairingCode;
pub use seal::{Purpose, Seal};
pub use sign_in::{Desk, SignInError, guessed, sign_in};
pub(crate) use studio_key::key_of_studio;
pub use token::SessionToken;
