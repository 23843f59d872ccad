//! News for who listens rather than looks.

use booking::bookings::Standing;
use booking::flow::{News, Reading};
use booking::refusal::Refusal;
use chrono::NaiveDate;

use crate::{RefusalContext, Words};

/// The words for a piece of news. `about` is what a refusal may name; `today` the studio's.
pub fn news(words: &Words, news: &News, today: NaiveDate, about: &RefusalContext) -> String {
    let text = match news {
        News::Times { day, count } => {
            return (words.times.day_times)(&words.dates.day_long(*day, today), *count);
        }
        News::Found(count) => return (words.catalogue.count)(*count),
        News::NextFree(at) => return (words.times.next_free)(&words.dates.start(*at, today)),
        News::Refused(status) => {
            let refusal = Refusal::of(status).unwrap_or(Refusal::NotAvailable);
            return (words.refusals.of)(&refusal, about);
        }
        News::Loading(Reading::Catalogue) => words.catalogue.loading,
        News::Loading(Reading::Times) => words.times.loading,
        News::Loading(Reading::Bookings) => words.bookings.loading,
        News::StillTrying => words.shell.still_trying,
        News::CanBeBooked => words.confirm.can_be_booked,
        News::TimeGone => words.confirm.gone,
        News::Booked { standing, .. } => words.booked.said(*standing),
        News::Moved {
            standing: Standing::Upcoming,
        } => words.moves.moved,
        News::Moved { standing } => words.booked.said(*standing),
        News::BothStand => words.moves.both_stand,
        News::OfUnknown => words.moves.of_unknown,
        News::Checking => words.confirm.uncertain,
        News::GivenUp => words.confirm.given_up,
        News::NotBooked => words.confirm.not_booked,
        News::Cancelled => words.cancel.done,
        News::NotCancelled => words.cancel.not_confirmed,
        News::SignedIn => words.shell.signed_in,
        News::SignedOut => words.shell.signed_out,
        News::SignOutOwed { offline: true } => words.shell.signed_out_offline,
        News::SignOutOwed { offline: false } => words.shell.sign_out_owed,
        News::SessionEnded { at_book: false } => words.shell.session_ended,
        News::SessionEnded { at_book: true } => words.shell.session_ended_at_book,
        News::Offline => words.shell.offline,
        News::Online => words.shell.back_online,
        News::Failed | News::NotHandedOver => words.failures.title,
    };
    text.to_owned()
}
