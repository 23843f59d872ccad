//! The parts that screens are made of. They take texts, ids and callbacks, and know nothing of booking.
//!
//! A part is a function or a struct of plain values that becomes [`html::Html`]; whoever shows it draws it again when its
//! values change. It looks the same wherever it is drawn, and calls a browser in event handlers alone.

pub mod html;

mod announcer;
mod badge;
mod banner;
mod bar;
mod button;
mod card;
mod chip;
mod day_strip;
mod dialog;
mod empty;
mod entry;
mod facts;
mod field;
mod footer;
mod for_phone;
mod header;
mod heading;
mod icon;
mod notice;
mod offer;
mod option;
mod pad;
mod persona;
mod picture;
mod search;
mod skeleton;
mod slot_list;
mod success;
mod wait;

pub use announcer::announcer;
pub use badge::{Tone, badge};
pub use banner::{banner, live_banner};
pub use bar::{choice_bar, choice_line};
pub use button::{Button, ButtonKind, LinkButton};
pub use card::{PictureCard, card_group};
pub use chip::{ChipRadios, chip_link, chip_links};
pub use day_strip::{DayCell, DayStrip, StripSide, Turn};
pub use dialog::Dialog;
pub use empty::empty_state;
pub use entry::{DateBlock, Entry, entry_group};
pub use facts::{Fact, facts};
pub use field::{Field, FieldSetup, form};
pub use footer::{footer_way, site_footer};
pub use for_phone::for_phone;
pub use header::{NavLink, SiteHeader, account_link, account_name, skip_link};
pub use heading::{PageHead, hero, page_heading, page_heading_below};
pub use icon::{Icon, icon};
pub use notice::{Details, Notice, NoticeKind, notice_group};
pub use offer::{OfferCard, offers};
pub use option::Choice;
pub use pad::{Key, KeyPad};
pub use persona::{Persona, persona_list};
pub use picture::{PictureFit, picture};
pub use search::SearchForm;
pub use skeleton::{card_skeletons, line_skeletons, time_skeletons};
pub use slot_list::{Slot, SlotList, SlotSection};
pub use success::success_tick;
pub use wait::wait_line;

use std::sync::Arc;

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

/// What a press does.
pub type Press = Arc<dyn Fn() + Send + Sync>;

/// What picking does, or typing: told the value.
pub type Pick = Arc<dyn Fn(String) + Send + Sync>;

/// The value of the field or radio button that an event is about.
fn value_of(event: &Event) -> String {
    let field = event
        .target()
        .and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    field.map(|field| field.value()).unwrap_or_default()
}
