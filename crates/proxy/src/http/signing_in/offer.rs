//! The pages and forms of signing in, counted as calls. What is not switched on is not there.

use std::sync::Arc;

use axum::middleware::from_fn_with_state;
use booking::session::{EMAIL_PATH, HAND_OFF_PATH as IN_A_FRAME_PATH};
use booking::{HandOff, SessionView};
use utoipa::openapi::schema::{ObjectBuilder, Type};

use super::{
    CHOOSE_PATH, CODE_PATH, HAND_OFF_ON_PATH, HAND_OFF_PATH, LINK_ROUTE, ask, choose, enter, hand_off,
    in_a_frame, link,
};
use crate::app::App;
use crate::http::offer::Offer;
use crate::http::openapi::{Told, Whom, field, goes_on, next, page, path, query, word};
use crate::http::pace;

/// From an address that is no studio's, and too much at once.
const ANY: &[u16] = &[421, 503];
/// Likewise, and from another site.
const FORM: &[u16] = &[403, 421, 503];

/// What our own pages send.
pub(in crate::http) fn offer(app: &Arc<App>) -> Offer<Arc<App>> {
    let mut offer = Offer::new();
    if app.settings.identity.by_email && app.mailer.is_some() {
        offer = offer
            .and(asking())
            .and(entering())
            .and(choosing())
            .and(following());
    }
    if app.settings.identity.hand_off.is_some() {
        offer = offer.and(going_on());
    }
    if app.settings.identity.hand_off.is_some() && app.settings.browsers.may_be_framed() {
        offer = offer.and(within_a_frame());
    }
    let counted = from_fn_with_state(Arc::clone(app), pace::keep);
    offer.around(|router| router.layer(counted))
}

/// The one form that another site sends: outside the guard that refuses such, on purpose. See `hand_off`.
pub(in crate::http) fn offer_to_other_sites(app: &Arc<App>) -> Offer<Arc<App>> {
    if app.settings.identity.hand_off.is_none() {
        return Offer::new();
    }
    let counted = from_fn_with_state(Arc::clone(app), pace::keep);
    handing_over().around(|router| router.layer(counted))
}

fn asking() -> Offer<Arc<App>> {
    let shown = Told::get(EMAIL_PATH, "askForEmail", "Which address?")
        .takes(next())
        .answers(200, page("The page."))
        .fails(ANY);
    let says = "Asks for an e-mail with six digits. The answer is the same for every address.";
    let sent = troubled(Told::post(EMAIL_PATH, "sendEmail", says))
        .takes(next())
        .reads_form([("email", true, field("An address."))])
        .answers(303, goes_on())
        .sets_cookies(303)
        .answers(422, page("No address."))
        .fails(FORM);
    Offer::new().serve(shown, ask::show).serve(sent, ask::handle)
}

fn entering() -> Offer<Arc<App>> {
    let shown = step(
        CODE_PATH,
        "askForDigits",
        "Which digits? Or back to the first page.",
    );
    let says = "Signs in by the digits of an e-mail, or asks who one is.";
    let sent = troubled(Told::post(CODE_PATH, "sendDigits", says))
        .takes(next())
        .reads_form([("digits", true, field("Six digits, however they were pasted."))])
        .answers(303, goes_on())
        .sets_cookies(303)
        .answers(410, page("The digits are no longer good."))
        .answers(422, page("Other digits."))
        .fails(FORM);
    Offer::new().serve(shown, enter::show).serve(sent, enter::handle)
}

fn choosing() -> Offer<Arc<App>> {
    let shown = step(
        CHOOSE_PATH,
        "askWho",
        "Who of several? Or back to the first page.",
    );
    let who = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(utoipa::Number::Int(0)))
        .description(Some("Which of those that the page names, from 0."));
    let sent = Told::post(CHOOSE_PATH, "sendWho", "Signs one of several in.")
        .takes(next())
        .reads_form([("who", true, who)])
        .answers(303, goes_on())
        .sets_cookies(303)
        .fails(FORM);
    Offer::new()
        .serve(shown, choose::show)
        .serve(sent, choose::handle)
}

fn following() -> Offer<Arc<App>> {
    let token = || path("token", word("^[A-Za-z0-9_-]{44}$"));
    let shown = Told::get(
        LINK_ROUTE,
        "askToFollow",
        "The page behind the link of an e-mail, with one button.",
    )
    .takes(token())
    .answers(200, page("The page."))
    .answers(410, page("The link was cut off."))
    .fails(&[404])
    .fails(ANY);
    let says = "Signs in by the link of an e-mail, or asks who one is.";
    let sent = troubled(Told::post(LINK_ROUTE, "follow", says))
        .takes(token())
        .answers(303, goes_on())
        .sets_cookies(303)
        .answers(410, page("The link is no longer good."))
        .fails(&[404])
        .fails(FORM);
    Offer::new().serve(shown, link::show).serve(sent, link::handle)
}

fn handing_over() -> Offer<Arc<App>> {
    let token = || field("The gym's own, good once.");
    let says = "Takes a member over from the gym's own site.";
    let taken = |told: Told| {
        told.answers(303, goes_on())
            .sets_cookies(303)
            .answers(403, page("The token is not believed."))
            .fails(&[421, 502, 503, 504])
    };
    let by_link = Told::get(HAND_OFF_PATH, "handOffByLink", says)
        .takes(query("token", "The gym's own, good once.", token()))
        .takes(next());
    let by_form = Told::post(HAND_OFF_PATH, "handOff", says).reads_form([
        ("token", true, token()),
        ("next", false, field("Where to go on to; ours alone count.")),
    ]);
    Offer::new()
        .serve(taken(by_link), hand_off::by_link)
        .serve(taken(by_form), hand_off::by_form)
}

fn going_on() -> Offer<Arc<App>> {
    let says = "Signs in whoever was handed over, or asks whoever is signed in already.";
    let on = Told::get(HAND_OFF_ON_PATH, "handOffOn", says)
        .to(Whom::Either)
        .answers(200, page("The question."))
        .answers(303, goes_on())
        .sets_cookies(303)
        .fails(ANY);
    let says = "What whoever is signed in says to that.";
    let answered = Told::post(HAND_OFF_ON_PATH, "answerHandOff", says)
        .to(Whom::Either)
        .reads_form([("answer", true, field("`go-on`, or anything else."))])
        .answers(303, goes_on())
        .sets_cookies(303)
        .fails(FORM);
    Offer::new()
        .serve(on, hand_off::on)
        .serve(answered, hand_off::answer)
}

fn within_a_frame() -> Offer<Arc<App>> {
    let says = "Signs in within a frame of the gym's own page, by that page's word.";
    let told = Told::post(IN_A_FRAME_PATH, "handOffInAFrame", says)
        .to(Whom::Either)
        .reads::<HandOff>()
        .gives::<SessionView>()
        .sets_cookies(200)
        .fails(&[401, 403, 404, 421, 502, 503, 504]);
    Offer::new().serve(told, in_a_frame::handle)
}

/// A page of a step, for whoever is at it.
fn step(path: &str, id: &str, says: &str) -> Told {
    Told::get(path, id, says)
        .takes(next())
        .answers(200, page("The page."))
        .answers(303, goes_on())
        .fails(ANY)
}

/// What goes wrong is said on the page that was sent.
fn troubled(told: Told) -> Told {
    told.on_page(&[429, 500, 502, 503, 504], "The page, with what went wrong.")
}
