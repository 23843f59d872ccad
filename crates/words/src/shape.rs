//! Which sentences there are. What each says is in `en` and `de`.

use booking::bookings::Standing;
use booking::refusal::{Refusal, Way};
use booking::slots::PartOfDay;
use booking::{FailureKind, Lang};
use perfectgym::ParticipantStatus;

use crate::Dates;

/// A sentence about one thing.
pub type With = fn(&str) -> String;
/// A sentence about two things.
pub type Two = fn(&str, &str) -> String;
/// A sentence with a number in it.
pub type Count = fn(usize) -> String;
/// A sentence about one thing, with a number in it.
pub type CountOf = fn(&str, usize) -> String;

/// Declares a group of sentences: fixed texts, then those that are made. Tests walk both, so that none is forgotten.
macro_rules! sentences {
    ($(#[$doc:meta])* $name:ident { $($text:ident)* } $({ $($made:ident: $kind:ty),+ $(,)? })?) => {
        $(#[$doc])*
        #[expect(missing_docs, reason = "a field's English sentence says what it is for")]
        pub struct $name {
            $(pub $text: &'static str,)*
            $($(pub $made: $kind,)+)?
        }

        #[cfg(test)]
        impl crate::tests::Say for $name {
            fn say(&self, said: &mut Vec<crate::tests::Said>) {
                let group = concat!(stringify!($name), ".");
                let mut push = |field: &str, text, names| {
                    said.push(crate::tests::Said { place: [group, field].concat(), text, names });
                };
                $(push(stringify!($text), self.$text.into(), Vec::new());)*
                $($(for (text, names) in crate::tests::Sample::samples(&self.$made) {
                    push(stringify!($made), text, names);
                })+)?
            }
        }
    };
}

pub(crate) use sentences;

/// Everything, by screen.
#[derive(Debug)]
pub struct Words {
    /// Which language this is.
    pub lang: Lang,
    /// Days and times.
    pub dates: Dates,
    /// Around every screen.
    pub shell: Shell,
    /// What the studio offers.
    pub catalogue: Catalogue,
    /// The times of one service.
    pub times: Times,
    /// The bar that books.
    pub confirm: Confirm,
    /// It is booked.
    pub booked: Booked,
    /// Inside a calendar's entry.
    pub calendar: Calendar,
    /// My bookings, and one of them.
    pub bookings: Bookings,
    /// Cancelling one.
    pub cancel: Cancel,
    /// Another time of one.
    pub moves: Moves,
    /// Signing in.
    pub sign_in: SignIn,
    /// Why a time cannot be booked.
    pub refusals: Refusals,
    /// What went wrong.
    pub failures: Failures,
    /// No such screen.
    pub not_found: NotFound,
}

sentences! {
    /// Around every screen. `title` takes screen and studio; `offline_as_of` takes a time.
    #[derive(Debug)]
    Shell {
        skip nav_label nav_catalogue nav_bookings sign_in sign_out language studio
        demo offline back_online help help_text help_at_the_desk
        loading still_trying signed_in signed_out signed_out_offline sign_out_owed
        session_ended session_ended_at_book
    } { title: Two, offline_as_of: With }
}

sentences! {
    /// What the studio offers. `as_of` takes when it was read, as of the times and bookings too; `nothing_found` takes what was looked for.
    #[derive(Debug)]
    Catalogue {
        heading search search_submit clear_search all_categories categories_label other_category untitled
        nothing_found_hint empty empty_hint more loading
    } { count: Count, as_of: With, nothing_found: With }
}

sentences! {
    /// The times of one service. `zone` takes an IANA name; `day_times` and `day_unknown` a day in long form; `next_free`
    /// and `none_until` a day or day and time; `until` a time.
    #[derive(Debug)]
    Times {
        back trainer any_trainer strip_label earlier later morning afternoon evening choose
        empty_day looking_ahead sign_in_to_see loading service_gone service_gone_hint gone_mark
        lost_mark
    } {
        zone: With, day_times: CountOf, day_unknown: With, count_mark: Count, legend: With,
        as_of: With, next_free: With, none_until: With, until: With, unreadable: Count,
    }
}

impl Times {
    /// The heading of a part of the day.
    pub fn part(&self, part: PartOfDay) -> &'static str {
        match part {
            PartOfDay::Morning => self.morning,
            PartOfDay::Afternoon => self.afternoon,
            PartOfDay::Evening => self.evening,
        }
    }
}

sentences! {
    /// The bar that books. `with` takes names; `service_with` service and names; `given_up_about` says what to ask the
    /// studio about; `option_with` is a time and the names of who gives it.
    #[derive(Debug)]
    Confirm {
        label hint choose_trainer checking sign_in_to_book sign_in book booking can_be_booked
        uncertain uncertain_hint look_now given_up not_booked not_booked_hint unchecked
        gone gone_hint alternatives other_trainers check_again drop close offline
    } { with: With, service_with: Two, given_up_about: With, option_with: Two }
}

sentences! {
    /// It is booked.
    #[derive(Debug)]
    Booked {
        heading to_be_confirmed to_be_confirmed_text to_be_confirmed_said unclear unclear_text cancelled
        cancelled_text text day time trainer number studio
        add_to_calendar google_calendar my_bookings another
    }
}

impl Booked {
    /// The heading over a booking that was just made. Not every answer to a booking says that it is booked.
    pub fn headed(&self, standing: Standing) -> &'static str {
        match standing {
            Standing::Upcoming | Standing::Past => self.heading,
            Standing::ToBeConfirmed => self.to_be_confirmed,
            Standing::Unclear => self.unclear,
            Standing::Cancelled => self.cancelled,
        }
    }

    /// The same as a sentence.
    pub fn said(&self, standing: Standing) -> &'static str {
        match standing {
            Standing::Upcoming | Standing::Past => self.text,
            Standing::ToBeConfirmed => self.to_be_confirmed_said,
            Standing::Unclear => self.unclear_text,
            Standing::Cancelled => self.cancelled_text,
        }
    }
}

sentences! {
    /// Inside a calendar's entry. `summary` takes service and studio, `with` names, `number` a booking's number,
    /// `contact` how to reach the studio.
    #[derive(Debug)]
    Calendar {
        to_be_confirmed
    } { summary: Two, with: With, number: With, contact: With }
}

sentences! {
    /// My bookings, and one of them.
    #[derive(Debug)]
    Bookings {
        heading upcoming past cancelled no_upcoming book_one covers
        detail_heading loading detail_gone not_participating
    } { as_of: With, unreadable: Count, standing: fn(Standing) -> &'static str }
}

impl Bookings {
    /// What a participant's status says that the booking's own does not.
    pub fn participant(&self, status: &ParticipantStatus) -> Option<&'static str> {
        (*status == ParticipantStatus::NotParticipating).then_some(self.not_participating)
    }
}

sentences! {
    /// Cancelling. `ask` takes day and time ("Tue 2 Dec, 17:30"), `body` the service's title.
    #[derive(Debug)]
    Cancel {
        open keep confirm sending reading_back done done_hint stands stands_hint unclear unclear_hint not_confirmed offline
    } { ask: With, body: With }
}

sentences! {
    /// Another time of a booking, and the same once more. What is made takes day and time ("Tue 2 Dec, 17:30"): `move_to`
    /// of the new one, the rest of the old one.
    #[derive(Debug)]
    Moves {
        another_time again of_unknown of_unknown_hint pending over over_way moving heading moved
        both_heading both_stand cancel_old cancel_new undone_heading
    } { instead: With, move_to: With, given_up: With, both: With, undone: With, stays: With }
}

sentences! {
    /// Signing in.
    #[derive(Debug)]
    SignIn {
        heading why why_book number number_hint birth_date birth_date_hint
        email or_number submit busy number_missing birth_date_invalid
        demo_heading demo_text privacy not_kept not_kept_text new_tab
    }
}

sentences! {
    /// Why a time cannot be booked, and the ways on. `clash` takes a service's title and a period ("17:00–18:00").
    #[derive(Debug)]
    Refusals {
        title
    } { of: fn(&Refusal, &RefusalContext) -> String, clash: Two, way: fn(Way) -> &'static str }
}

/// What a refusal's sentence may name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefusalContext {
    /// When the refused time starts ("17:30"); empty where it is not known.
    pub time: String,
    /// The booking it clashes with, in the words of [`Refusals::clash`], where My bookings knows it.
    pub clash: Option<String>,
}

sentences! {
    /// What went wrong. `retry_after` takes seconds.
    #[derive(Debug)]
    Failures {
        title try_again details trace_id upstream_message
    } { of: fn(&FailureKind) -> &'static str, retry_after: fn(u32) -> String }
}

sentences! {
    /// No such screen.
    #[derive(Debug)]
    NotFound { heading text home }
}
