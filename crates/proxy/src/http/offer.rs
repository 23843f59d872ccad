//! Addresses, each together with what the document says of it. A handler is served at the address and for the method that
//! it is told of with, so that nothing is served that the document lacks, and nothing told that is not served.
//!
//! The one place that makes routes (`crates/xtask/tests/architecture.rs` sees to that).

use std::convert::Infallible;

use axum::Router;
use axum::handler::Handler;
use axum::routing::{MethodRouter, any, on};

use super::openapi::Told;

/// What is served, and what is told of it.
pub(super) struct Offer<S> {
    router: Router<S>,
    told: Vec<Told>,
}

impl<S: Clone + Send + Sync + 'static> Offer<S> {
    pub(super) fn new() -> Self {
        Self {
            router: Router::new(),
            told: Vec::new(),
        }
    }

    /// One operation, and who answers it.
    pub(super) fn serve<H: Handler<T, S>, T: 'static>(mut self, told: Told, handler: H) -> Self {
        let answered: MethodRouter<S, Infallible> = on(told.filter(), handler);
        self.router = self.router.route(told.path(), answered);
        self.told.push(told);
        self
    }

    /// Addresses at which nothing is. There is nothing to tell of them.
    pub(super) fn nothing_at<H, T>(mut self, path: &str, says_so: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.router = self.router.route(path, any(says_so));
        self
    }

    /// Likewise those of another one.
    pub(super) fn and(mut self, mut other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.told.append(&mut other.told);
        self
    }

    /// What stands around all that is offered so far: layers, fallbacks.
    pub(super) fn around(mut self, put: impl FnOnce(Router<S>) -> Router<S>) -> Self {
        self.router = put(self.router);
        self
    }

    /// The router, and all that is to be said of it.
    pub(super) fn into_parts(self) -> (Router<S>, Vec<Told>) {
        (self.router, self.told)
    }
}
