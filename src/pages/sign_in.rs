//! Sign in: asked when it is first needed, and then back to where the member was.

use booking::flow::Event;
use booking::route::Pick;
use booking::{DemoMember, Lang, Route, SignIn as Answers};
use chrono::NaiveDate;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::failure::FailureNotice;
use crate::desk::Desk;
use crate::ui::{Button, ButtonKind, Field, FieldSetup, PageHeading, Persona, PersonaList};

/// The form, and the test members where the studio is not real.
#[component]
pub fn SignIn() -> impl IntoView {
    view! {
        <div class="narrow">
            <Form />
            <DemoMembers />
        </div>
    }
}

#[component]
fn Form() -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.sign_in;
    let number = RwSignal::new(String::new());
    let born = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let busy = desk.watch(|state| state.sign_in.busy);
    let failure = desk.watch(|state| state.sign_in.failure.clone());
    let why = desk.text(move |state| match &state.route {
        Route::SignIn(next) if matches!(&**next, Route::Times(Pick { slot: Some(_), .. })) => {
            w.why_book.to_owned()
        }
        _ => w.why.to_owned(),
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if let Some(answers) = answers(&number.read_untracked(), &born.read_untracked()) {
            desk.send(Event::SignIn(answers));
        }
    };
    let number_error = move || {
        if tried.get() && number.read().trim().is_empty() {
            w.number_missing
        } else {
            ""
        }
    };
    let born_error = move || {
        if tried.get() && born.read().parse::<NaiveDate>().is_err() {
            w.birth_date_invalid
        } else {
            ""
        }
    };
    view! {
        <form class="panel stack" on:submit=submit>
            <PageHeading title=w.heading text=why />
            {move || failure.get().map(|failure| view! { <FailureNotice failure /> })}
            <Field
                id="number"
                label=w.number
                hint=w.number_hint
                error=Signal::derive(move || number_error().to_owned())
                value=number
                on_input=Callback::new(move |text| number.set(text))
                setup=FieldSetup { autocomplete: "username", autocapitalize: "none", ..FieldSetup::default() }
            />
            <Field
                id="birth-date"
                label=w.birth_date
                hint=w.birth_date_hint
                error=Signal::derive(move || born_error().to_owned())
                value=born
                on_input=Callback::new(move |text| born.set(text))
                setup=FieldSetup { kind: "date", autocomplete: "bday", ..FieldSetup::default() }
            />
            <Button text=w.submit kind=ButtonKind::Primary submit=true busy=busy />
            <p class="quiet">{w.privacy}</p>
        </form>
    }
}

/// What was typed, where it can be an answer.
fn answers(number: &str, born: &str) -> Option<Answers> {
    let customer_number = Some(number.trim().to_owned()).filter(|n| !n.is_empty())?;
    Some(Answers {
        customer_number,
        date_of_birth: born.parse().ok()?,
    })
}

#[component]
fn DemoMembers() -> impl IntoView {
    let desk = Desk::here();
    let w = &desk.words.sign_in;
    let (members, lang) = desk.boot.with_value(|boot| (boot.demo.clone(), boot.lang));
    (!members.is_empty()).then(|| {
        let members = members
            .into_iter()
            .map(|member| persona(desk, lang, member))
            .collect_view();
        view! { <PersonaList id="demo-members" title=w.demo_heading text=w.demo_text>{members}</PersonaList> }
    })
}

fn persona(desk: Desk, lang: Lang, member: DemoMember) -> impl IntoView {
    let story = match lang {
        Lang::En => member.story_en,
        Lang::De => member.story_de,
    };
    let answers = Answers {
        customer_number: member.customer_number,
        date_of_birth: member.date_of_birth,
    };
    view! { <Persona name=member.first_name text=story on_press=desk.sends(Event::SignIn(answers)) /> }
}
