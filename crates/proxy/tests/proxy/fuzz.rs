//! Every parser that meets the outside, fed with what is nearly right: a committed corpus, bent at random, always from the
//! same seed. What must hold is more than that nothing breaks off.
//!
//! `FRONTDESK_FUZZ=1000000` runs as many bendings of each; an input that fails is printed as a line of
//! `crates/proxy/fuzz/`, to be added there, where it is run first from then on.

use std::path::Path;

use booking::{AttemptKey, Lang, Route, SignIn};
use frontdesk_proxy::identity::{Seal, SessionToken};
use perfectgym::{BookingWish, CustomerId, Moment};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};

use crate::support::monday;

const SEED: u64 = 4711;
/// Of each parser; a second or two in all.
const BENDINGS: usize = 20_000;

/// The lines of a corpus, each an input as JSON writes a text.
fn corpus(name: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<String> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(lines.len() >= 5, "{}", path.display());
    lines
}

/// Each line as it stands, then bent ones.
fn run(name: &str, corpus: &[String], check: impl Fn(&str)) {
    let mut random = StdRng::seed_from_u64(SEED);
    let asked = std::env::var("FRONTDESK_FUZZ")
        .ok()
        .and_then(|count| count.parse().ok());
    let bent = (0..asked.unwrap_or(BENDINGS)).map(|_| bend(corpus, &mut random));
    for input in corpus.iter().cloned().chain(bent) {
        let held = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(&input)));
        assert!(
            held.is_ok(),
            "add to crates/proxy/fuzz/{name}: {}",
            serde_json::to_string(&input).unwrap()
        );
    }
}

/// One to four changes, of the kind that a parser takes one step too far.
fn bend(corpus: &[String], random: &mut StdRng) -> String {
    let mut text: Vec<char> = corpus.choose(random).unwrap().chars().collect();
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
                let other: Vec<char> = corpus.choose(random).unwrap().chars().collect();
                let from = random.random_range(0..=other.len());
                text.splice(at..to, other[from..].iter().copied());
            }
            _ if at + 1 < text.len() => text.swap(at, at + 1),
            _ => {}
        }
        text.truncate(2_000);
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
fn a_date_time_is_written_byte_for_byte_as_it_was_read() {
    run("date_time", &corpus("date_time"), |text| {
        let Ok(moment) = Moment::parse(text) else {
            return;
        };
        assert_eq!(moment.text(), text);
        assert!(text.is_ascii(), "no digit of another script is one");
        let json = serde_json::to_string(&moment).unwrap();
        assert_eq!(
            serde_json::from_str::<Moment>(&json).unwrap().instant(),
            moment.instant()
        );
        let bare = text.split('[').next().unwrap();
        if let Ok(known) = chrono::DateTime::parse_from_rfc3339(bare) {
            assert_eq!(moment.instant(), known.to_utc(), "what anybody else would read");
        }
        let local = moment.local().map(|local| local - moment.instant().naive_utc());
        let offset = moment.offset().map(|offset| i64::from(offset.local_minus_utc()));
        assert_eq!(local.map(|by| by.num_seconds()), offset);
    });
}

#[test]
fn an_address_reads_back_as_what_it_was_read_as() {
    run("address", &corpus("address"), |text| {
        let route = Route::parse(text);
        let written = route.format();
        assert_eq!(Route::parse(&written), route, "{written}");
        if matches!(route, Route::NotFound(_)) {
            return;
        }
        assert!(
            written.starts_with('/') && !written.starts_with("//"),
            "{written}"
        );
        let plain = |c: char| c.is_ascii_graphic() && !"\\\"<>".contains(c);
        assert!(
            written.chars().all(plain),
            "fit for a header and a page: {written:?}"
        );
    });
}

#[test]
fn a_key_of_an_attempt_is_what_a_path_and_a_header_can_hold() {
    run("attempt_key", &corpus("attempt_key"), |text| {
        let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let fits = plain && (16..=64).contains(&text.len());
        let key = AttemptKey::new(text);
        assert_eq!(key.is_ok(), fits);
        if let Ok(key) = key {
            assert_eq!(booking::attempt::path(&key), format!("/attempts/{text}"));
        }
    });
}

#[test]
fn a_language_is_one_of_ours_and_never_one_that_was_refused() {
    run("accept_language", &corpus("accept_language"), |text| {
        let Some(lang) = Lang::from_accept_language(text) else {
            return;
        };
        assert!(text.to_ascii_lowercase().contains(lang.tag()));
        // Asked for alone, and not at weight 0.
        let refused = format!("{};q=0", lang.tag());
        assert_eq!(Lang::from_accept_language(&refused), None);
        assert_eq!(Lang::from_accept_language(lang.tag()), Some(lang));
    });
}

#[test]
fn a_wish_names_no_customer_and_is_written_as_it_was_read() {
    run("wish", &corpus("wish"), |text| {
        let Ok(wish) = serde_json::from_str::<BookingWish>(text) else {
            return;
        };
        let json = serde_json::to_value(&wish).unwrap();
        let given: serde_json::Value = serde_json::from_str(text).unwrap();
        // Fields in a row, without their names, are no body of ours: `http/sent.rs` sees to that.
        for (name, value) in given.as_object().into_iter().flatten() {
            assert_eq!(&json[name], value, "{name}");
            assert!(!name.to_ascii_lowercase().contains("customer"), "{name}");
        }
        let sent = serde_json::to_value(wish.for_customer(CustomerId(7))).unwrap();
        assert_eq!(sent["customerId"], 7);
    });
}

#[test]
fn a_sign_in_has_a_number_and_a_day_and_nothing_else() {
    run("sign_in", &corpus("sign_in"), |text| {
        let Ok(answer) = serde_json::from_str::<SignIn>(text) else {
            return;
        };
        let given: serde_json::Value = serde_json::from_str(text).unwrap();
        if let Some(given) = given.as_object() {
            assert_eq!(given.len(), 2, "{given:?}");
            assert_eq!(given["customerNumber"], answer.customer_number.as_str());
        }
    });
}

#[test]
fn nothing_opens_that_was_not_sealed_here() {
    let seal = Seal::new(&[7; 32]);
    let token =
        |first: &str| SessionToken::start(CustomerId(7), Some(first), monday(), chrono::TimeDelta::hours(1));
    let sealed: Vec<String> = ["Ada", "", "Ada Ada Ada Ada Ada Ada", "Zoë", "😀"]
        .into_iter()
        .map(|first| seal.seal(&token(first)).unwrap())
        .collect();
    for value in &sealed {
        assert!(
            seal.open(value, monday())
                .is_some_and(|session| session.customer() == CustomerId(7))
        );
    }
    let elsewhere = Seal::new(&[8; 32]).seal(&token("Ada")).unwrap();
    let inputs = [sealed.clone(), vec![elsewhere], corpus("cookie")].concat();
    run("cookie", &inputs, |value| {
        let ours = sealed.iter().any(|sealed| sealed == value);
        assert_eq!(seal.open(value, monday()).is_some(), ours);
    });
}
