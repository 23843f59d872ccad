//! English.

mod bookings;
pub(crate) mod kiosk;
mod moves;
mod rules;
pub(crate) mod server;
mod times;

use booking::Lang;

use crate::{Catalogue, Dates, NotFound, Shell, SignIn, Words};

/// Every sentence in English.
pub(crate) static EN: Words = Words {
    lang: Lang::En,
    dates: DATES,
    shell: SHELL,
    catalogue: CATALOGUE,
    times: times::TIMES,
    confirm: times::CONFIRM,
    booked: bookings::BOOKED,
    calendar: bookings::CALENDAR,
    bookings: bookings::BOOKINGS,
    cancel: bookings::CANCEL,
    moves: moves::MOVES,
    sign_in: SIGN_IN,
    refusals: rules::REFUSALS,
    failures: rules::FAILURES,
    not_found: NOT_FOUND,
};

const DATES: Dates = Dates {
    weekdays: [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
    weekdays_short: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    months_short: [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ],
    today: "Today",
    tomorrow: "Tomorrow",
    after_day: "",
    after_weekday: "",
    minute: "minute",
    minutes: "minutes",
    and: " and ",
};

const SHELL: Shell = Shell {
    skip: "Skip to the content",
    nav_label: "Main menu",
    nav_catalogue: "Appointments",
    nav_bookings: "My bookings",
    sign_in: "Sign in",
    sign_out: "Sign out",
    language: "Language",
    studio: "Your studio",
    demo: "Demo studio: nothing here is real.",
    offline: "You're offline.",
    back_online: "You're back online.",
    help: "Help",
    help_text: "Can't find what you need? The studio is happy to help.",
    help_at_the_desk: "Can't find what you need? Ask at the studio's desk.",
    loading: "Loading…",
    still_trying: "Still trying…",
    signed_in: "You're signed in.",
    signed_out: "You're signed out.",
    signed_out_offline: "You're offline. We'll sign you out as soon as you're back online.",
    sign_out_owed: "You're not signed out everywhere yet. We'll keep trying.",
    session_ended: "You're no longer signed in. Please sign in again.",
    session_ended_at_book: "You're no longer signed in. Nothing was booked.",
    title: |screen, studio| [screen, " – ", studio].concat(),
    offline_as_of: |time| ["You're offline. Your bookings as of ", time, "."].concat(),
};

const CATALOGUE: Catalogue = Catalogue {
    heading: "Book an appointment",
    search: "Search appointments",
    search_submit: "Search",
    clear_search: "Clear the search",
    all_categories: "All",
    categories_label: "Categories",
    other_category: "More appointments",
    untitled: "Appointment",
    nothing_found_hint: "Try another word, or look at all appointments.",
    empty: "There is nothing to book online right now.",
    empty_hint: "Ask the studio what it offers.",
    more: "Show more",
    loading: "Loading the appointments…",
    count: |n| counted(n, "No appointments", "appointment", "appointments"),
    as_of: |when| {
        [
            "Appointments as of ",
            when,
            ": the studio's system isn't answering.",
        ]
        .concat()
    },
    nothing_found: |search| ["Nothing found for “", search, "”."].concat(),
};

const SIGN_IN: SignIn = SignIn {
    heading: "Sign in",
    why: "Sign in to see and book your appointments.",
    why_book: "Sign in to book. The time you chose stays chosen.",
    number: "Member number",
    number_hint: "It is on your card or in your contract.",
    birth_date: "Date of birth",
    birth_date_hint: "Day, month and year.",
    email: "Continue with e-mail",
    or_number: "Or with your member number:",
    submit: "Sign in",
    busy: "Signing you in…",
    number_missing: "Enter your member number.",
    birth_date_invalid: "Enter a full date: day, month and year.",
    demo_heading: "Try it as a test member",
    demo_text: "None of them is a real person.",
    privacy: "Of your details, this page only gets your first name.",
    not_kept: "Your browser doesn't keep you signed in here.",
    not_kept_text: "It does in a tab of its own. Your choice comes along.",
    new_tab: "Continue in a new tab",
};

const NOT_FOUND: NotFound = NotFound {
    heading: "Page not found",
    text: "There is nothing at this address.",
    home: "See all appointments",
};

/// "6 times": the words for none, one and more.
fn counted(n: usize, none: &str, one: &str, more: &str) -> String {
    match n {
        0 => none.to_owned(),
        1 => ["1 ", one].concat(),
        n => [&n.to_string(), " ", more].concat(),
    }
}
