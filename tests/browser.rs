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

use std::sync::Arc;

use frontdesk::leptos::{Get, GetUntracked, RwSignal, Set, Track, Update};
use frontdesk::ui::html::{el, list, live, rows};
use frontdesk::ui::*;
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
    let on_pick = move |id: String| {
        chosen.set(id.clone());
        picked.update(|all| all.push(id));
    };
    let on_turn = move |side| first.set(if side == StripSide::Later { 4 } else { 1 });
    let strip = move || {
        let from = first.get();
        let days = (from..from + 3).map(|n| day(n, chosen.get() == n.to_string()));
        DayStrip {
            label: "Day",
            title: "December".into(),
            days: days.collect(),
            earlier: ("Earlier days", from > 1),
            later: ("Later days", from == 1),
            on_pick: Arc::new(on_pick),
            on_turn: Arc::new(on_turn),
        }
    };
    (open_(move || live(strip)), picked)
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
    let dismiss: Press = Arc::new(move || {
        wishes.update(|n| *n += 1);
        open.set(!closes);
    });
    let ask = move || {
        let dialog = Dialog {
            id: "ask",
            open: open.get(),
            title: "Cancel Tue 2 Dec, 17:30?".into(),
            text: "".into(),
            answers: Button::new("Keep it", dismiss.clone()).autofocus().into(),
            on_dismiss: dismiss.clone(),
        };
        let button = Button::new("Cancel", Arc::new(move || open.set(true)));
        list([button.into(), dialog.into()])
    };
    (open_(move || live(ask)), wishes)
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
    let press = move || {
        presses.update(|n| *n += 1);
        busy.set(true);
    };
    let screen = open_(move || live(move || Button::new("Book", Arc::new(press)).busy(busy.get())));
    screen.tap_("Book").await;
    screen.tap_("Book").await;
    assert_eq!(presses.get_untracked(), 1);
    screen.see_("button[aria-busy=true][aria-disabled=true]");
    busy.set(false);
    tick().await;
    screen.tap_("Book").await;
    assert_eq!(presses.get_untracked(), 2);
}

#[wasm_bindgen_test]
async fn a_button_out_of_use_says_why_and_keeps_the_focus() {
    let (presses, reason) = (RwSignal::new(0), RwSignal::new(""));
    let press = move || presses.update(|n| *n += 1);
    let screen =
        open_(move || live(move || Button::new("Book", Arc::new(press)).reason("book", reason.get())));
    screen.focus_("Book");
    reason.set("You're offline.");
    tick().await;
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
    let sections = || {
        [
            ("Morning", vec![time("09:00", ""), time("10:00", "just taken")]),
            ("Afternoon", vec![]),
            ("Evening", vec![time("17:30", "")]),
        ]
        .map(|(heading, slots)| SlotSection { heading, slots })
        .to_vec()
    };
    let slots = move || SlotList {
        legend: "Times".to_owned(),
        name: "time",
        sections: sections(),
        selected: chosen.get(),
        on_pick: Arc::new(move |id| chosen.set(id)),
    };
    (open_(move || live(slots)), chosen)
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
        list([
            Notice::new(NoticeKind::Error, "We couldn't read your bookings.").into(),
            Notice::new(NoticeKind::Success, "Cancelled.").into(),
        ])
    });
    assert_eq!(screen.all("[role=alert]"), ["We couldn't read your bookings."]);
    assert_eq!(screen.all("[role=status]"), ["Cancelled."]);
}

/// A field that shows what was typed, and an error.
fn open_field() -> (Screen, RwSignal<String>, RwSignal<&'static str>) {
    let (value, error) = (RwSignal::new(String::new()), RwSignal::new(""));
    let field = move || Field {
        id: "number",
        label: "Customer number",
        hint: "",
        error: error.get().into(),
        value: value.get().into(),
        on_input: Arc::new(move |text| value.set(text)),
        setup: FieldSetup::default(),
    };
    (open_(move || live(field)), value, error)
}

#[wasm_bindgen_test]
async fn typing_is_told_and_an_error_is_read_with_the_field() {
    let (screen, value, error) = open_field();
    screen.type_("input", "1023").await;
    assert_eq!(value.get_untracked(), "1023");
    error.set("No such number.");
    tick().await;
    screen.see_("input[aria-invalid=true][aria-describedby~=number-error]");
    assert_eq!(screen.all("#number-error"), ["No such number."]);
    assert_eq!(screen.value_("input"), "1023");
}

#[wasm_bindgen_test]
async fn what_is_still_meant_keeps_its_element_and_the_focus_as_rows_come_and_go() {
    let names = RwSignal::new(vec!["b", "c"]);
    let row = |name: &'static str| (name.to_owned(), el("li").child(el("button").child(name)));
    let screen = open_(move || live(move || el("ul").child(rows(names.get().into_iter().map(row)))));
    screen.focus_("c");
    for now in [vec!["a", "b", "c", "d"], vec!["c", "a"], vec!["x", "c"]] {
        names.set(now.clone());
        tick().await;
        assert_eq!(screen.all("li"), now);
        assert_eq!(focused_(), "c");
    }
    names.set(vec![]);
    tick().await;
    screen.miss_("li");
}

#[wasm_bindgen_test]
async fn a_row_of_several_nodes_stays_where_it_is() {
    let drawn = RwSignal::new(0);
    let press: Press = Arc::new(|| ());
    let ways = move || {
        let offline = if drawn.get() == 2 { "You're offline." } else { "" };
        let way = |text: &'static str| Button::new(text, press.clone()).reason(text, offline);
        Notice::new(NoticeKind::Warning, "Taken")
            .way(way("17:30"))
            .way(way("18:00"))
    };
    let screen = open_(move || live(ways));
    screen.focus_("17:30");
    for again in 1..4 {
        drawn.set(again);
        tick().await;
        assert_eq!(screen.all("button"), ["17:30", "18:00"]);
        assert_eq!(focused_(), "17:30", "drawn {again} times more");
    }
}

#[wasm_bindgen_test]
async fn what_is_no_longer_meant_is_taken_off_again() {
    let marked = RwSignal::new(true);
    let shown = move || {
        let marked = marked.get();
        let more = marked.then(|| el("p").child("more"));
        el("div")
            .class("a")
            .class_if("b", marked)
            .attr("lang", marked.then_some("de"))
            .child("text")
            .child(more)
    };
    let screen = open_(move || live(shown));
    screen.see_("div.a.b[lang=de] p");
    marked.set(false);
    tick().await;
    screen.see_("div.a:not(.b):not([lang])");
    screen.miss_("p");
    marked.set(true);
    tick().await;
    screen.see_("div.a.b[lang=de] p");
}

#[wasm_bindgen_test]
async fn a_press_that_is_not_granted_leaves_the_choice_where_it_was() {
    let again = RwSignal::new(0);
    let chips = move || ChipRadios {
        legend: "With whom?",
        name: "who",
        options: ["Anna", "Ben"]
            .map(|name| Choice {
                value: name.to_owned(),
                label: name.to_owned(),
            })
            .to_vec(),
        selected: "Anna".to_owned(),
        on_pick: Arc::new(move |_| again.update(|n| *n += 1)),
    };
    let screen = open_(move || {
        live(move || {
            again.track();
            chips()
        })
    });
    screen.tap_("Ben").await;
    assert_eq!(again.get_untracked(), 1);
    assert_eq!(screen.all("label:has(:checked)"), ["Anna"]);
}
