//! What is offered beyond the contract: sessions, and what became of bookings.

use std::sync::Arc;

use booking::{
    AttemptQuestion, AttemptView, Lang, MadeOf, MoveQuestion, MoveView, SessionView, SignIn,
    attempt as attempts,
};
use booking::{moving as moves, session as sessions};
use perfectgym::{BookingId, BookingWish};
use utoipa::openapi::path::ParameterIn;

use super::{CHANGE, READ};
use crate::app::App;
use crate::http::offer::Offer;
use crate::http::openapi::{Told, Whom, goes_on, id, key, next, one_of, path, text};
use crate::http::{attempt, calendar, calendar_qr, kiosk, language, moving, service, session};

/// All of it.
pub(super) fn offer() -> Offer<Arc<App>> {
    sessions_of()
        .and(attempts_of())
        .and(of_one_booking())
        .and(kiosk::by_app())
        .and(languages())
}

fn sessions_of() -> Offer<Arc<App>> {
    let who = Told::get(sessions::PATH, "who", "Who one is.")
        .to(Whom::Either)
        .gives::<SessionView>()
        .fails(READ);
    let sign_in = Told::post(sessions::PATH, "signIn", "Signs in, by number and birth date.")
        .reads::<SignIn>()
        .gives::<SessionView>()
        .sets_cookies(200)
        .fails(CHANGE)
        .fails(&[429]);
    let sign_out = Told::delete(sessions::PATH, "signOut", "Signs out.")
        .to(Whom::Either)
        .gives::<SessionView>()
        .sets_cookies(200)
        .fails(CHANGE);
    let says = "Signs out on all devices.";
    let everywhere = Told::post(session::EVERYWHERE_PATH, "signOutEverywhere", says)
        .to(Whom::Members)
        .gives::<SessionView>()
        .sets_cookies(200)
        .fails(CHANGE);
    Offer::new()
        .serve(who, session::who)
        .serve(sign_in, session::sign_in)
        .serve(sign_out, session::sign_out)
        .serve(everywhere, session::sign_out_everywhere)
}

fn attempts_of() -> Offer<Arc<App>> {
    let says = "What became of an attempt to book.";
    let attempt = Told::post(attempts::ROUTE, "attempt", says)
        .to(Whom::Members)
        .takes(key("key", ParameterIn::Path))
        .may_read::<AttemptQuestion>()
        .gives::<AttemptView>()
        .fails(CHANGE);
    let moved = Told::post(moves::KEY_ROUTE, "moved", "What became of a move.")
        .to(Whom::Members)
        .takes(key("key", ParameterIn::Path))
        .may_read::<MoveQuestion>()
        .gives::<MoveView>()
        .fails(CHANGE);
    Offer::new()
        .serve(attempt, attempt::handle)
        .serve(moved, moving::ask)
}

fn of_one_booking() -> Offer<Arc<App>> {
    let says = "Moves a booking to another time, once a key: books the new time and cancels the old one.";
    let to_move = Told::post(moves::ROUTE, "move", says)
        .to(Whom::Members)
        .takes(id::<BookingId>("id"))
        .takes(key(attempts::HEADER, ParameterIn::Header))
        .reads::<BookingWish>()
        .gives::<MoveView>()
        .fails(CHANGE);
    let service = Told::get(moves::SERVICE_ROUTE, "service", "Which service a booking is of.")
        .to(Whom::Members)
        .takes(id::<BookingId>("id"))
        .gives::<MadeOf>()
        .fails(&[401])
        .fails(READ);
    let says = "A booking for the member's own calendar.";
    let calendar = Told::get("/bookings/{id}/calendar.ics", "calendar", says)
        .to(Whom::Either)
        .takes(id::<BookingId>("id"))
        .answers(200, text("text/calendar"))
        .answers(303, goes_on())
        .fails(READ);
    let says = "The same as a QR code, which a phone reads without a session.";
    let calendar_qr = Told::get("/bookings/{id}/calendar.svg", "calendarQr", says)
        .to(Whom::Members)
        .takes(id::<BookingId>("id"))
        .answers(200, text("image/svg+xml"))
        .fails(&[401])
        .fails(READ);
    Offer::new()
        .serve(to_move, moving::handle)
        .serve(service, service::handle)
        .serve(calendar, calendar::handle)
        .serve(calendar_qr, calendar_qr::handle)
}

fn languages() -> Offer<Arc<App>> {
    let told = Told::get(
        booking::lang::SWITCH_ROUTE,
        "language",
        "Remembers a language and goes back.",
    )
    .takes(path("lang", one_of(Lang::ALL.map(Lang::tag))))
    .takes(next())
    .answers(303, goes_on())
    .sets_cookies(303)
    .fails(READ);
    Offer::new().serve(told, language::handle)
}
