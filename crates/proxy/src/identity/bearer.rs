//! A bearer: a session as the memory of an app holds it, in a frame whose browser keeps no cookie. The same session, by the
//! same id, so whatever ends the one ends the other; but sealed for a purpose of its own, and good for less long: a cookie
//! no script can read, and this one the app has to.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Purpose, Seal, SessionToken};

/// How long one is good, however it is used: long enough to look, choose and book.
const LASTS: TimeDelta = TimeDelta::hours(1);
/// How long it may be idle, as at a kiosk.
const IDLE: TimeDelta = TimeDelta::minutes(10);

/// How long a bearer may be idle, where a session may be so for a time.
pub fn bearer_idle(idle: TimeDelta) -> TimeDelta {
    idle.min(IDLE)
}

/// A session as a bearer; `None` where it is a kiosk's, which its device alone may hold.
pub fn sealed_as_bearer(seal: &Seal, session: &SessionToken) -> Option<String> {
    let own = session.kiosk().is_none();
    own.then(|| seal.seal_for(Purpose::Bearer, session)).flatten()
}

/// Opens one: sealed by us as a bearer, not ended, used lately enough. Whether it was signed out of is the store's to say.
pub(super) fn open(seal: &Seal, value: &str, idle: TimeDelta, now: DateTime<Utc>) -> Option<SessionToken> {
    let session: SessionToken = seal.open_for(Purpose::Bearer, value)?;
    let own = session.kiosk().is_none();
    let holds = session.holds_at(now) && session.is_fresh(bearer_idle(idle), now);
    (own && holds && session.is_younger_than(LASTS, now)).then_some(session)
}

#[cfg(test)]
mod tests {
    use perfectgym::CustomerId;

    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap() + TimeDelta::minutes(minutes)
    }

    fn token(hours: i64) -> SessionToken {
        SessionToken::start(CustomerId(7), Some("Ada"), at(0), TimeDelta::hours(hours))
    }

    #[test]
    fn it_lasts_while_it_is_used_and_an_hour_at_most() {
        let (seal, idle) = (Seal::new(&[7; 32]), TimeDelta::hours(168));
        let opens = |value: &str, minute| open(&seal, value, idle, at(minute));
        let first = sealed_as_bearer(&seal, &token(168)).unwrap();
        assert!(opens(&first, 9).is_some() && opens(&first, 10).is_none());
        let mut held = opens(&first, 0).unwrap();
        for minute in (9..60).step_by(9) {
            held = held.renewed(bearer_idle(idle), at(minute)).unwrap();
            let value = sealed_as_bearer(&seal, &held).unwrap();
            assert!(opens(&value, minute + 5).is_some(), "{minute}");
            held = opens(&value, minute).unwrap();
        }
        let last = held.renewed(bearer_idle(idle), at(59)).unwrap();
        let last = sealed_as_bearer(&seal, &last).unwrap();
        assert!(opens(&last, 59).is_some() && opens(&last, 60).is_none());
    }

    #[test]
    fn it_outlives_neither_its_session_nor_the_time_that_sessions_may_be_idle() {
        let seal = Seal::new(&[7; 32]);
        let short = SessionToken::start(CustomerId(7), None, at(0), TimeDelta::minutes(5));
        let value = sealed_as_bearer(&seal, &short).unwrap();
        assert!(open(&seal, &value, TimeDelta::hours(1), at(4)).is_some());
        assert!(open(&seal, &value, TimeDelta::hours(1), at(5)).is_none());
        let value = sealed_as_bearer(&seal, &token(1)).unwrap();
        assert!(open(&seal, &value, TimeDelta::minutes(3), at(4)).is_none());
    }

    #[test]
    fn a_kiosks_session_is_none_and_a_cookie_is_none() {
        let seal = Seal::new(&[7; 32]);
        let kiosks = token(1).at_kiosk("a");
        assert!(sealed_as_bearer(&seal, &kiosks).is_none());
        for made in [seal.seal(&token(1)), seal.seal_for(Purpose::Bearer, &kiosks)] {
            assert!(open(&seal, &made.unwrap(), TimeDelta::hours(1), at(1)).is_none());
        }
    }
}
