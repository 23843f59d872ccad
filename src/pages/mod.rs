//! One page for each route. Pages read state, say words, and send events; they hold no rule and call no browser.
//!
//! A page has a `screen`, which shows a function of the state; that function is drawn again after every event, and what it
//! gives is compared with what stands there (`ui::html`).

pub mod booked;
pub mod bookings;
pub mod catalogue;
pub mod choice;
pub mod elsewhere;
pub mod failure;
pub mod moves;
pub mod not_found;
pub mod one_booking;
pub mod refused;
pub mod show;
pub mod sign_in;
pub mod strip;
pub mod times;

pub use elsewhere::elsewhere;
pub use refused::refusal_context;

use crate::leptos::*;
use booking::Route;
use perfectgym::{BookableAppointmentId, BookingId};

use crate::desk::Desk;
use crate::ui::html::{Html, live};

/// Which page is shown. What has been picked on it is not part of it, so that picking does not begin the page anew.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Catalogue,
    Times(BookableAppointmentId),
    Booked(BookingId),
    Bookings,
    Booking(BookingId),
    SignIn,
    NotFound,
}

impl Which {
    fn of(route: &Route) -> Self {
        match route {
            Route::Catalogue(_) => Self::Catalogue,
            Route::Times(pick) => Self::Times(pick.service),
            Route::Booked { id, .. } => Self::Booked(*id),
            Route::Bookings => Self::Bookings,
            Route::Booking(id) => Self::Booking(*id),
            Route::SignIn(_) => Self::SignIn,
            Route::NotFound(_) => Self::NotFound,
        }
    }
}

/// The page of the address.
pub fn screen() -> Html {
    let desk = Desk::here();
    let which = Memo::new(move |_| desk.state.with(|state| Which::of(&state.route)));
    live(move || match which.get() {
        Which::Catalogue => catalogue::screen(),
        Which::Times(_) => times::screen(),
        Which::Booked(_) => booked::screen(),
        Which::Bookings => bookings::screen(),
        Which::Booking(_) => one_booking::screen(),
        Which::SignIn => sign_in::screen(),
        Which::NotFound => not_found::screen(),
    })
}
