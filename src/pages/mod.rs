//! One page for each route. Pages read state, say words, and send events; they hold no rule and call no browser.

pub mod booked;
pub mod bookings;
pub mod catalogue;
pub mod choice;
pub mod elsewhere;
pub mod failure;
pub mod not_found;
pub mod one_booking;
pub mod refused;
pub mod show;
pub mod sign_in;
pub mod strip;
pub mod times;

pub use elsewhere::Elsewhere;
pub use refused::refusal_context;

use booking::Route;
use leptos::prelude::*;
use perfectgym::{BookableAppointmentId, BookingId};

use crate::desk::Desk;

/// Which page is shown. What has been picked on it is not part of it, so that picking does not draw the page anew.
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
            Route::Booked(id) => Self::Booked(*id),
            Route::Bookings => Self::Bookings,
            Route::Booking(id) => Self::Booking(*id),
            Route::SignIn(_) => Self::SignIn,
            Route::NotFound(_) => Self::NotFound,
        }
    }
}

/// The page of the address.
#[component]
pub fn Screen() -> impl IntoView {
    let desk = Desk::here();
    let which = desk.watch(|state| Which::of(&state.route));
    move || match which.get() {
        Which::Catalogue => view! { <catalogue::Catalogue /> }.into_any(),
        Which::Times(_) => view! { <times::Times /> }.into_any(),
        Which::Booked(id) => view! { <booked::Booked id /> }.into_any(),
        Which::Bookings => view! { <bookings::Bookings /> }.into_any(),
        Which::Booking(id) => view! { <one_booking::OneBooking id /> }.into_any(),
        Which::SignIn => view! { <sign_in::SignIn /> }.into_any(),
        Which::NotFound => view! { <not_found::NotFound /> }.into_any(),
    }
}
