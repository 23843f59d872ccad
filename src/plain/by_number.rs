//! The sign-in screen's form, sent before the app had started, and not right: why not, and the form once more.

use std::sync::Arc;

use words::SignIn;

use super::frame::{back, post, primary};
use super::said::{Said, focused_if};
use super::{Failed, Setting, Shown};
use crate::ui::{Field, FieldSetup, page_heading_below};

/// Which number, and which birth date? What was typed does not come back: no answer of ours holds either.
#[derive(Clone, Debug)]
pub struct ByNumber {
    /// Where the form goes.
    pub action: String,
    /// No number was given.
    pub number_missing: bool,
    /// The birth date can be none.
    pub born_invalid: bool,
    /// What did not work.
    pub trouble: Option<Failed>,
}

pub(super) fn by_number(setting: &Setting, by_number: &ByNumber) -> Shown {
    let all = words::words(setting.lang);
    let w = &all.sign_in;
    let number_error = if by_number.number_missing {
        w.number_missing
    } else {
        ""
    };
    let born_error = if by_number.born_invalid {
        w.birth_date_invalid
    } else {
        ""
    };
    let said = by_number
        .trouble
        .as_ref()
        .map(|failed| Said::failed(setting, failed));
    let first_error = if number_error.is_empty() {
        born_error
    } else {
        number_error
    };
    let back_to = setting.by_email_words().back;
    let inside = post(&by_number.action)
        .child(page_heading_below(
            Some((back(setting), back_to)),
            w.heading,
            w.why,
        ))
        .child(said.as_ref().map(Said::notice))
        .child(number(w, number_error))
        .child(born(w, born_error, number_error.is_empty()))
        .child(primary(w.submit));
    Shown {
        heading: w.heading,
        wrong: said.map_or(first_error.to_owned(), |said| said.title),
        inside: inside.into(),
    }
}

fn number(w: &'static SignIn, error: &'static str) -> Field {
    let setup = FieldSetup {
        autocomplete: "username",
        ..FieldSetup::default()
    };
    Field {
        id: "number",
        label: w.number,
        hint: w.number_hint,
        error: error.into(),
        value: "".into(),
        on_input: Arc::new(|_| ()),
        setup: focused_if(error, setup),
    }
}

/// One focus a page: where the number is wrong as well, that comes first.
fn born(w: &'static SignIn, error: &'static str, is_first: bool) -> Field {
    let setup = FieldSetup {
        kind: "date",
        autocomplete: "bday",
        ..FieldSetup::default()
    };
    Field {
        id: "birth-date",
        label: w.birth_date,
        hint: w.birth_date_hint,
        error: error.into(),
        value: "".into(),
        on_input: Arc::new(|_| ()),
        setup: focused_if(if is_first { error } else { "" }, setup),
    }
}
