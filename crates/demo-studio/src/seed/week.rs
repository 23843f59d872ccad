//! The studio's week and the days on which it is closed.

use chrono::Weekday::{self, Fri, Mon, Sat, Sun, Thu, Tue, Wed};

use crate::calendar::{Between, Closing, ClosingDay, Hours};

/// Every day of the week.
pub const ALL: [Weekday; 7] = [Mon, Tue, Wed, Thu, Fri, Sat, Sun];

/// When the doors are open.
#[must_use]
pub fn opening() -> Hours {
    Hours::on_days(&[Mon, Tue, Wed, Thu, Fri], Between::hours(7, 22))
        .and(&[Sat], Between::hours(9, 20))
        .and(&[Sun], Between::hours(9, 18))
}

/// Berlin's public holidays of fixed date, and the staff training on Tuesday evenings, which was announced after
/// some slot lists had been made.
#[must_use]
pub fn closings() -> Vec<Closing> {
    let holidays = [(1, 1), (3, 8), (5, 1), (10, 3), (12, 25), (12, 26)];
    let whole_day = |(month, day)| Closing {
        day: ClosingDay::EachYear { month, day },
        part: Between::hours(0, 24),
        late: false,
    };
    let training = Closing {
        day: ClosingDay::Each(Tue),
        part: Between::hours(18, 22),
        late: true,
    };
    holidays.into_iter().map(whole_day).chain([training]).collect()
}
