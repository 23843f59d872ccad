//! Files of the app that are inside the binary, as a folder's are served: compressed as they were built, with a type, and
//! with a tag by which a browser asks whether what it has is still so.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::packed::{names, takes};

/// What was compressed beforehand, by the ending of its name, the smallest first.
const FORMS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// The answer with a file, if there is one of that name.
pub(super) fn answer(find: impl Fn(&str) -> Option<&'static [u8]>, request: &Request) -> Option<Response> {
    let name = request.uri().path().strip_prefix('/')?;
    let whole = find(name)?;
    let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let accepts = text(header::ACCEPT_ENCODING).unwrap_or_default();
    let packed = FORMS.into_iter().find_map(|(encoding, ending)| {
        let bytes = find(&format!("{name}{ending}")).filter(|_| takes(accepts, encoding))?;
        Some((encoding, bytes))
    });
    let bytes = packed.map_or(whole, |(_, bytes)| bytes);
    let tag = tag(bytes);
    let known = text(header::IF_NONE_MATCH).is_some_and(|tags| names(tags, &tag));
    let mut response = Response::new(if known { Body::empty() } else { Body::from(bytes) });
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    headers.extend(HeaderValue::from_str(&tag).map(|tag| (header::ETAG, tag)));
    if let Some((encoding, _)) = packed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some(response)
}

/// Another for each form of a file.
fn tag(bytes: &[u8]) -> String {
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(Sha256::digest(bytes)))
}

/// Of what trunk puts into `dist/`.
fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "js" => "text/javascript; charset=utf-8",
        // With another one no browser compiles it while it comes.
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(name: &str) -> Option<&'static [u8]> {
        match name {
            "a-1.wasm" => Some(b"whole"),
            "a-1.wasm.br" => Some(b"br"),
            "a-1.wasm.gz" => Some(b"gz"),
            "icon.png" => Some(b"icon"),
            _ => None,
        }
    }

    fn ask(path: &str, headers: &[(header::HeaderName, &str)]) -> Option<Response> {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = path.parse().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        answer(find, &request)
    }

    fn header(response: &Response, name: header::HeaderName) -> &str {
        response
            .headers()
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    #[test]
    fn a_browser_gets_the_smallest_form_it_takes_with_its_type() {
        for (accepts, encoding, length) in [("gzip, br", "br", 2), ("gzip, br;q=0", "gzip", 2), ("", "", 5)] {
            let answer = ask("/a-1.wasm?x=1", &[(header::ACCEPT_ENCODING, accepts)]).unwrap();
            assert_eq!(header(&answer, header::CONTENT_ENCODING), encoding);
            assert_eq!(header(&answer, header::CONTENT_TYPE), "application/wasm");
            let size = axum::body::HttpBody::size_hint(answer.body()).exact();
            assert_eq!(size, Some(length));
        }
        assert_eq!(
            header(&ask("/icon.png", &[]).unwrap(), header::CONTENT_TYPE),
            "image/png"
        );
    }

    #[test]
    fn what_a_browser_has_is_not_sent_again_and_another_form_is_another_thing() {
        let first = ask("/icon.png", &[]).unwrap();
        let tag = header(&first, header::ETAG).to_owned();
        let again = ask("/icon.png", &[(header::IF_NONE_MATCH, &format!("\"x\", {tag}"))]).unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        let packed = ask("/a-1.wasm", &[(header::ACCEPT_ENCODING, "br")]).unwrap();
        let tag = header(&packed, header::ETAG);
        assert_eq!(
            ask("/a-1.wasm", &[(header::IF_NONE_MATCH, tag)])
                .unwrap()
                .status(),
            StatusCode::OK
        );
    }

    #[test]
    fn nothing_else_is_there() {
        for path in [
            "/",
            "/gone.png",
            "/../a-1.wasm",
            "/%61-1.wasm",
            "//icon.png",
            "/icon.png/",
        ] {
            assert!(ask(path, &[]).is_none(), "{path}");
        }
    }
}
