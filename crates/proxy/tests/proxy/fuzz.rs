//! Every parser that meets the outside, fed with what is nearly right: committed seeds, bent at random, always from the
//! same one. What must hold of each stands in `crates/proxy/fuzz/targets/`.
//!
//! `FRONTDESK_FUZZ=1000000` runs as many bendings of each; an input that fails is printed as a line of
//! `crates/proxy/fuzz/seeds/`, to be added there, where it is run first from then on.

#[path = "../../fuzz/targets/mod.rs"]
mod targets;

use std::path::Path;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};

const SEED: u64 = 4711;
/// Of each parser; some seconds in all.
const BENDINGS: usize = 20_000;
const LONGEST: usize = 2_000;

/// What a parser is first fed with.
fn seeds(target: &targets::Target) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let text = std::fs::read_to_string(folder.join(target.name)).unwrap();
    let lines: Vec<_> = text.lines().map(targets::line).collect();
    assert!(lines.len() >= 5, "{}", target.name);
    (target.made)().into_iter().chain(lines).collect()
}

/// Each seed as it stands, then bent ones.
fn run(name: &str) {
    let target = targets::find(name).unwrap();
    let seeds = seeds(target);
    let mut random = StdRng::seed_from_u64(SEED);
    let asked = std::env::var("FRONTDESK_FUZZ")
        .ok()
        .and_then(|count| count.parse().ok());
    let bent = (0..asked.unwrap_or(BENDINGS)).map(|_| bend(&seeds, &mut random));
    for input in seeds.iter().cloned().chain(bent) {
        let held = std::panic::catch_unwind(|| (target.check)(&input));
        assert!(
            held.is_ok(),
            "add to crates/proxy/fuzz/seeds/{name}: {}",
            written(&input)
        );
    }
}

/// As a line of the seeds.
fn written(input: &[u8]) -> String {
    match std::str::from_utf8(input) {
        Ok(text) => serde_json::to_string(text).unwrap(),
        Err(_) => serde_json::to_string(input).unwrap(),
    }
}

/// A text bent as one, and now and then a byte that is none of a text's.
fn bend(seeds: &[Vec<u8>], random: &mut StdRng) -> Vec<u8> {
    let one = |random: &mut StdRng| String::from_utf8_lossy(seeds.choose(random).unwrap()).into_owned();
    let (text, other) = (one(random), one(random));
    let mut bytes = bend_text(&text, &other, random).into_bytes();
    if random.random_ratio(1, 10) {
        let at = random.random_range(0..=bytes.len());
        bytes.insert(at, random.random());
    }
    bytes
}

/// One to four changes, of the kind that a parser takes one step too far.
fn bend_text(text: &str, other: &str, random: &mut StdRng) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for _ in 0..random.random_range(1..=4) {
        let at = random.random_range(0..=text.len());
        let to = random.random_range(at..=text.len());
        match random.random_range(0..7) {
            0 => text.truncate(at),
            1 => drop(text.drain(at..to.min(at + 3))),
            2 => text.insert(at, any_char(random)),
            3 if at < text.len() => text[at] = any_char(random),
            4 => {
                let again: Vec<char> = text[at..to].to_vec();
                text.splice(at..at, again);
            }
            5 => {
                let other: Vec<char> = other.chars().collect();
                let from = random.random_range(0..=other.len());
                text.splice(at..to, other[from..].iter().copied());
            }
            _ if at + 1 < text.len() => text.swap(at, at + 1),
            _ => {}
        }
        text.truncate(LONGEST);
    }
    text.into_iter().collect()
}

fn any_char(random: &mut StdRng) -> char {
    const OFTEN: &str = "0123456789-+:.,;/?&=%#[]{}\"\\'TZ \t\r\n\0_~\u{80}ä\u{2028}\u{ff10}\u{661}\u{1f600}";
    let often: Vec<char> = OFTEN.chars().collect();
    if random.random_bool(0.8) {
        *often.choose(random).unwrap()
    } else {
        random.random()
    }
}

#[test]
fn every_parser_of_the_list_is_run_here() {
    let here = include_str!("fuzz.rs");
    for target in targets::ALL {
        let name = target.name;
        assert!(here.contains(&format!("run(\"{name}\")")), "{name} has no test");
    }
}

#[test]
fn a_date_time_is_written_byte_for_byte_as_it_was_read() {
    run("date_time");
}

#[test]
fn an_address_reads_back_as_what_it_was_read_as() {
    run("address");
}

#[test]
fn whatever_leads_on_leads_to_a_page_of_ours() {
    run("next");
}

#[test]
fn a_query_is_read_as_it_would_be_written_and_names_no_customer() {
    run("query");
}

#[test]
fn an_id_goes_on_as_the_number_that_it_was_read_as() {
    run("id");
}

#[test]
fn a_key_of_an_attempt_is_what_a_path_and_a_header_can_hold() {
    run("attempt_key");
}

#[test]
fn a_language_is_one_of_ours_and_never_one_that_was_refused() {
    run("accept_language");
}

#[test]
fn a_host_is_written_in_one_way_and_two_are_none() {
    run("host");
}

#[test]
fn who_is_counted_is_whoever_connected_or_whom_a_trusted_one_added_last() {
    run("forwarded");
}

#[test]
fn of_a_header_nothing_goes_on_but_what_it_may_be() {
    run("header");
}

#[test]
fn a_wish_names_no_customer_and_is_written_as_it_was_read() {
    run("wish");
}

#[test]
fn a_sign_in_has_a_number_and_a_day_and_nothing_else() {
    run("sign_in");
}

#[test]
fn a_form_is_read_as_it_would_be_written() {
    run("form");
}

#[test]
fn what_is_typed_is_an_address_or_six_digits_or_neither() {
    run("typed");
}

#[test]
fn a_webhook_believes_nothing_but_the_types_of_its_events() {
    run("webhook");
}

#[test]
fn nothing_opens_that_was_not_sealed_here() {
    run("cookie");
}

#[test]
fn a_hand_off_that_is_taken_was_signed_for_us_and_now() {
    run("hand_off");
}

#[test]
fn settings_are_refused_without_a_word_of_a_secret() {
    run("settings");
}
