//! The addresses of kiosks.

use std::sync::Arc;

use axum::middleware::from_fn_with_state;
use booking::kiosk::{FREE_PATH, FreeToday, PAIR_PATH, PATH, QR_PATH, SESSION_PATH};
use booking::{KioskSignIn, KioskView, Pairing, SessionView};

use super::{free, pairing, qr, signing_in};
use crate::app::App;
use crate::http::offer::Offer;
use crate::http::openapi::{Told, Whom, field, goes_on, needed, page, text};
use crate::http::pace;
use crate::http::router::{CHANGE, READ};

/// The page to pair a device by hand, counted as calls.
pub(in crate::http) fn by_hand(app: &Arc<App>) -> Offer<Arc<App>> {
    let shown = Told::get(
        PATH,
        "kiosk",
        "What this device was paired as, or a form to pair it.",
    )
    .to(Whom::Either)
    .answers(200, page("The page."))
    .fails(&[421, 503]);
    let filled = Told::post(PATH, "pairByHand", "Makes this device a kiosk.")
        .reads_form([("ten", true, field("The code that staff made."))])
        .answers(303, goes_on())
        .sets_cookies(303)
        .answers(401, page("No code that is good."))
        .answers(422, page("No code at all."))
        .answers(429, page("Too many that were not good."))
        .fails(&[403, 421, 503]);
    let offer = Offer::new()
        .serve(shown, pairing::show)
        .serve(filled, pairing::fill);
    let counted = from_fn_with_state(Arc::clone(app), pace::keep);
    offer.around(|router| router.layer(counted))
}

/// What the app's own screens send.
pub(in crate::http) fn by_app() -> Offer<Arc<App>> {
    let pair = Told::post(
        PAIR_PATH,
        "pair",
        "Makes this device a kiosk, by a code that staff made.",
    )
    .reads::<Pairing>()
    .gives::<KioskView>()
    .sets_cookies(200)
    .fails(CHANGE)
    .fails(&[429]);
    let says =
        "Signs in at a kiosk, by card, barcode, or number and PIN. Anywhere else there is no such address.";
    let sign_in = Told::post(SESSION_PATH, "signInAtKiosk", says)
        .to(Whom::AtKiosks)
        .reads::<KioskSignIn>()
        .gives::<SessionView>()
        .sets_cookies(200)
        .fails(CHANGE)
        .fails(&[429]);
    Offer::new()
        .serve(pair, pairing::pair)
        .serve(sign_in, signing_in::sign_in)
        .and(shown())
}

/// What screens of kiosks show.
fn shown() -> Offer<Arc<App>> {
    let says =
        "What is free for the rest of the studio's day. Anywhere but at a kiosk there is no such address.";
    let free = Told::get(FREE_PATH, "freeToday", says)
        .to(Whom::AtKiosks)
        .gives::<FreeToday>()
        .sets_cookies(200)
        .fails(READ);
    let says = "A QR code by which a phone opens an address of the app. Anywhere but at a kiosk there is no such address.";
    let qr = Told::get(QR_PATH, "qr", says)
        .to(Whom::AtKiosks)
        .takes(needed(
            "to",
            "The address, with nothing before its path.",
            field("An address."),
        ))
        .answers(200, text("image/svg+xml"))
        .fails(READ);
    Offer::new().serve(free, free::free).serve(qr, qr::to_page)
}
