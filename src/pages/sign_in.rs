//! Sign in: asked when it is first needed, and then back to where the member was.

use std::sync::Arc;

use crate::leptos::*;
use booking::flow::{Event, State};
use booking::route::Pick;
use booking::{DemoMember, Route, SignIn as Answers, SignInMethods, day, session};

use super::failure::{slow_line, told};
use crate::desk::Desk;
use crate::kiosk;
use crate::ui::html::{Element, Html, el, live};
use crate::ui::{
    Button, ButtonKind, Field, FieldSetup, LinkButton, Notice, NoticeKind, Persona, form, page_heading,
    persona_list,
};

/// The form, and the test members where the studio is not real.
pub fn screen() -> Html {
    let desk = Desk::here();
    if let Some(kiosk) = desk.kiosk() {
        return kiosk::sign_in::screen(desk, kiosk);
    }
    let typed = Typed {
        number: RwSignal::new(String::new()),
        born: RwSignal::new(String::new()),
        tried: RwSignal::new(false),
    };
    let shown = live(move || {
        desk.state.with(|state| {
            if methods(desk).number {
                by_number(desk, typed, state)
            } else {
                without_number(desk, state)
            }
        })
    });
    el("div")
        .class("narrow")
        .child(shown)
        .child(demo_members(desk))
        .into()
}

/// What has been typed. It never leaves this screen but to the proxy.
#[derive(Clone, Copy)]
struct Typed {
    number: RwSignal<String>,
    born: RwSignal<String>,
    /// Sent once: from now on what is missing is said.
    tried: RwSignal<bool>,
}

impl Typed {
    /// As an answer, where it can be one.
    fn answers(self) -> Option<Answers> {
        let number = self.number.get_untracked().trim().to_owned();
        let customer_number = Some(number).filter(|n| !n.is_empty())?;
        Some(Answers {
            customer_number,
            date_of_birth: day::parse(&self.born.get_untracked())?,
        })
    }

    fn number_error(self, desk: Desk) -> &'static str {
        let missing = self.tried.get() && self.number.get().trim().is_empty();
        if missing {
            desk.words.sign_in.number_missing
        } else {
            ""
        }
    }

    fn born_error(self, desk: Desk) -> &'static str {
        let wrong = self.tried.get() && day::parse(&self.born.get()).is_none();
        if wrong {
            desk.words.sign_in.birth_date_invalid
        } else {
            ""
        }
    }
}

fn methods(desk: Desk) -> SignInMethods {
    desk.boot.with_value(|boot| boot.sign_in)
}

/// A page of the proxy's own, outside the app.
fn by_email(desk: Desk, state: &State) -> Html {
    let Route::SignIn(next) = &state.route else {
        return Html::Nothing;
    };
    let href = session::email_address(&next.format());
    let link = || LinkButton::new(href, desk.words.sign_in.email).kind(ButtonKind::Primary);
    methods(desk).email.then(link).into()
}

fn without_number(desk: Desk, state: &State) -> Element {
    el("div")
        .class("panel stack")
        .child(page_heading(desk.words.sign_in.heading, why(desk, state)))
        .child(by_email(desk, state))
}

fn by_number(desk: Desk, typed: Typed, state: &State) -> Element {
    let w = &desk.words.sign_in;
    let submit = move || {
        typed.tried.set(true);
        if let Some(answers) = typed.answers() {
            desk.send(Event::SignIn(answers));
        }
    };
    let number = Field {
        id: "number",
        label: w.number,
        hint: w.number_hint,
        error: typed.number_error(desk).into(),
        value: typed.number.get().into(),
        on_input: Arc::new(move |text| typed.number.set(text)),
        setup: FieldSetup {
            autocomplete: "username",
            ..FieldSetup::default()
        },
    };
    let born = Field {
        id: "birth-date",
        label: w.birth_date,
        hint: w.birth_date_hint,
        error: typed.born_error(desk).into(),
        value: typed.born.get().into(),
        on_input: Arc::new(move |text| typed.born.set(text)),
        setup: FieldSetup {
            kind: "date",
            autocomplete: "bday",
            ..FieldSetup::default()
        },
    };
    let busy = state.sign_in.busy;
    let failure = state.sign_in.failure.as_ref();
    let or = methods(desk).email.then(|| el("p").child(w.or_number));
    form(state.route.format(), Arc::new(submit))
        .class("panel stack")
        .child(page_heading(w.heading, why(desk, state)))
        .child(by_email(desk, state))
        .child(or)
        .child(failure.map(|failure| told(desk, failure)))
        .child(not_kept(desk, state))
        .child(number)
        .child(born)
        .child(
            Button::submit(if busy { w.busy } else { w.submit })
                .kind(ButtonKind::Primary)
                .busy(busy),
        )
        .child(slow_line(desk, busy && state.is_slow_to_answer()))
        .child(el("p").class("quiet").child(w.privacy))
}

/// In a frame. The tab is opened by the link itself, or it would be taken for an advertisement.
fn not_kept(desk: Desk, state: &State) -> Option<Notice> {
    let w = &desk.words.sign_in;
    let Route::SignIn(next) = &state.route else {
        return None;
    };
    let on = || {
        LinkButton::new(next.format(), w.new_tab)
            .kind(ButtonKind::Primary)
            .outside()
    };
    let notice = || {
        Notice::new(NoticeKind::Error, w.not_kept)
            .text(w.not_kept_text)
            .way(on())
    };
    state.sign_in.not_kept.then(notice)
}

pub(crate) fn why(desk: Desk, state: &State) -> &'static str {
    let w = &desk.words.sign_in;
    match &state.route {
        Route::SignIn(next) if matches!(&**next, Route::Times(Pick { slot: Some(_), .. })) => w.why_book,
        _ => w.why,
    }
}

pub(crate) fn demo_members(desk: Desk) -> Option<Element> {
    let w = &desk.words.sign_in;
    let members = desk.boot.with_value(|boot| boot.demo.clone());
    (!members.is_empty()).then(|| {
        let all = members.into_iter().map(|member| persona(desk, member));
        persona_list("demo-members", w.demo_heading, w.demo_text, all.collect())
    })
}

fn persona(desk: Desk, member: DemoMember) -> Persona {
    let answers = Answers {
        customer_number: member.customer_number,
        date_of_birth: member.date_of_birth,
    };
    Persona {
        name: member.first_name,
        text: member.story,
        on_press: desk.sends(Event::SignIn(answers)),
    }
}
