//! Every sentence a member reads or hears, typed: a language that lacks one does not compile.
//!
//! Rules of words: at most twelve words a sentence; day and time; the cause, then what to do; verbs on buttons; no
//! codes; never "later" without when. German says du.
//!
//! Pure, and said the same way natively and in the browser. Must NOT decide anything, read a clock, or know a screen's
//! elements; and brings no formatter along, as every byte is in the browser's bundle.

mod dates;
mod de;
mod en;
pub mod kiosk;
mod news;
pub mod server;
mod shape;
#[cfg(test)]
mod tests;

use booking::{FailureKind, Lang};

pub use dates::{Dates, period, time};
pub use news::news;
pub use shape::{
    Booked, Bookings, Calendar, Cancel, Catalogue, Confirm, Count, CountOf, Failures, Moves, NotFound,
    RefusalContext, Refusals, Shell, SignIn, Times, Two, With, Words,
};

/// Every sentence in one language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &en::EN,
        Lang::De => &de::DE,
    }
}

/// What is said on kiosks alone, in one language.
pub fn kiosk_words(lang: Lang) -> &'static kiosk::KioskWords {
    match lang {
        Lang::En => &en::kiosk::KIOSK,
        Lang::De => &de::kiosk::KIOSK,
    }
}

/// What only the proxy says, in one language.
pub fn server_words(lang: Lang) -> &'static server::ServerWords {
    match lang {
        Lang::En => &en::server::SERVER,
        Lang::De => &de::server::SERVER,
    }
}

/// What a failure means to a member, and what to do: a sentence or three.
pub fn failure(lang: Lang, kind: &FailureKind) -> &'static str {
    (words(lang).failures.of)(kind)
}
