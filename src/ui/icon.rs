//! Line icons, drawn in the text's colour. They decorate words and never replace them: hidden from screen readers.

use super::html::{Element, svg};

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Done, chosen.
    Tick,
    /// A day, the calendar.
    Calendar,
    /// A time of day, a duration.
    Clock,
    /// A trainer, the member.
    Person,
    /// Earlier, back.
    Earlier,
    /// Later, onwards.
    Later,
    /// Something needs attention.
    Warning,
    /// Worth knowing.
    Info,
    /// No connection.
    Offline,
    /// Search.
    Search,
    /// A place.
    Place,
    /// A phone number.
    Phone,
    /// An e-mail address.
    Mail,
    /// A page elsewhere.
    Web,
    /// Close, cancel.
    Cross,
    /// Read again.
    Again,
    /// Nothing here.
    Nothing,
    /// A label, a number of reference.
    Tag,
}

impl Icon {
    /// The strokes, on a field of 24 by 24.
    const fn strokes(self) -> &'static str {
        match self {
            Self::Tick => "M5 12.5l4.5 4.5L19 7.5",
            Self::Calendar => {
                "M5 6.5h14a1 1 0 011 1V19a1 1 0 01-1 1H5a1 1 0 01-1-1V7.5a1 1 0 011-1zM4 11h16M8.5 4v4M15.5 4v4"
            }
            Self::Clock => "M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM12 7.5V12l3 2",
            Self::Person => {
                "M12 4a4 4 0 100 8 4 4 0 000-8zM4.5 20c.8-3.600 3.700-5.5 7.5-5.5s6.700 1.900 7.5 5.5"
            }
            Self::Earlier => "M14.5 6l-6 6 6 6",
            Self::Later => "M9.5 6l6 6-6 6",
            Self::Warning => "M12 4.5L3.5 19.5h17zM12 10.5v4M12 17v.1",
            Self::Info => "M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM12 11v5M12 8v.1",
            Self::Offline => {
                "M4 4l16 16M8.5 15.5a5 5 0 017 0M5 12a10 10 0 014-2.400M19 12a10 10 0 00-5.5-2.700M12 19v.1"
            }
            Self::Search => "M10.5 4.5a6 6 0 100 12 6 6 0 000-12zM15 15l5 5",
            Self::Place => {
                "M12 21c4.5-4.600 6.5-8 6.5-10.700a6.5 6.5 0 10-13 0C5.5 13 7.5 16.400 12 21zM12 8a2.400 2.400 0 100 4.800A2.400 2.400 0 0012 8z"
            }
            Self::Phone => {
                "M7.5 4h2l1.5 4-2 1.5a10 10 0 005.5 5.5l1.5-2 4 1.5v2a2 2 0 01-2.200 2A15 15 0 015.5 6.200 2 2 0 017.5 4z"
            }
            Self::Mail => {
                "M5 6h14a1 1 0 011 1v10a1 1 0 01-1 1H5a1 1 0 01-1-1V7a1 1 0 011-1zM4.5 7l7.5 6 7.5-6"
            }
            Self::Web => {
                "M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17"
            }
            Self::Cross => "M6.5 6.5l11 11M17.5 6.5l-11 11",
            Self::Again => "M19.5 12a7.5 7.5 0 11-2.300-5.400M19.5 4v4h-4",
            Self::Nothing => {
                "M4.5 9h15M8 4.5v3M16 4.5v3M6 6h12a1.5 1.5 0 011.5 1.5v10A1.5 1.5 0 0118 19H6a1.5 1.5 0 01-1.5-1.5v-10A1.5 1.5 0 016 6zM9.5 14h5"
            }
            Self::Tag => "M12.5 4.5H5a.5.5 0 00-.5.5v7.5l7.5 7.5 8-8zM8.5 8.5v.1",
        }
    }
}

/// Draws an [`Icon`]; size and stroke come from `style/icon.css`.
pub fn icon(which: Icon) -> Element {
    svg("svg")
        .class("icon")
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(svg("path").attr("d", which.strokes()))
}
