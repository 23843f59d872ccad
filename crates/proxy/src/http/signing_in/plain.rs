//! Answering with a page that is drawn here.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use booking::{FailureKind, Lang, Route};

use crate::app::App;
use crate::http::error::Trouble;
use crate::page::{self, plain as pages};

/// What a page is drawn for.
pub(in crate::http) struct Page<'a> {
    pub(in crate::http) app: &'a App,
    pub(in crate::http) lang: Lang,
    /// Its own address.
    pub(in crate::http) here: String,
    pub(in crate::http) next: Route,
}

impl Page<'_> {
    /// The page itself. Of one member, so nobody keeps it.
    pub(in crate::http) fn show(&self, status: StatusCode, screen: &pages::Screen) -> Response {
        let setting = pages::Setting {
            lang: self.lang,
            studio: self.app.contact.clone(),
            is_demo: self.app.settings.upstream.is_none(),
            here: self.here.clone(),
            next: self.next.clone(),
            by_number: self.app.settings.identity.by_number,
        };
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CONTENT_LANGUAGE, self.lang.tag()),
        ];
        let html = page::draw_plain(&self.app.pages, &setting, screen);
        (status, headers, html).into_response()
    }
}

/// A failure as a page says it.
pub(in crate::http) fn failed(trouble: &Trouble) -> pages::Failed {
    let kind: &FailureKind = trouble.kind();
    pages::Failed {
        kind: kind.clone(),
        retry_after: trouble.retry_after(),
    }
}

/// The same as a page's trouble, with its status.
pub(in crate::http) fn troubled(trouble: &Trouble) -> (StatusCode, pages::Trouble) {
    (trouble.status(), pages::Trouble::Failed(failed(trouble)))
}
