//! The parts that screens are made of: they take text, ids and callbacks.
//!
//! Nothing in here knows a booking, an address of ours, a language or the upstream: a page hands over the words it wants
//! shown, and is told what was pressed. Every body is pure (no browser call, no clock, no `cfg`), because the proxy draws
//! the same component natively that the browser later takes over; the browser is touched in event handlers and Effects
//! alone, neither of which runs natively. Looks live in `style/`, one file of the same name per component: no `style`
//! attribute anywhere, the page's security policy forbids it.
#![allow(
    unreachable_pub,
    reason = "`#[component]` writes a second, hidden `pub fn`, which nobody re-exports"
)]

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
mod header;
mod heading;
pub mod html;
mod icon;
mod notice;
mod option;
mod persona;
mod picture;
mod search;
mod skeleton;
mod slot_list;
mod success;
mod wait;

pub use announcer::Announcer;
pub use badge::{Badge, Tone};
pub use banner::Banner;
pub use bar::{ChoiceBar, ChoiceLine};
pub use button::{Button, ButtonKind, LinkButton};
pub use card::{CardGroup, PictureCard};
pub use chip::{ChipLink, ChipLinks, ChipRadios};
pub use day_strip::{DayCell, DayStrip, StripSide};
pub use dialog::Dialog;
pub use empty::EmptyState;
pub use entry::{DateBlock, Entry, EntryGroup};
pub use facts::{Fact, Facts};
pub use field::{Field, FieldSetup};
pub use footer::{FooterWay, SiteFooter};
pub use header::{AccountLink, AccountName, NavLink, SiteHeader, SkipLink};
pub use heading::{Hero, PageHead, PageHeading};
pub use icon::{Icon, IconView};
pub use notice::{Details, Notice, NoticeKind};
pub use option::Choice;
pub use persona::{Persona, PersonaList};
pub use picture::{Picture, PictureFit};
pub use search::SearchForm;
pub use skeleton::{CardSkeletons, LineSkeletons, TimeSkeletons};
pub use slot_list::{Slot, SlotList, SlotSection};
pub use success::SuccessTick;
pub use wait::WaitLine;
