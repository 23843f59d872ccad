//! Who the member is. The upstream authenticates nobody, so whoever holds its key vouches for every `customerId`.
//!
//! Knows no axum. A [`Member`] comes out of a sealed cookie, and from nowhere else.

mod brake;
mod key_file;
mod member;
mod seal;
mod sign_in;
mod studio_key;

pub(crate) use brake::network;
pub use brake::{Brake, Locked};
pub use key_file::{KeyFileError, session_key};
pub use member::{Member, view};
pub use seal::{Seal, SessionToken};
pub use sign_in::{Desk, SignInError, sign_in};
pub(crate) use studio_key::key_of_studio;
