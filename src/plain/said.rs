//! What went wrong, in words, and where the focus goes because of it.
//!
//! Nothing on these pages moves the focus by itself, and what a page says as it comes up is not read out everywhere. So the
//! title says it first, and the browser itself puts the focus there (`autofocus`): on the field that is to be put right, or
//! on the notice where there is none.

use words::server::ByEmail;

use super::{Setting, Trouble};
use crate::ui::html::Element;
use crate::ui::{FieldSetup, Notice, NoticeKind};

/// What went wrong.
pub(super) struct Said {
    pub(super) title: String,
    pub(super) text: String,
}

impl Said {
    /// What did not work, while signing in by e-mail.
    pub(super) fn by_email(setting: &Setting, w: &'static ByEmail, trouble: &Trouble) -> Self {
        match trouble {
            Trouble::Expired => Self::of(w.expired, w.new_one),
            Trouble::UsedUp => Self::of(w.used_up, w.new_one),
            Trouble::Failed(failed) => Self::failed(setting, failed),
        }
    }

    /// In the words of the app.
    pub(super) fn failed(setting: &Setting, failed: &super::Failed) -> Self {
        let w = &words::words(setting.lang).failures;
        let when = failed.retry_after.map(|seconds| (w.retry_after)(seconds));
        Self {
            title: (w.of)(&failed.kind).to_owned(),
            text: when.unwrap_or_default(),
        }
    }

    pub(super) fn of(title: &str, text: &str) -> Self {
        Self {
            title: title.to_owned(),
            text: text.to_owned(),
        }
    }

    /// Above the form, with the focus.
    pub(super) fn notice(&self) -> Element {
        let notice = Notice::new(NoticeKind::Error, self.title.clone()).text(self.text.clone());
        Element::from(notice).flag("autofocus", true)
    }
}

/// A field's setup; one with an error has the focus.
pub(super) fn focused_if(error: &str, setup: FieldSetup) -> FieldSetup {
    FieldSetup {
        autofocus: !error.is_empty(),
        ..setup
    }
}
