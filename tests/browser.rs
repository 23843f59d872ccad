//! The components in a real browser: what a finger, a keyboard and a screen reader meet.
//!
//! Read the tests, not the verbs: `open_` puts a component into a page, `tap_` and `press_` do what a member does, `see_`
//! and `focus_` say what they would notice. Arrow keys among native radios are the browser's and are tried end to end.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something is not there"
)]

#[path = "browser/verbs.rs"]
mod verbs;

use frontdesk::ui::*;
use leptos::prelude::*;
use verbs::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn day(number: u32, selected: bool) -> DayCell {
    let number = number.to_string();
    DayCell {
        id: number.clone(),
        label: format!("Tuesday {number}"),
        number,
        selected,
        ..DayCell::default()
    }
}

/// A strip of three days a page, with one page after the first; picking selects, as a page of ours does.
fn open_strip() -> (Screen, RwSignal<Vec<String>>) {
    let picked = RwSignal::new(Vec::new());
    let first = RwSignal::new(1);
    let chosen = RwSignal::new("2".to_owned());
    let days = move || {
        (first.get()..first.get() + 3)
            .map(|n| day(n, chosen.get() == n.to_string()))
            .collect()
    };
    let on_pick = move |id: String| {
        chosen.set(id.clone());
        picked.update(|all| all.push(id));
    };
    let on_turn = move |side| first.set(if side == StripSide::Later { 4 } else { 1 });
    let screen = open_(move || {
        view! {
            <DayStrip
                label="Day"
                title="December"
                days=Signal::derive(days)
                earlier="Earlier days"
                has_earlier=Signal::derive(move || first.get() > 1)
                later="Later days"
                has_later=Signal::derive(move || first.get() == 1)
                on_pick=Callback::new(on_pick)
                on_turn=Callback::new(on_turn)
            />
        }
    });
    (screen, picked)
}

#[wasm_bindgen_test]
fn the_strip_is_one_tab_stop_at_the_chosen_day() {
    let (screen, _) = open_strip();
    assert_eq!(screen.all("[role=radio][tabindex='0']"), ["Tuesday 2"]);
    assert_eq!(screen.all("[role=radio][aria-checked=true]"), ["Tuesday 2"]);
}

#[wasm_bindgen_test]
async fn arrows_home_and_end_move_along_the_strip_and_pick() {
    let (screen, picked) = open_strip();
    screen.focus_("Tuesday 2");
    screen.press_("ArrowRight").await;
    assert_eq!(focused_(), "Tuesday 3");
    screen.press_("Home").await;
    assert_eq!(focused_(), "Tuesday 1");
    screen.press_("End").await;
    assert_eq!(focused_(), "Tuesday 3");
    assert_eq!(picked.get_untracked(), ["3", "1", "3"]);
    assert_eq!(screen.all("[role=radio][aria-checked=true]"), ["Tuesday 3"]);
}

#[wasm_bindgen_test]
async fn an_arrow_past_the_last_day_goes_on_in_the_next_page() {
    let (screen, _) = open_strip();
    screen.focus_("Tuesday 3");
    screen.press_("ArrowRight").await;
    assert_eq!(focused_(), "Tuesday 4");
    screen.press_("ArrowLeft").await;
    assert_eq!(focused_(), "Tuesday 3");
}

#[wasm_bindgen_test]
async fn where_there_are_no_more_days_the_arrow_stays_put() {
    let (screen, picked) = open_strip();
    screen.focus_("Tuesday 1");
    screen.press_("ArrowLeft").await;
    screen.tap_("Earlier days").await;
    assert_eq!(picked.get_untracked(), Vec::<String>::new());
    screen.see_("[aria-label='Tuesday 1']");
}

/// A button that opens a dialog; `closes` is whether the page grants the wish to leave.
fn open_dialog(closes: bool) -> (Screen, RwSignal<u32>) {
    let (open, wishes) = (RwSignal::new(false), RwSignal::new(0));
    let on_dismiss = move |()| {
        wishes.update(|n| *n += 1);
        open.set(!closes);
    };
    let screen = open_(move || {
        view! {
            <Button text="Cancel" on_press=Callback::new(move |()| open.set(true)) />
            <Dialog id="ask" open=open title="Cancel Tue 2 Dec, 17:30?" on_dismiss=Callback::new(on_dismiss)>
                <Button text="Keep it" autofocus=true on_press=Callback::new(on_dismiss) />
            </Dialog>
        }
    });
    (screen, wishes)
}

#[wasm_bindgen_test]
async fn escape_leaves_the_dialog_and_gives_the_focus_back() {
    let (screen, wishes) = open_dialog(true);
    screen.focus_("Cancel");
    screen.tap_("Cancel").await;
    screen.see_("dialog[open]");
    assert_eq!(focused_(), "Keep it");
    screen.escape_().await;
    screen.miss_("dialog[open]");
    assert_eq!(focused_(), "Cancel");
    assert_eq!(wishes.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_dialog_stays_open_until_the_page_closes_it() {
    let (screen, wishes) = open_dialog(false);
    screen.tap_("Cancel").await;
    screen.escape_().await;
    assert_eq!(wishes.get_untracked(), 1);
    screen.see_("dialog[open]");
}

#[wasm_bindgen_test]
async fn a_busy_button_is_pressed_once_however_often_one_taps() {
    let (presses, busy) = (RwSignal::new(0), RwSignal::new(false));
    let press = move |()| {
        presses.update(|n| *n += 1);
        busy.set(true);
    };
    let screen = open_(move || view! { <Button text="Book" busy=busy on_press=Callback::new(press) /> });
    screen.tap_("Book").await;
    screen.tap_("Book").await;
    assert_eq!(presses.get_untracked(), 1);
    screen.see_("button[aria-busy=true][aria-disabled=true]");
    busy.set(false);
    screen.tap_("Book").await;
    assert_eq!(presses.get_untracked(), 2);
}

#[wasm_bindgen_test]
async fn a_button_out_of_use_says_why_and_keeps_the_focus() {
    let presses = RwSignal::new(0);
    let press = move |()| presses.update(|n| *n += 1);
    let screen = open_(
        move || view! { <Button id="book" text="Book" reason="You're offline." on_press=Callback::new(press) /> },
    );
    screen.focus_("Book");
    screen.tap_("Book").await;
    assert_eq!(presses.get_untracked(), 0);
    assert_eq!(focused_(), "Book");
    screen.see_("button[aria-describedby=book-reason] + #book-reason");
}

fn time(label: &str, gone: &str) -> Slot {
    Slot {
        id: label.to_owned(),
        label: label.to_owned(),
        gone: gone.to_owned(),
        ..Slot::default()
    }
}

/// Three times, of which one is lost; what is picked is chosen.
fn open_slots() -> (Screen, RwSignal<String>) {
    let chosen = RwSignal::new(String::new());
    let sections = vec![
        SlotSection {
            heading: "Morning".to_owned(),
            slots: vec![time("09:00", ""), time("10:00", "just taken")],
        },
        SlotSection {
            heading: "Afternoon".to_owned(),
            slots: vec![],
        },
        SlotSection {
            heading: "Evening".to_owned(),
            slots: vec![time("17:30", "")],
        },
    ];
    let screen = open_(move || {
        view! {
            <SlotList legend="Times" name="time" sections selected=chosen on_pick=Callback::new(move |id| chosen.set(id)) />
        }
    });
    (screen, chosen)
}

#[wasm_bindgen_test]
async fn of_all_times_of_the_day_one_is_chosen() {
    let (screen, chosen) = open_slots();
    screen.miss_(":checked");
    screen.tap_("09:00").await;
    screen.tap_("17:30").await;
    assert_eq!(chosen.get_untracked(), "17:30");
    assert_eq!(screen.all("li:has(:checked)"), ["17:30"]);
    assert_eq!(
        screen.all("h2"),
        ["Morning", "Evening"],
        "an empty part of the day is not shown"
    );
}

#[wasm_bindgen_test]
async fn a_lost_time_is_struck_out_and_cannot_be_chosen() {
    let (screen, chosen) = open_slots();
    screen.tap_("10:00").await;
    assert_eq!(chosen.get_untracked(), "");
    assert_eq!(screen.all(".slot-gone"), ["10:00just taken"]);
}

#[wasm_bindgen_test]
async fn bad_news_announces_itself_and_good_news_waits() {
    let screen = open_(|| {
        view! {
            <Notice kind=NoticeKind::Error title="We couldn't read your bookings." />
            <Notice kind=NoticeKind::Success title="Cancelled." />
        }
    });
    assert_eq!(screen.all("[role=alert]"), ["We couldn't read your bookings."]);
    assert_eq!(screen.all("[role=status]"), ["Cancelled."]);
}

#[wasm_bindgen_test]
async fn typing_is_told_and_an_error_is_read_with_the_field() {
    let (value, error) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let screen = open_(move || {
        view! { <Field id="number" label="Customer number" value error on_input=Callback::new(move |text| value.set(text)) /> }
    });
    screen.type_("input", "1023").await;
    assert_eq!(value.get_untracked(), "1023");
    error.set("No such number.".to_owned());
    tick().await;
    screen.see_("input[aria-invalid=true][aria-describedby~=number-error]");
    assert_eq!(screen.all("#number-error"), ["No such number."]);
}
