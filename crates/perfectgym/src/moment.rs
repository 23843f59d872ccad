//! A date-time of the upstream: an instant, and the text it came as.
//!
//! The upstream writes date-times in three forms, and a slot's text must go back byte for byte:
//!
//! ```text
//! moment = date "T" time ( "Z" | offset [ "[" zone "]" ] )
//! date   = YYYY "-" MM "-" DD
//! time   = hh ":" mm [ ":" ss [ "." 1*9DIGIT ] ]
//! offset = ( "+" | "-" ) hh ":" mm
//! zone   = IANA name, e.g. Europe/Berlin
//! ```
//!
//! `Z` may carry a bracket too (RFC 9557). This module keeps no zone database: the offset in the text is the
//! truth about local time, and a text without one (`Z`) has no local time of its own.

use std::fmt;
use std::hash::{Hash, Hasher};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A date-time as the upstream wrote it. Equality is the text's: two texts of one instant are two moments.
#[derive(Clone)]
pub struct Moment {
    text: Box<str>,
    instant: DateTime<Utc>,
    offset: Option<FixedOffset>,
}

/// The three ways the upstream writes a moment; which one is a matter of the tenant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MomentForm {
    /// `2026-12-02T16:30:00Z`
    Utc,
    /// `2026-12-02T17:30:00.000+01:00`
    Offset,
    /// `2026-12-02T17:30:00.000+01:00[Europe/Berlin]`
    #[default]
    Zoned,
}

/// Why a text is not a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MomentError {
    /// No date in the form YYYY-MM-DD, or one no calendar has.
    Date,
    /// No time after `T`, or one no clock shows.
    Time,
    /// Neither `Z` nor an offset: the instant would be a guess.
    NoOffset,
    /// An offset that is not of the form +hh:mm, or beyond a day.
    Offset,
    /// A bracket that is empty, or not closed at the end.
    Zone,
    /// Too far from now for an instant to be told.
    Range,
}

impl fmt::Display for MomentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Date => "a date-time needs a date of the form YYYY-MM-DD",
            Self::Time => "a date-time needs a time of the form hh:mm:ss after its T",
            Self::NoOffset => "a date-time needs Z or an offset such as +01:00",
            Self::Offset => "the offset of a date-time has the form +hh:mm",
            Self::Zone => "the zone of a date-time stands in brackets at its end",
            Self::Range => "the date-time is out of range",
        })
    }
}

impl std::error::Error for MomentError {}

impl Moment {
    /// Reads any of the three forms.
    ///
    /// ```
    /// use perfectgym::Moment;
    /// let at = Moment::parse("2022-06-22T08:00:00.000+02:00[Europe/Berlin]")?;
    /// assert_eq!(at.text(), "2022-06-22T08:00:00.000+02:00[Europe/Berlin]");
    /// assert_eq!(at.instant().to_rfc3339(), "2022-06-22T06:00:00+00:00");
    /// assert_eq!(at.zone(), Some("Europe/Berlin"));
    /// # Ok::<(), perfectgym::MomentError>(())
    /// ```
    ///
    /// # Errors
    /// Names the part of the text that is not as the grammar wants it.
    pub fn parse(text: &str) -> Result<Self, MomentError> {
        let (date, rest) = text.split_once('T').ok_or(MomentError::Date)?;
        let day = parse_date(date)?;
        let bare = strip_zone(rest)?;
        let split = bare.find(['Z', '+', '-']).ok_or(MomentError::NoOffset)?;
        let (time, tail) = bare.split_at_checked(split).ok_or(MomentError::Time)?;
        let local = parse_time(day, time)?;
        let offset = parse_offset(tail)?;
        let seconds = i64::from(offset.map_or(0, |o| o.local_minus_utc()));
        let instant = local
            .checked_sub_signed(chrono::TimeDelta::seconds(seconds))
            .ok_or(MomentError::Range)?
            .and_utc();
        Ok(Self {
            text: text.into(),
            instant,
            offset,
        })
    }

    /// Writes a moment the way an upstream would. `zone` is the IANA name that belongs to the offset.
    ///
    /// # Errors
    /// Where the result would not be a moment: an offset with seconds, a zone that a bracket cannot hold.
    pub fn write(at: DateTime<FixedOffset>, zone: &str, form: MomentForm) -> Result<Self, MomentError> {
        let text = match form {
            MomentForm::Utc => at.to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            MomentForm::Offset => at.format("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string(),
            MomentForm::Zoned => format!("{}[{zone}]", at.format("%Y-%m-%dT%H:%M:%S%.3f%:z")),
        };
        Self::parse(&text)
    }

    /// The upstream's text, byte for byte.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The instant.
    pub fn instant(&self) -> DateTime<Utc> {
        self.instant
    }

    /// The offset in the text; `None` for `Z`, which says nothing of local time.
    pub fn offset(&self) -> Option<FixedOffset> {
        self.offset
    }

    /// The IANA zone in the text's bracket, where it has one.
    pub fn zone(&self) -> Option<&str> {
        self.text
            .strip_suffix(']')?
            .rsplit_once('[')
            .map(|(_, zone)| zone)
    }

    /// Date and time as the text's own offset has them; `None` for `Z`.
    pub fn local(&self) -> Option<NaiveDateTime> {
        let offset = self.offset?;
        self.instant
            .naive_utc()
            .checked_add_signed(chrono::TimeDelta::seconds(offset.local_minus_utc().into()))
    }
}

fn digits(text: &str, length: usize) -> Option<u32> {
    let right = text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    if right { text.parse().ok() } else { None }
}

fn parse_date(text: &str) -> Result<NaiveDate, MomentError> {
    let mut parts = text.splitn(3, '-');
    let mut next = |length| {
        parts
            .next()
            .and_then(|p| digits(p, length))
            .ok_or(MomentError::Date)
    };
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    NaiveDate::from_ymd_opt(year.cast_signed(), month, day).ok_or(MomentError::Date)
}

fn parse_time(day: NaiveDate, text: &str) -> Result<NaiveDateTime, MomentError> {
    let (clock, fraction) = text.split_once('.').map_or((text, None), |(c, f)| (c, Some(f)));
    let mut parts = clock.split(':').map(|p| digits(p, 2).ok_or(MomentError::Time));
    let hour = parts.next().ok_or(MomentError::Time)??;
    let minute = parts.next().ok_or(MomentError::Time)??;
    let second = parts.next().transpose()?;
    if parts.next().is_some() || (second.is_none() && fraction.is_some()) {
        return Err(MomentError::Time);
    }
    let nanos = fraction.map_or(Ok(0), parse_fraction)?;
    day.and_hms_nano_opt(hour, minute, second.unwrap_or(0), nanos)
        .ok_or(MomentError::Time)
}

fn parse_fraction(text: &str) -> Result<u32, MomentError> {
    if text.is_empty() || text.len() > 9 {
        return Err(MomentError::Time);
    }
    let value = digits(text, text.len()).ok_or(MomentError::Time)?;
    let zeros = u32::try_from(9 - text.len()).map_err(|_| MomentError::Time)?;
    Ok(value * 10_u32.pow(zeros))
}

fn parse_offset(text: &str) -> Result<Option<FixedOffset>, MomentError> {
    if text == "Z" {
        return Ok(None);
    }
    let (sign, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix('-').ok_or(MomentError::Offset)?),
    };
    let (hours, minutes) = rest.split_once(':').ok_or(MomentError::Offset)?;
    let hours = digits(hours, 2).filter(|h| *h < 24).ok_or(MomentError::Offset)?;
    let minutes = digits(minutes, 2)
        .filter(|m| *m < 60)
        .ok_or(MomentError::Offset)?;
    let seconds = (hours * 3600 + minutes * 60).cast_signed();
    FixedOffset::east_opt(sign * seconds)
        .map(Some)
        .ok_or(MomentError::Offset)
}

fn strip_zone(text: &str) -> Result<&str, MomentError> {
    let Some((bare, zone)) = text.split_once('[') else {
        return Ok(text);
    };
    let zone = zone.strip_suffix(']').ok_or(MomentError::Zone)?;
    let named = zone
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"/_+-:".contains(&b));
    if zone.is_empty() || !named {
        Err(MomentError::Zone)
    } else {
        Ok(bare)
    }
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Moment {}

impl Hash for Moment {
    fn hash<H: Hasher>(&self, to: &mut H) {
        self.text.hash(to);
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Moment({})", self.text)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(from)?).map_err(de::Error::custom)
    }
}
