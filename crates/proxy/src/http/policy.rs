//! The Content-Security-Policy of a studio's answers, as a header: put together once, for it is on every answer.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use axum::http::HeaderValue;

use crate::config::Origin;

/// The last one that was made, and of what.
#[derive(Default)]
pub(crate) struct Policy(ArcSwapOption<(Arc<str>, HeaderValue)>);

impl Policy {
    /// The page's own, which is another where the app was built anew, and who may frame it, which stays.
    pub(super) fn of(&self, page: Arc<str>, may_frame: &[Origin]) -> HeaderValue {
        let last = self.0.load();
        match last.as_deref() {
            Some((of, header)) if Arc::ptr_eq(of, &page) => header.clone(),
            _ => {
                let header = made(&page, may_frame);
                self.0.store(Some(Arc::new((page, header.clone()))));
                header
            }
        }
    }
}

fn made(page: &str, may_frame: &[Origin]) -> HeaderValue {
    // Where others may, our own page that shows how it looks there may as well.
    let ancestors = match may_frame {
        [] => "'none'".to_owned(),
        others => others
            .iter()
            .fold("'self'".to_owned(), |all, one| all + " " + one.as_str()),
    };
    let policy = format!("{page}; frame-ancestors {ancestors}");
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_that_was_built_anew_has_its_own_policy_at_once() {
        let (policy, first) = (Policy::default(), Arc::<str>::from("script-src 'sha256-a'"));
        let of = |page: &Arc<str>| policy.of(Arc::clone(page), &[]);
        assert_eq!(of(&first), "script-src 'sha256-a'; frame-ancestors 'none'");
        assert_eq!(of(&first), "script-src 'sha256-a'; frame-ancestors 'none'");
        let second = Arc::<str>::from("script-src 'sha256-b'");
        assert_eq!(of(&second), "script-src 'sha256-b'; frame-ancestors 'none'");
        assert_eq!(of(&first), "script-src 'sha256-a'; frame-ancestors 'none'");
    }
}
