//! One id for everything that is done for a request: on each line of the log, on the answer, and on what is asked of the
//! upstream for it.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tracing::Instrument as _;

/// The header's name, inside and outside.
pub(crate) const HEADER: &str = "x-request-id";
const LONGEST: usize = 64;

tokio::task_local! {
    static CURRENT: RequestId;
}

/// An id that may stand in a log and in a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestId(Arc<str>);

impl RequestId {
    /// The one that whoever asks gave, if it is sound.
    pub(crate) fn given(text: &str) -> Option<Self> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        let sound = (1..=LONGEST).contains(&text.len()) && text.bytes().all(plain);
        sound.then(|| Self(text.into()))
    }

    /// A new one.
    pub(crate) fn made() -> Self {
        Self(URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>()).into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Does something for a request.
pub(crate) async fn under<F: Future>(id: RequestId, work: F) -> F::Output {
    // Of the highest level, so that a log of errors alone says which request they were of.
    let span = tracing::error_span!("request", id = id.as_str());
    CURRENT.scope(id, work).instrument(span).await
}

/// For which request something is done; none where it is for nobody's.
pub(crate) fn current() -> Option<RequestId> {
    CURRENT.try_with(Clone::clone).ok()
}

/// For work that goes on in a task of its own: it stays the same request's.
pub(crate) fn carried<F>(work: F) -> impl Future<Output = F::Output> + Send + 'static
where
    F: Future<Output: Send> + Send + 'static,
{
    let (id, span) = (current(), tracing::Span::current());
    async move {
        match id {
            Some(id) => CURRENT.scope(id, work).instrument(span).await,
            None => work.await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_taken_where_it_can_stand_anywhere() {
        for sound in ["a", "7f3a-9c.51_E2", &"a".repeat(64)] {
            assert_eq!(RequestId::given(sound).unwrap().as_str(), sound);
        }
        for odd in [
            "",
            "a b",
            "a\nb",
            "a\u{1b}[31m",
            "ä",
            "a;b",
            "\"",
            &"a".repeat(65),
        ] {
            assert!(RequestId::given(odd).is_none(), "{odd}");
        }
        let (one, other) = (RequestId::made(), RequestId::made());
        assert!(one != other && RequestId::given(one.as_str()).is_some());
    }
}
