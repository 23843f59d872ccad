//! Where the app is shown, decided once, at its start. What a member can do is the same everywhere.

/// The header of the app's requests that says where it is, where that is not a browser's own tab: cookies are set in another
/// manner there.
pub const HEADER: &str = "frontdesk-place";

/// GET: a page for whoever builds the gym's own site: what to choose, and what to copy.
pub const BUILDER_PATH: &str = "/embed";

/// Where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// A tab of the member's own browser.
    #[default]
    Browser,
    /// A frame in a page of the gym's own.
    Embed,
    /// A tablet in the studio, which staff have paired.
    Kiosk,
}

impl Place {
    /// Its name in addresses, headers and style sheets.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Embed => "embed",
            Self::Kiosk => "kiosk",
        }
    }

    /// Whether it is a browser's own tab, of which nothing has to be said.
    pub fn is_browser(self) -> bool {
        self == Self::Browser
    }
}
