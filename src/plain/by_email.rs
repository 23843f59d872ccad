//! Signing in by e-mail: address, digits, and who of several.

use std::sync::Arc;

use words::server::ByEmail;

use super::frame::{back, post, primary, sign_in, ways};
use super::said::{Said, focused_if};
use super::{Setting, Shown, Trouble};
use crate::ui::html::{Element, Html, each, el};
use crate::ui::{Field, FieldSetup, Icon, Notice, NoticeKind, icon, page_heading, page_heading_below};

/// Which address?
#[derive(Clone, Debug)]
pub struct Ask {
    /// Where the form goes.
    pub action: String,
    /// What was typed.
    pub typed: String,
    /// It can be no address.
    pub invalid: bool,
    /// What did not work.
    pub trouble: Option<Trouble>,
}

/// Which digits?
#[derive(Clone, Debug)]
pub struct Enter {
    /// Where the form goes.
    pub action: String,
    /// Where another e-mail is asked for.
    pub again: String,
    /// The address that was typed.
    pub email: String,
    /// The digits that were typed.
    pub typed: String,
    /// They are not six.
    pub invalid: bool,
    /// They are others; so many tries are left.
    pub wrong: Option<usize>,
    /// What did not work.
    pub trouble: Option<Trouble>,
    /// E-mails could not be sent lately, to anybody.
    pub late: bool,
}

/// Who of several?
#[derive(Clone, Debug)]
pub struct Choose {
    /// Where the form goes.
    pub action: String,
    /// In the order in which the form numbers them.
    pub people: Vec<Person>,
}

/// Somebody who shares an address.
#[derive(Clone, Debug)]
pub struct Person {
    /// As the studio has it.
    pub first_name: Option<String>,
    /// What is to be known beside that they are a member.
    pub status: &'static str,
}

/// The link of an e-mail.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where the form goes.
    pub action: String,
    /// Where another e-mail is asked for.
    pub again: String,
    /// What did not work; then there is nothing to press.
    pub trouble: Option<Trouble>,
}

pub(super) fn ask(setting: &Setting, w: &'static ByEmail, ask: &Ask) -> Shown {
    let error = if ask.invalid { w.email_invalid } else { "" };
    let wrong = ask.trouble.as_ref();
    let wrong = wrong.map(|trouble| Said::by_email(setting, w, trouble));
    let email = Field {
        id: "email",
        label: w.email,
        hint: w.email_hint,
        error: error.into(),
        value: ask.typed.clone().into(),
        on_input: Arc::new(|_| ()),
        setup: focused_if(
            error,
            FieldSetup {
                kind: "email",
                autocomplete: "email",
                inputmode: "email",
                ..FieldSetup::default()
            },
        ),
    };
    let number = setting
        .by_number
        .then(|| ways(vec![(sign_in(setting), w.by_number)]));
    let inside = post(&ask.action)
        .child(page_heading_below(
            Some((back(setting), w.back)),
            w.heading,
            w.why,
        ))
        .child(wrong.as_ref().map(Said::notice))
        .child(email)
        .child(primary(w.submit))
        .child(number);
    Shown {
        heading: w.heading,
        wrong: wrong.map_or(error.to_owned(), |said| said.title),
        inside: inside.into(),
    }
}

pub(super) fn enter(setting: &Setting, w: &'static ByEmail, enter: &Enter) -> Shown {
    let said = enter.trouble.as_ref();
    let said = said.map(|trouble| Said::by_email(setting, w, trouble));
    let error = digits_error(w, enter);
    let done = matches!(enter.trouble, Some(Trouble::Expired | Trouble::UsedUp));
    let late = enter
        .late
        .then(|| Notice::new(NoticeKind::Info, w.late).text(w.late_text).silent());
    let mut links = vec![(enter.again.clone(), w.again)];
    links.extend(setting.by_number.then(|| (sign_in(setting), w.by_number)));
    // Of an e-mail that is of no use any more nobody has to be told that it was sent.
    let sent = [&(w.sent)(&enter.email), " ", w.sent_hint].concat();
    let inside = post(&enter.action)
        .child(page_heading_below(
            Some((back(setting), w.back)),
            w.sent_heading,
            if done { String::new() } else { sent },
        ))
        .child(said.as_ref().map(Said::notice))
        .child(late)
        .child((!done).then(|| Html::from(digits(w, enter, error.clone()))))
        .child((!done).then(|| primary(w.digits_submit)))
        .child(ways(links));
    Shown {
        heading: w.sent_heading,
        wrong: said.map_or(error, |said| said.title),
        inside: inside.into(),
    }
}

/// What is wrong with the digits themselves; empty for nothing.
fn digits_error(w: &'static ByEmail, enter: &Enter) -> String {
    match enter.wrong {
        Some(left) => (w.wrong)(left),
        None if enter.invalid => w.digits_invalid.to_owned(),
        None => String::new(),
    }
}

fn digits(w: &'static ByEmail, enter: &Enter, error: String) -> Field {
    let setup = FieldSetup {
        autocomplete: "one-time-code",
        inputmode: "numeric",
        ..FieldSetup::default()
    };
    Field {
        id: "digits",
        label: w.digits,
        hint: w.digits_hint,
        value: enter.typed.clone().into(),
        on_input: Arc::new(|_| ()),
        setup: focused_if(&error, setup),
        error: error.into(),
    }
}

pub(super) fn choose(setting: &Setting, w: &'static ByEmail, choose: &Choose) -> Shown {
    let people = choose
        .people
        .iter()
        .enumerate()
        .map(|(at, who)| person(w, at, who));
    let inside = post(&choose.action)
        .child(page_heading_below(
            Some((back(setting), w.back)),
            w.choose_heading,
            w.choose_text,
        ))
        .child(el("ul").class("personas-list").child(each(people)));
    Shown {
        heading: w.choose_heading,
        wrong: String::new(),
        inside: inside.into(),
    }
}

/// Sends its own number among these few: whom it stands for the proxy knows, and no browser says.
fn person(w: &'static ByEmail, at: usize, who: &Person) -> Element {
    let name = who.first_name.clone();
    let name = name.unwrap_or_else(|| (w.nameless)(&(at + 1).to_string()));
    let mark = el("span")
        .class("persona-mark")
        .attr("aria-hidden", "true")
        .child(icon(Icon::Person));
    let words = el("span")
        .child(el("span").class("persona-name").child(name).child(" "))
        .child(el("span").class("persona-text").child(who.status));
    let button = el("button")
        .attr("type", "submit")
        .class("persona")
        .attr("name", "who")
        .attr("value", at.to_string())
        .child(mark)
        .child(words)
        .child(icon(Icon::Later));
    el("li").child(button)
}

pub(super) fn link(setting: &Setting, w: &'static ByEmail, link: &Link) -> Shown {
    let said = link.trouble.as_ref().map(|trouble| match trouble {
        Trouble::Failed(failed) => Said::failed(setting, failed),
        Trouble::Expired | Trouble::UsedUp => Said::of(w.link_gone, w.link_gone_text),
    });
    let gone = matches!(link.trouble, Some(Trouble::Expired | Trouble::UsedUp));
    let again = gone.then(|| ways(vec![(link.again.clone(), w.again)]));
    let inside = post(&link.action)
        .child(page_heading(w.link_heading, if gone { "" } else { w.link_text }))
        .child(said.as_ref().map(Said::notice))
        .child((!gone).then(|| primary(w.link_submit)))
        .child(again);
    Shown {
        heading: w.link_heading,
        wrong: said.map(|said| said.title).unwrap_or_default(),
        inside: inside.into(),
    }
}
