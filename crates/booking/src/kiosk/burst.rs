//! A reader of cards or barcodes that types: it strikes keys as no person does, and ends with Enter. Wherever the focus is.

/// Between two keys of a reader; who types by hand is slower, key for key.
const MOST_MS: f64 = 50.0;
/// No card and no barcode is shorter.
const LEAST: usize = 4;
/// None is longer: a key that lies pressed is no reader.
const LONGEST: usize = 64;

/// What a key was.
#[derive(Debug, PartialEq, Eq)]
pub enum Struck {
    /// A person's, or the first of a reader's: nobody can tell yet.
    Alone,
    /// A reader's; it means nothing else.
    Within,
    /// A reader's last: this is what it read. Not for logs, nor for the screen.
    Whole(String),
}

/// The keys so far. Deliberately not `Debug`: it is not for logs.
#[derive(Default)]
pub struct Burst {
    text: String,
    last_ms: f64,
}

impl Burst {
    /// A key goes down: its name as the browser has it (`KeyboardEvent.key`), and when, in milliseconds of any one clock.
    pub fn key(&mut self, name: &str, at_ms: f64) -> Struck {
        let is_sign = name.chars().count() == 1;
        // A reader presses Shift for capitals.
        if !is_sign && name != "Enter" {
            return Struck::Alone;
        }
        let gap = at_ms - self.last_ms;
        let follows = !self.text.is_empty() && (0.0..=MOST_MS).contains(&gap);
        self.last_ms = at_ms;
        match (is_sign, follows) {
            (true, true) => self.goes_on(name),
            (true, false) => {
                self.text = name.to_owned();
                Struck::Alone
            }
            (false, true) => self.ends(),
            (false, false) => {
                self.text.clear();
                Struck::Alone
            }
        }
    }

    /// What is too long is not taken, and still is nobody's typing.
    fn goes_on(&mut self, sign: &str) -> Struck {
        if self.text.len() <= LONGEST {
            self.text.push_str(sign);
        }
        Struck::Within
    }

    fn ends(&mut self) -> Struck {
        let text = std::mem::take(&mut self.text);
        match text.chars().count() {
            LEAST..=LONGEST => Struck::Whole(text),
            _ => Struck::Within,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Strikes keys so far apart; what the last one was.
    fn strikes(keys: &[&str], apart_ms: f64) -> Struck {
        let mut burst = Burst::default();
        let mut last = Struck::Alone;
        for (n, key) in (0..).zip(keys) {
            last = burst.key(key, 1_000.0 + f64::from(n) * apart_ms);
        }
        last
    }

    const CARD: [&str; 5] = ["5", "2", "0", "0", "Enter"];

    #[test]
    fn a_reader_is_read_and_a_person_is_not() {
        assert_eq!(strikes(&CARD, 8.0), Struck::Whole("5200".into()));
        assert_eq!(strikes(&CARD, 50.0), Struck::Whole("5200".into()));
        assert_eq!(strikes(&CARD, 51.0), Struck::Alone);
        assert_eq!(strikes(&CARD, 120.0), Struck::Alone);
    }

    #[test]
    fn capitals_come_with_shift() {
        let keys = ["Shift", "S", "Shift", "B", "-", "1", "2", "Enter"];
        assert_eq!(strikes(&keys, 5.0), Struck::Whole("SB-12".into()));
    }

    #[test]
    fn a_person_who_typed_before_leaves_nothing_in_a_card() {
        let mut burst = Burst::default();
        burst.key("9", 0.0);
        for (n, key) in (0..).zip(&CARD) {
            let struck = burst.key(key, 3_000.0 + f64::from(n) * 10.0);
            let wanted = match n {
                0 => Struck::Alone,
                4 => Struck::Whole("5200".into()),
                _ => Struck::Within,
            };
            assert_eq!(struck, wanted);
        }
        // Enter by hand afterwards presses a button, as ever.
        assert_eq!(burst.key("Enter", 9_000.0), Struck::Alone);
    }

    #[test]
    fn what_is_too_short_or_too_long_was_never_a_card() {
        assert_eq!(strikes(&["1", "2", "3", "Enter"], 5.0), Struck::Within);
        let held = [vec!["7"; 65], vec!["Enter"]].concat();
        assert_eq!(strikes(&held, 30.0), Struck::Within);
        let most = [vec!["7"; 64], vec!["Enter"]].concat();
        assert_eq!(strikes(&most, 30.0), Struck::Whole("7".repeat(64)));
        assert_eq!(strikes(&["Enter", "Enter"], 5.0), Struck::Alone);
    }

    #[test]
    fn a_clock_that_goes_back_makes_no_card() {
        let mut burst = Burst::default();
        ["5", "2", "0", "0"].iter().for_each(|key| {
            burst.key(key, 500.0);
        });
        assert_eq!(burst.key("Enter", 100.0), Struck::Alone);
    }
}
