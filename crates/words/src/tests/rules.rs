//! The rules of words, for every sentence there is.

use booking::Lang;

use super::{Said, all};

/// Words that tell a member nothing, or are about our machinery.
const NEVER: [&str; 14] = [
    "oops",
    "ups",
    "hoppla",
    "slot",
    "slots",
    "error",
    "errors",
    "fehler",
    "code",
    "codes",
    "full_moon",
    "null",
    "ihnen",
    "ihre",
];

/// The same in both languages, rightly.
const SAME: [&str; 7] = [
    "Failures.details",
    "Booked.studio",
    "Shell.title",
    "Calendar.summary",
    "KioskWords.pin",
    "KioskWords.letters",
    "KioskWords.digits",
];

fn everything() -> impl Iterator<Item = (Lang, Said)> {
    Lang::ALL
        .into_iter()
        .flat_map(|lang| all(lang).into_iter().map(move |said| (lang, said)))
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['.', '?', '!'])
        .flat_map(|part| part.split(" … "))
}

#[test]
fn no_sentence_is_longer_than_twelve_words() {
    for (_, said) in everything() {
        for sentence in sentences(&said.text) {
            let words = sentence
                .split_whitespace()
                .filter(|w| w.chars().any(char::is_alphanumeric))
                .count();
            assert!(words <= 12, "{}: {words} words in {sentence:?}", said.place);
        }
    }
}

#[test]
fn nothing_is_left_empty_or_unnamed() {
    for (lang, said) in everything() {
        assert!(!said.text.trim().is_empty(), "{lang:?} {} is empty", said.place);
        assert_eq!(said.text.trim(), said.text, "{lang:?} {}", said.place);
        for name in &said.names {
            assert!(
                said.text.contains(name),
                "{lang:?} {} leaves out {name}: {}",
                said.place,
                said.text
            );
        }
    }
}

#[test]
fn nobody_meets_our_machinery_or_an_oops() {
    for (_, said) in everything() {
        let text = said.text.to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        let found = words.find(|word| NEVER.contains(word));
        assert_eq!(found, None, "{}: {}", said.place, said.text);
    }
}

#[test]
fn nobody_is_told_to_try_later_without_when() {
    for (_, said) in everything() {
        let text = said.text.to_lowercase();
        assert!(
            !text.contains("again later") && !text.contains("später erneut"),
            "{}: {text}",
            said.place
        );
    }
}

#[test]
fn nothing_was_left_in_the_other_language() {
    let (english, german) = (all(Lang::En), all(Lang::De));
    assert_eq!(english.len(), german.len());
    for (en, de) in english.iter().zip(&german) {
        assert_eq!(en.place, de.place);
        assert!(
            en.text != de.text || SAME.contains(&en.place.as_str()),
            "{}: {}",
            en.place,
            en.text
        );
    }
}
