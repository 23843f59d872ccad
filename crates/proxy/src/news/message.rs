//! What is said, and its text: `1 3f0c9a... times main 1220000101`. A form's number, who says it, what it is of, the
//! studio, and the service, or `*` for any. No member, and nothing that leads to one: whoever may use the database may
//! listen.

use std::fmt;
use std::str::FromStr;

use perfectgym::BookableAppointmentId;

use crate::store::StudioName;

/// A later version may say it in another form, beside this one.
const FORM: &str = "1";
const HERE: &str = "here";
const TIMES: &str = "times";
const ANY: &str = "*";

/// A process, from its start to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Speaker(u64);

impl Speaker {
    /// One that nobody else is.
    pub(super) fn new() -> Self {
        Self(rand::random())
    }
}

/// Free times changed: of a service, or of any where it is not known which.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Change {
    pub(crate) studio: StudioName,
    pub(crate) service: Option<BookableAppointmentId>,
}

/// What one says to all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Message {
    /// That they are there, and the line is good.
    Here(Speaker),
    /// That they changed something.
    Changed(Speaker, Change),
}

impl Message {
    pub(super) fn speaker(&self) -> Speaker {
        match self {
            Self::Here(speaker) | Self::Changed(speaker, _) => *speaker,
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Speaker(speaker) = self.speaker();
        write!(f, "{FORM} {speaker:016x} ")?;
        match self {
            Self::Here(_) => f.write_str(HERE),
            Self::Changed(_, Change { studio, service }) => {
                write!(f, "{TIMES} {studio} ")?;
                match service {
                    Some(service) => service.fmt(f),
                    None => f.write_str(ANY),
                }
            }
        }
    }
}

/// A text that no message of this form has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotRead;

impl FromStr for Message {
    type Err = NotRead;

    fn from_str(text: &str) -> Result<Self, NotRead> {
        let words: Vec<&str> = text.splitn(6, ' ').collect();
        match words.as_slice() {
            [FORM, speaker, HERE] => Ok(Self::Here(read_speaker(speaker)?)),
            [FORM, speaker, TIMES, studio, service] => {
                let change = Change {
                    studio: studio.parse().map_err(|_| NotRead)?,
                    service: read_service(service)?,
                };
                Ok(Self::Changed(read_speaker(speaker)?, change))
            }
            _ => Err(NotRead),
        }
    }
}

fn read_speaker(text: &str) -> Result<Speaker, NotRead> {
    let read = u64::from_str_radix(text, 16);
    read.map(Speaker).map_err(|_| NotRead)
}

fn read_service(text: &str) -> Result<Option<BookableAppointmentId>, NotRead> {
    if text == ANY {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| NotRead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_as_it_was_said() {
        let of = |service| Change {
            studio: StudioName::new("north").unwrap(),
            service,
        };
        let service = Some(BookableAppointmentId(1_220_000_101));
        for (message, text) in [
            (Message::Here(Speaker(7)), "1 0000000000000007 here"),
            (
                Message::Changed(Speaker(u64::MAX), of(service)),
                "1 ffffffffffffffff times north 1220000101",
            ),
            (
                Message::Changed(Speaker(0), of(None)),
                "1 0000000000000000 times north *",
            ),
        ] {
            assert_eq!(message.to_string(), text);
            assert_eq!(text.parse(), Ok(message));
        }
    }

    #[test]
    fn what_nobody_of_ours_said_is_not_read() {
        for odd in [
            "",
            "2 0000000000000007 here",
            "1 0000000000000007",
            "1 0000000000000007 here now",
            "1 seven here",
            "1 0000000000000007 times North 7",
            "1 0000000000000007 times north seven",
            "1 0000000000000007 times north 7 8",
            "1 0000000000000007 times north",
        ] {
            assert_eq!(odd.parse::<Message>(), Err(NotRead), "{odd:?}");
        }
    }
}
