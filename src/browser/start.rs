//! Starts the app: takes over the page that was drawn, or draws it where it was not, or was changed since.

use crate::leptos::*;
use booking::flow::Event;
use booking::{Boot, Place, Route, SignInMethods, StudioContact, StudioZone};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::api::Api;
use super::{Runner, around, clock, history, intl, kiosk, mount, network};
use crate::app::app;
use crate::boot::{Carried, ELEMENT, ROOT};
use crate::desk::Desk;

/// Starts the app in the page's element.
pub fn start() {
    let Some(root) = document()
        .get_element_by_id(ROOT)
        .and_then(|e| e.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    let carried = carried();
    let as_drawn = carried
        .as_ref()
        .is_some_and(|carried| count_elements(&root) == carried.elements);
    let boot = carried.map_or_else(bare, |carried| carried.boot);
    let app = move || app(desk(boot));
    if as_drawn {
        mount::take_over(root, app);
    } else {
        root.set_inner_html("");
        mount::show_in(&root, app).forget();
    }
}

fn desk(boot: Boot) -> Desk {
    let on_kiosk = crate::kiosk::POSSIBLE && boot.kiosk.is_some();
    let place = if on_kiosk { Place::Kiosk } else { around::place() };
    let lang = boot.lang;
    let boot = Boot { place, ..boot };
    let desk = Desk::new(boot, Route::parse(&history::address()), |state| {
        let runner = Runner::new(state, lang, place);
        Callback::new(move |event| runner.send(event))
    });
    if let Some(around) = desk.kiosk() {
        kiosk::start(desk, around, Api::new(lang, place));
    }
    // Once the page is taken over: nothing of the device reaches the first drawing.
    queue_microtask(move || listen(desk));
    desk
}

fn listen(desk: Desk) {
    desk.device_zone.set(intl::zone());
    history::on_back(move |route| desk.send(Event::Went(route)));
    history::on_link(move |route| desk.send(Event::Go(route)));
    around::on_hand_off(move |token| desk.send(Event::HandedOver(token)));
    network::on_change(move |online| desk.send(Event::Online(online)));
    network::on_return(move || desk.send(Event::Returned));
    if !network::is_online() {
        desk.send(Event::Online(false));
    }
    desk.send(Event::Started);
}

fn carried() -> Option<Carried> {
    let text = document().get_element_by_id(ELEMENT)?.text_content()?;
    serde_json::from_str(&text).ok()
}

fn count_elements(root: &HtmlElement) -> usize {
    let all = root.query_selector_all("*");
    all.map_or(0, |found| usize::try_from(found.length()).unwrap_or(usize::MAX))
}

/// A page that nobody drew carries nothing; everything is read by the app itself.
fn bare() -> Boot {
    Boot {
        lang: intl::lang().unwrap_or_default(),
        now: clock::now(),
        zone: StudioZone::utc(),
        studio: StudioContact::default(),
        demo: Vec::new(),
        place: Place::Browser,
        times_need_sign_in: false,
        sign_in: SignInMethods::default(),
        catalogue: None,
        as_of: None,
        service: None,
        kiosk: None,
    }
}
