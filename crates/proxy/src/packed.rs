//! A text in the three encodings that browsers ask for, compressed once.

use std::io::Write as _;
use std::sync::OnceLock;

use bytes::Bytes;

/// A page of some ten kilobytes takes it two milliseconds, once in half a minute.
const QUALITY: u32 = 9;

/// The text, and its compressed forms.
pub(crate) struct Packed {
    plain: Bytes,
    gzip: Option<Bytes>,
    brotli: Option<Bytes>,
}

impl Packed {
    pub(crate) fn new(text: String) -> Self {
        Self {
            gzip: gzip(text.as_bytes()),
            brotli: brotli(text.as_bytes()),
            plain: text.into(),
        }
    }

    /// A text that is not worth compressing: it is sent once.
    pub(crate) fn plain(text: String) -> Self {
        Self {
            gzip: None,
            brotli: None,
            plain: text.into(),
        }
    }

    /// The smallest form that a browser takes, and its `Content-Encoding`.
    pub(crate) fn for_browser(&self, accept_encoding: &str) -> (Option<&'static str>, Bytes) {
        let forms = [("br", &self.brotli), ("gzip", &self.gzip)];
        let found = forms.into_iter().find_map(|(name, bytes)| {
            let bytes = bytes.as_ref().filter(|_| takes(accept_encoding, name))?;
            Some((Some(name), bytes.clone()))
        });
        found.unwrap_or_else(|| (None, self.plain.clone()))
    }
}

/// An answer in JSON that many get: written once, and packed once, when the first asks for it so.
#[derive(Debug)]
pub(crate) struct Json {
    plain: Bytes,
    gzip: OnceLock<Option<Bytes>>,
}

/// What is shorter becomes no smaller.
const WORTH_PACKING: usize = 32;

impl Json {
    pub(crate) fn new(plain: Vec<u8>) -> Self {
        Self {
            plain: plain.into(),
            gzip: OnceLock::new(),
        }
    }

    /// As it was written.
    pub(crate) fn plain(&self) -> &[u8] {
        &self.plain
    }

    /// Bytes that it takes, packed form included, about.
    pub(crate) fn weight(&self) -> usize {
        self.plain.len() + self.plain.len() / 4
    }

    /// In the smaller form for whoever takes gzip, and its `Content-Encoding`.
    pub(crate) fn for_browser(&self, takes_gzip: bool) -> (Option<&'static str>, Bytes) {
        let packed = (takes_gzip && self.plain.len() > WORTH_PACKING)
            .then(|| self.gzip.get_or_init(|| gzip(&self.plain)).clone())
            .flatten();
        match packed {
            Some(packed) => (Some("gzip"), packed),
            None => (None, self.plain.clone()),
        }
    }
}

/// RFC 9110, 12.5.3, as far as browsers use it: named, and not with a weight of nothing.
pub(crate) fn takes(accept_encoding: &str, name: &str) -> bool {
    accept_encoding.split(',').any(|one| {
        let (coding, weight) = one.split_once(';').unwrap_or((one, "q=1"));
        let weight: f32 = weight.trim().trim_start_matches("q=").parse().unwrap_or(0.0);
        coding.trim() == name && weight > 0.0
    })
}

/// RFC 9110, 13.1.2, as far as browsers use it: what they have, by the tags that we gave it.
#[cfg_attr(
    not(feature = "embed"),
    allow(dead_code, reason = "a folder's files have no tags of ours")
)]
pub(crate) fn names(if_none_match: &str, tag: &str) -> bool {
    if_none_match.split(',').any(|one| one.trim() == tag)
}

fn gzip(text: &[u8]) -> Option<Bytes> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    writer.write_all(text).ok()?;
    writer.finish().ok().map(Bytes::from)
}

fn brotli(text: &[u8]) -> Option<Bytes> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, QUALITY, 22);
    writer.write_all(text).ok()?;
    writer.flush().ok()?;
    drop(writer);
    Some(packed.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_smallest_form_it_takes() {
        let packed = Packed::new("Montag ".repeat(500));
        let form = |header| packed.for_browser(header).0;
        assert_eq!(form("gzip, deflate, br, zstd"), Some("br"));
        assert_eq!(form("gzip, br;q=0"), Some("gzip"));
        assert_eq!(form("identity"), None);
        assert_eq!(form(""), None);
        assert!(packed.for_browser("br").1.len() < 200);
    }
}
