//! The proxy over real HTTP, mostly against the demo studio. One binary, as linking is what takes the time.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod attacks;
mod booking_once;
mod by_email;
mod changed_times;
mod databases;
#[cfg(feature = "embed")]
mod embedded;
mod examined;
mod failures;
mod fleet_news;
mod fuzz;
mod hand_off;
mod hand_off_in_a_frame;
mod in_a_frame;
mod kind;
mod kiosk;
mod kiosk_free;
mod kiosk_noted;
mod kiosk_pages;
mod kiosk_qr;
mod mail_server;
mod moving;
mod openapi;
mod operations;
mod operator;
mod others;
mod pages;
mod scripted;
mod secrets;
mod sessions;
mod settling;
mod several;
mod several_proxies;
mod shared_counts;
mod signing_in;
mod slow;
mod starting;
mod store_buckets;
mod store_kiosks;
mod store_signing_in;
mod store_story;
mod store_upgrade;
mod support;
mod tls;
