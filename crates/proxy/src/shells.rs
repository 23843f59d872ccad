//! The shells that pages are made from: one for everywhere, and beside it one for kiosks, which no phone loads.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arc_swap::ArcSwapOption;
use booking::Place;

use crate::template::{Shell, Template, TemplateError};

/// Those of one built app.
pub(crate) struct Shells {
    dist: PathBuf,
    anywhere: Arc<Template>,
    /// None where it was not built, so far.
    at_kiosks: ArcSwapOption<Template>,
    was_missed: AtomicBool,
}

impl Shells {
    /// Reads them.
    ///
    /// # Errors
    /// The one for everywhere is not there, or is not this app's. The other may be missing: then kiosks have that as well.
    pub(crate) fn open(dist: &Path, may_be_framed: bool) -> Result<Self, TemplateError> {
        let anywhere = Arc::new(Template::open(dist, Shell::Anywhere { may_be_framed })?);
        let at_kiosks = Template::open(dist, Shell::AtKiosks).ok().map(Arc::new);
        Ok(Self {
            dist: dist.into(),
            anywhere,
            at_kiosks: ArcSwapOption::new(at_kiosks),
            was_missed: AtomicBool::new(false),
        })
    }

    /// The one for everywhere.
    pub(crate) fn anywhere(&self) -> &Template {
        &self.anywhere
    }

    /// What pages of a place are made from, and for which place they are then.
    pub(crate) fn of(&self, place: Place) -> (Arc<Template>, Place) {
        let at_kiosks = (place == Place::Kiosk).then(|| self.at_kiosks()).flatten();
        match at_kiosks {
            Some(shell) => (shell, place),
            None => (Arc::clone(&self.anywhere), Place::Browser),
        }
    }

    /// Reads what was built anew; says whether anything was.
    pub(crate) fn changed(&self) -> bool {
        let at_kiosks = self.at_kiosks.load();
        let at_kiosks = at_kiosks.as_ref().is_some_and(|shell| shell.changed());
        self.anywhere.changed() || at_kiosks
    }

    /// It may have been built since.
    fn at_kiosks(&self) -> Option<Arc<Template>> {
        if let Some(shell) = self.at_kiosks.load_full() {
            return Some(shell);
        }
        match Template::open(&self.dist, Shell::AtKiosks) {
            Ok(shell) => {
                let shell = Arc::new(shell);
                self.at_kiosks.store(Some(Arc::clone(&shell)));
                Some(shell)
            }
            Err(error) => {
                if !self.was_missed.swap(true, Ordering::Relaxed) {
                    tracing::warn!(%error, "kiosks are shown the app of phones");
                }
                None
            }
        }
    }
}
