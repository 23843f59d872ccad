//! Our own keys, on the screen: a number, then what proves it. A tablet's own keyboard would cover what is asked, and remember it.

use chrono::NaiveDate;

use super::{KioskSignIn, Media};
use crate::{SignIn, SignInMethods};

/// No customer number is longer.
const LONGEST_NUMBER: usize = 20;
/// No PIN is longer.
const LONGEST_PIN: usize = 8;
/// No PIN is shorter.
const SHORTEST_PIN: usize = 4;
/// Day, month and year.
const DATE: usize = 8;

/// What is typed with the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A PIN.
    Pin,
    /// The birth date: two digits each for day and month, four for the year.
    Born,
}

impl Proof {
    /// How a studio's kiosk has it; `None` where it has neither.
    pub fn of(media: Media, methods: SignInMethods) -> Option<Self> {
        match (media.pin, methods.number) {
            (true, _) => Some(Self::Pin),
            (false, true) => Some(Self::Born),
            (false, false) => None,
        }
    }
}

/// Which of the two is typed now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// The customer number.
    #[default]
    Number,
    /// What goes with it.
    Proof,
}

/// A key of the pad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PadKey {
    /// A digit, a letter or a dash.
    Sign(char),
    /// Takes the last one back.
    Back,
    /// Letters instead of digits, and back.
    Letters,
    /// Done with this one.
    Next,
    /// The number once more.
    Number,
}

/// What a whole entry is sent as.
#[derive(Clone, PartialEq, Eq)]
pub enum Typed {
    /// A number and a PIN.
    AtKiosk(KioskSignIn),
    /// A number and a birth date.
    Answers(SignIn),
}

/// What is typed so far. Deliberately not `Debug`: it is not for logs.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pad {
    /// Which is typed.
    pub step: Step,
    /// Letters are shown.
    pub letters: bool,
    /// What was typed cannot be: too short, or no day.
    pub odd: bool,
    number: String,
    proof: String,
}

impl Pad {
    /// The number, to be read.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// How much of a PIN there is; it is never shown.
    pub fn proof_length(&self) -> usize {
        self.proof.len()
    }

    /// A birth date so far, as it is read: `04.12.19`.
    pub fn born(&self) -> String {
        let mut shown = String::new();
        for (at, digit) in self.proof.chars().enumerate() {
            if at == 2 || at == 4 {
                shown.push('.');
            }
            shown.push(digit);
        }
        shown
    }

    /// Whether anything is typed.
    pub fn is_empty(&self) -> bool {
        self.number.is_empty()
    }

    /// A key was pressed. With the last one comes what to send; the proof is then no longer kept.
    pub fn press(&mut self, key: PadKey, proof: Proof) -> Option<Typed> {
        self.odd = false;
        match key {
            PadKey::Sign(sign) => self.sign(sign, proof),
            PadKey::Back => self.back(),
            PadKey::Letters => self.letters = !self.letters,
            PadKey::Number => self.number_again(),
            PadKey::Next => return self.next(proof),
        }
        None
    }

    fn sign(&mut self, sign: char, proof: Proof) {
        let (text, most) = match (self.step, proof) {
            (Step::Number, _) => (&mut self.number, LONGEST_NUMBER),
            (Step::Proof, Proof::Pin) => (&mut self.proof, LONGEST_PIN),
            (Step::Proof, Proof::Born) => (&mut self.proof, DATE),
        };
        if text.len() < most {
            text.push(sign);
        }
    }

    fn back(&mut self) {
        match self.step {
            Step::Proof if self.proof.is_empty() => self.number_again(),
            Step::Proof => drop(self.proof.pop()),
            Step::Number => drop(self.number.pop()),
        }
    }

    fn number_again(&mut self) {
        self.step = Step::Number;
        self.proof.clear();
    }

    fn next(&mut self, proof: Proof) -> Option<Typed> {
        if self.step == Step::Number {
            self.odd = self.number.is_empty();
            if !self.odd {
                (self.step, self.letters) = (Step::Proof, false);
            }
            return None;
        }
        let typed = self.typed(proof);
        self.odd = typed.is_none();
        self.proof.clear();
        typed
    }

    fn typed(&self, proof: Proof) -> Option<Typed> {
        let customer_number = self.number.clone();
        Some(match proof {
            Proof::Pin if self.proof.len() < SHORTEST_PIN => return None,
            Proof::Pin => Typed::AtKiosk(KioskSignIn::Pin {
                customer_number,
                pin: self.proof.clone(),
            }),
            Proof::Born => Typed::Answers(SignIn {
                customer_number,
                date_of_birth: date(&self.proof)?,
            }),
        })
    }
}

/// `04121987`.
fn date(digits: &str) -> Option<NaiveDate> {
    let number = |from, to| digits.get(from..to).and_then(|part: &str| part.parse().ok());
    let (day, month) = (number(0, 2)?, number(2, 4)?);
    let year = digits.get(4..).filter(|year| year.len() == 4)?.parse().ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn types(pad: &mut Pad, text: &str, proof: Proof) -> Option<Typed> {
        for sign in text.chars() {
            pad.press(PadKey::Sign(sign), proof);
        }
        pad.press(PadKey::Next, proof)
    }

    #[test]
    fn a_number_and_a_pin_are_sent_and_the_pin_is_not_kept() {
        let mut pad = Pad::default();
        assert!(types(&mut pad, "M-1001", Proof::Pin).is_none());
        assert!(pad.step == Step::Proof && !pad.letters);
        let sent = types(&mut pad, "0815", Proof::Pin).unwrap();
        let wanted = KioskSignIn::Pin {
            customer_number: "M-1001".into(),
            pin: "0815".into(),
        };
        assert!(sent == Typed::AtKiosk(wanted));
        assert!(pad.proof_length() == 0 && pad.number() == "M-1001");
    }

    #[test]
    fn a_birth_date_is_a_day_that_there_was() {
        for (typed, day) in [
            ("29021988", Some((1988, 2, 29))),
            ("29021987", None),
            ("31041990", None),
            ("0412198", None),
            ("", None),
        ] {
            let mut pad = Pad::default();
            types(&mut pad, "77", Proof::Born);
            let sent = types(&mut pad, typed, Proof::Born);
            let born = sent.map(|sent| match sent {
                Typed::Answers(answers) => answers.date_of_birth,
                Typed::AtKiosk(_) => panic!("a birth date is no PIN"),
            });
            let day = day.and_then(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d));
            assert_eq!(born, day, "{typed}");
            assert_eq!(pad.odd, born.is_none());
        }
    }

    #[test]
    fn it_is_read_with_dots_and_grows_no_longer() {
        let mut pad = Pad::default();
        types(&mut pad, "77", Proof::Born);
        for sign in "041219879".chars() {
            pad.press(PadKey::Sign(sign), Proof::Born);
        }
        assert_eq!(pad.born(), "04.12.1987");
        pad.press(PadKey::Back, Proof::Born);
        assert_eq!(pad.born(), "04.12.198");
    }

    #[test]
    fn nothing_typed_is_told_and_taking_back_leads_to_the_number() {
        let mut pad = Pad::default();
        assert!(pad.press(PadKey::Next, Proof::Pin).is_none() && pad.odd);
        types(&mut pad, "7", Proof::Pin);
        assert!(!pad.odd);
        pad.press(PadKey::Back, Proof::Pin);
        assert!(pad.step == Step::Number && pad.number() == "7");
        pad.press(PadKey::Back, Proof::Pin);
        assert!(pad.is_empty());
    }

    #[test]
    fn a_pin_comes_before_a_birth_date() {
        let media = |pin| Media {
            pin,
            ..Media::default()
        };
        let number = |number| SignInMethods { number, email: true };
        assert_eq!(Proof::of(media(true), number(true)), Some(Proof::Pin));
        assert_eq!(Proof::of(media(false), number(true)), Some(Proof::Born));
        assert_eq!(Proof::of(media(false), number(false)), None);
    }
}
