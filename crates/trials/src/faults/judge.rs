//! Holds the two ledgers against each other. Pure.

use std::collections::HashMap;
use std::fmt::Write as _;

use demo_studio::store::Row;
use perfectgym::BookingId;
use tokio::time::Instant;

use super::journal::{Effect, WishId};
use super::told::{Said, Story, Tell};

/// What must not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Wrong {
    /// More than one booking stands for one wish.
    Double,
    /// Told booked, and it is not there.
    Lost,
    /// Told not booked, refused or that nothing was done, and it was there; told cancelled, and it stands; and the like.
    ToldWrong,
    /// Told of one key that nothing was booked, which is true of that key, while an earlier one had booked it and the member
    /// had not heard so.
    ToldOfAnother,
    /// Nobody ever said what became of it.
    NeverSettled,
    /// A booking that nobody wished for.
    FromNowhere,
    /// An answer that an app cannot read.
    Odd,
}

impl Wrong {
    /// Each, in the order of a report.
    pub const ALL: [Self; 7] = [
        Self::Double,
        Self::Lost,
        Self::ToldWrong,
        Self::ToldOfAnother,
        Self::NeverSettled,
        Self::FromNowhere,
        Self::Odd,
    ];

    /// As a report names it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Double => "double",
            Self::Lost => "lost",
            Self::ToldWrong => "told wrong",
            Self::ToldOfAnother => "told of another key",
            Self::NeverSettled => "never settled",
            Self::FromNowhere => "from nowhere",
            Self::Odd => "not understood",
        }
    }
}

/// Something wrong, and how it came to be.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What.
    pub wrong: Wrong,
    /// The wish's whole story, a line each.
    pub trace: String,
}

/// What the studio's database says in the end, by wish.
pub struct Ledger(HashMap<WishId, Vec<(BookingId, bool)>>);

impl Ledger {
    /// Reads the rows of members that took part.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Self {
        let mut by_wish: HashMap<WishId, Vec<_>> = HashMap::new();
        for row in rows {
            let wish = (row.customer, row.span.from.timestamp());
            by_wish.entry(wish).or_default().push((row.id, row.stands()));
        }
        Self(by_wish)
    }

    fn standing(&self, wish: WishId) -> Vec<BookingId> {
        let rows = self.0.get(&wish).into_iter().flatten();
        rows.filter(|(_, stands)| *stands).map(|(id, _)| *id).collect()
    }

    /// How many stand.
    #[must_use]
    pub fn all_standing(&self) -> usize {
        self.0.values().flatten().filter(|(_, stands)| *stands).count()
    }
}

/// Everything wrong with one story.
#[must_use]
pub fn judge(story: &Story, effects: &[Effect], ledger: &Ledger, began: Instant) -> Vec<Finding> {
    let standing = ledger.standing(story.wish_id);
    let mut wrong = at_the_end(story, &standing);
    wrong.extend(
        story
            .tells
            .iter()
            .filter_map(|tell| told_wrong(story, tell, effects)),
    );
    let odd = story.tells.iter().any(|tell| matches!(tell.said, Said::Odd(_)));
    wrong.extend(odd.then_some(Wrong::Odd));
    wrong.sort_unstable();
    wrong.dedup();
    let trace = |wrong| Finding {
        wrong,
        trace: trace(story, effects, &standing, began),
    };
    wrong.into_iter().map(trace).collect()
}

/// Bookings of a wish that no story has.
#[must_use]
pub fn from_nowhere(stories: &[Story], ledger: &Ledger) -> Vec<Finding> {
    let wished: std::collections::HashSet<_> = stories.iter().map(|story| story.wish_id).collect();
    let strange = ledger.0.iter().filter(|(wish, _)| !wished.contains(wish));
    let finding = |(wish, rows): (&WishId, &Vec<_>)| Finding {
        wrong: Wrong::FromNowhere,
        trace: format!("{wish:?} {rows:?}"),
    };
    strange.map(finding).collect()
}

fn at_the_end(story: &Story, standing: &[BookingId]) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    if standing.len() > 1 {
        wrong.push(Wrong::Double);
    }
    let stands = |id: &BookingId| standing.contains(id);
    match (story.last_word(), story.booked_as()) {
        (None, _) => wrong.push(Wrong::NeverSettled),
        (Some(Said::Cancelled(id)), _) if stands(id) => wrong.push(Wrong::ToldWrong),
        (Some(Said::Stands(id)), _) if !stands(id) => wrong.push(Wrong::Lost),
        (Some(Said::Cancelled(_) | Said::Stands(_)), _) => {}
        (_, Some(id)) if story.to_cancel.is_none() && !stands(&id) => wrong.push(Wrong::Lost),
        (_, Some(_)) => {}
        // Said of one of its keys; what is said of the others is true of them.
        (_, None) if story.was_told(&Said::AskTheStudio) => {}
        (Some(_), None) if !standing.is_empty() => wrong.push(Wrong::ToldWrong),
        (Some(_), None) => {}
    }
    wrong
}

/// Whether it was said that there is none, of one that stood and that the member had not been told of.
///
/// That they are in another booking at that time is true of whoever has booked it; that they hear of it is looked at in the
/// end.
fn told_wrong(story: &Story, tell: &Tell, effects: &[Effect]) -> Option<Wrong> {
    let denies = match &tell.said {
        Said::NotBooked | Said::NothingDone(_) => true,
        Said::Refused(why) => why.as_deref() != Some("CUSTOMER_IN_OTHER_BOOKING"),
        _ => false,
    };
    let of_cancelling = story.to_cancel.is_some_and(|id| tell.about == id.to_string());
    let at = if story.two_tabs { tell.asked } else { tell.heard };
    let untold = |effect: &&Effect| effect.stood_at(at) && !told_before(story, tell, effect);
    let effect = effects.iter().find(untold).filter(|_| denies && !of_cancelling)?;
    Some(if is_of_another(story, tell, effect) {
        Wrong::ToldOfAnother
    } else {
        Wrong::ToldWrong
    })
}

/// Whether it was made before the key was first sent; or another key is known to be open or to have booked it, for the
/// upstream does not say under which key it was asked.
fn is_of_another(story: &Story, tell: &Tell, effect: &Effect) -> bool {
    let of_key = |other: &&Tell| other.about == tell.about;
    let first_sent = story.tells.iter().filter(of_key).map(|tell| tell.asked).min();
    let open = |other: &Tell| matches!(other.said, Said::Booked(_) | Said::Unknown | Said::AskTheStudio);
    let mut others = story.tells.iter().filter(|other| other.about != tell.about);
    first_sent.is_some_and(|sent| effect.made < sent) || others.any(open)
}

fn told_before(story: &Story, tell: &Tell, effect: &Effect) -> bool {
    let before = story.tells.iter().filter(|other| other.heard <= tell.heard);
    before
        .into_iter()
        .any(|other| other.said == Said::Booked(effect.id))
}

fn trace(story: &Story, effects: &[Effect], standing: &[BookingId], began: Instant) -> String {
    let seconds = |at: Instant| at.saturating_duration_since(began).as_secs_f64();
    let mut lines: Vec<(Instant, String)> = Vec::new();
    for tell in &story.tells {
        let asked = seconds(tell.asked);
        lines.push((
            tell.heard,
            format!("told {:?} (of {}, asked at {asked:.3})", tell.said, tell.about),
        ));
    }
    for effect in effects {
        lines.push((effect.made, format!("the studio booked {}", effect.id)));
        lines.extend(
            effect
                .cancelled
                .map(|at| (at, format!("the studio cancelled {}", effect.id))),
        );
    }
    lines.sort_by_key(|(at, _)| *at);
    let wish = &story.wish;
    let mut text = format!(
        "member {}, service {}, {}, two tabs: {}, standing in the end: {standing:?}\n",
        story.wish_id.0,
        wish.bookable_appointment_id,
        wish.start_date_time.text(),
        story.two_tabs
    );
    for (at, line) in lines {
        let _ = writeln!(text, "  {:9.3} {line}", seconds(at));
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chrono::{DateTime, TimeDelta, Utc};
    use demo_studio::calendar::Span;
    use demo_studio::store::Fate;
    use perfectgym::{BookableAppointmentId, BookingWish, CustomerId, Moment};

    use super::*;

    const ADA: CustomerId = CustomerId(7);
    const ID: BookingId = BookingId(100);
    const OTHER: BookingId = BookingId(101);

    fn start() -> DateTime<Utc> {
        "2026-12-02T09:00:00Z".parse().unwrap()
    }

    fn story(tells: Vec<Tell>) -> Story {
        let moment = |text| Moment::parse(text).unwrap();
        let wish = BookingWish {
            bookable_appointment_id: BookableAppointmentId(1),
            start_date_time: moment("2026-12-02T09:00:00Z"),
            end_date_time: moment("2026-12-02T10:00:00Z"),
            instructor_ids: Vec::new(),
        };
        Story {
            tells,
            ..Story::new(ADA, wish)
        }
    }

    /// A clock whose seconds are this test's own.
    struct Scene(Instant);

    impl Scene {
        fn at(&self, second: u64) -> Instant {
            self.0 + Duration::from_secs(second)
        }

        fn told(&self, second: u64, said: Said) -> Tell {
            Tell {
                about: "key".into(),
                asked: self.at(second - 1),
                heard: self.at(second),
                said,
            }
        }

        fn made(&self, second: u64, id: BookingId) -> Effect {
            Effect {
                id,
                made: self.at(second),
                cancelled: None,
            }
        }

        fn wrong(&self, story: &Story, effects: &[Effect], rows: &[(BookingId, bool)]) -> Vec<Wrong> {
            let rows: Vec<Row> = rows.iter().map(row).collect();
            let found = judge(story, effects, &Ledger::of(&rows), self.0);
            found.into_iter().map(|finding| finding.wrong).collect()
        }
    }

    fn row((id, stands): &(BookingId, bool)) -> Row {
        Row {
            id: *id,
            customer: ADA,
            service: BookableAppointmentId(1),
            span: Span {
                from: start(),
                until: start() + TimeDelta::hours(1),
            },
            trainers: Vec::new(),
            room: None,
            fate: if *stands { Fate::Booked } else { Fate::Canceled },
        }
    }

    fn scene() -> Scene {
        Scene(crate::clock::now())
    }

    #[test]
    fn what_was_told_as_it_is_is_well() {
        let s = scene();
        let booked = story(vec![s.told(3, Said::Unknown), s.told(9, Said::Booked(ID))]);
        assert_eq!(s.wrong(&booked, &[s.made(2, ID)], &[(ID, true)]), []);
        let refused = story(vec![s.told(3, Said::Refused(Some("NO_CONTINGENT".into())))]);
        assert_eq!(s.wrong(&refused, &[], &[]), []);
    }

    #[test]
    fn two_that_stand_for_one_wish_are_double() {
        let s = scene();
        let told = story(vec![s.told(9, Said::Booked(ID))]);
        let effects = [s.made(2, ID), s.made(3, OTHER)];
        assert_eq!(
            s.wrong(&told, &effects, &[(ID, true), (OTHER, true)]),
            [Wrong::Double]
        );
    }

    #[test]
    fn told_booked_and_not_there_is_lost() {
        let s = scene();
        let told = story(vec![s.told(3, Said::Booked(ID))]);
        assert_eq!(s.wrong(&told, &[], &[]), [Wrong::Lost]);
        assert_eq!(s.wrong(&told, &[s.made(2, ID)], &[(ID, false)]), [Wrong::Lost]);
    }

    #[test]
    fn denied_while_it_stood_is_told_wrong_even_if_it_is_put_right_later() {
        let s = scene();
        for denial in [
            Said::NotBooked,
            Said::NothingDone("BUSY".into()),
            Said::Refused(None),
        ] {
            let told = story(vec![s.told(3, denial.clone()), s.told(9, Said::Booked(ID))]);
            assert_eq!(
                s.wrong(&told, &[s.made(2, ID)], &[(ID, true)]),
                [Wrong::ToldWrong]
            );
            // Booked under a later key, after the denial: both were true.
            assert_eq!(s.wrong(&told, &[s.made(5, ID)], &[(ID, true)]), []);
            // It was there in the end, and nobody said so.
            let never = story(vec![s.told(3, denial)]);
            assert_eq!(
                s.wrong(&never, &[s.made(5, ID)], &[(ID, true)]),
                [Wrong::ToldWrong]
            );
        }
    }

    #[test]
    fn a_key_that_was_sent_after_it_was_booked_did_not_book_it() {
        let s = scene();
        let first = Tell {
            about: "first".into(),
            ..s.told(4, Said::Unknown)
        };
        let told = story(vec![
            first,
            s.told(9, Said::NotBooked),
            s.told(20, Said::Booked(ID)),
        ]);
        assert_eq!(
            s.wrong(&told, &[s.made(3, ID)], &[(ID, true)]),
            [Wrong::ToldOfAnother]
        );
    }

    #[test]
    fn of_two_tabs_one_may_hear_what_was_so_when_it_asked() {
        let s = scene();
        let told = vec![
            s.told(6, Said::Unknown),
            s.told(9, Said::NothingDone("BUSY".into())),
            s.told(10, Said::Booked(ID)),
        ];
        let mut story = story(told);
        story.two_tabs = true;
        let (before_asked, after) = (
            s.made(7, ID),
            Effect {
                made: s.at(8) + Duration::from_millis(1),
                ..s.made(9, ID)
            },
        );
        assert_eq!(s.wrong(&story, &[after], &[(ID, true)]), []);
        assert_eq!(
            s.wrong(&story, &[before_asked], &[(ID, true)]),
            [Wrong::ToldWrong]
        );
    }

    #[test]
    fn a_key_of_before_may_be_denied_once_the_booking_is_known() {
        let s = scene();
        let told = story(vec![s.told(3, Said::Booked(ID)), s.told(9, Said::NotBooked)]);
        assert_eq!(s.wrong(&told, &[s.made(2, ID)], &[(ID, true)]), []);
    }

    #[test]
    fn silence_is_never_settled_and_the_studios_to_tell_is_an_answer() {
        let s = scene();
        assert_eq!(
            s.wrong(&story(vec![s.told(3, Said::Unknown)]), &[], &[]),
            [Wrong::NeverSettled]
        );
        let ask = story(vec![s.told(3, Said::AskTheStudio)]);
        assert_eq!(s.wrong(&ask, &[s.made(2, ID)], &[(ID, true)]), []);
    }

    #[test]
    fn cancelled_is_gone_and_what_stands_is_there() {
        let s = scene();
        let tells = |last| vec![s.told(3, Said::Booked(ID)), s.told(9, last)];
        let mut told = story(tells(Said::Cancelled(ID)));
        told.to_cancel = Some(ID);
        assert_eq!(s.wrong(&told, &[s.made(2, ID)], &[(ID, false)]), []);
        assert_eq!(
            s.wrong(&told, &[s.made(2, ID)], &[(ID, true)]),
            [Wrong::ToldWrong]
        );
        told.tells = tells(Said::Stands(ID));
        assert_eq!(s.wrong(&told, &[s.made(2, ID)], &[(ID, true)]), []);
        assert_eq!(s.wrong(&told, &[s.made(2, ID)], &[(ID, false)]), [Wrong::Lost]);
    }

    #[test]
    fn a_booking_that_nobody_wished_for_is_found() {
        let ledger = Ledger::of(&[row(&(ID, true))]);
        assert_eq!(from_nowhere(&[], &ledger).len(), 1);
        assert_eq!(from_nowhere(&[story(Vec::new())], &ledger).len(), 0);
        assert_eq!(ledger.all_standing(), 1);
    }
}
