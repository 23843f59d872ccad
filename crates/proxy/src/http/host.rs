//! Which host a request asks for.

use std::net::Ipv6Addr;

use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri, header};

/// Host and port, as the request names them; none where it names none.
pub(super) fn authority<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Option<&'a str> {
    // In HTTP/2, and in a request with the whole address, the header says nothing (RFC 9112, 3.2.2).
    if let Some(authority) = uri.authority() {
        return Some(authority.as_str());
    }
    headers.get(header::HOST)?.to_str().ok()
}

/// The host alone, in small letters: what a studio is asked for by.
///
/// # Errors
/// Two hosts, or what is none. Whoever stands before us may have understood another one than we would.
pub(super) fn asked(uri: &Uri, headers: &HeaderMap) -> Result<Option<String>, Unclear> {
    let mut named = headers.get_all(header::HOST).iter();
    let (first, second) = (named.next(), named.next());
    if second.is_some() {
        return Err(Unclear);
    }
    let of_header = first
        .map(|value| value.to_str().map_err(|_| Unclear).and_then(read))
        .transpose()?;
    let of_address = uri
        .authority()
        .map(|authority| read(authority.as_str()))
        .transpose()?;
    match (of_address, of_header) {
        (Some(address), Some(header)) if address != header => Err(Unclear),
        (address, header) => Ok(address.or(header)),
    }
}

/// The request does not say which host it is for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unclear;

fn read(text: &str) -> Result<String, Unclear> {
    let authority: Authority = text.parse().map_err(|_| Unclear)?;
    let host = authority.host().trim_end_matches('.').to_ascii_lowercase();
    if text.contains('@') || !is_name(&host) {
        return Err(Unclear);
    }
    Ok(host)
}

/// What names of hosts are made of; the library lets more through, and takes `+[::1]:80` for the host `+[`.
fn is_name(host: &str) -> bool {
    let address = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if let Some(address) = address {
        return address.parse::<Ipv6Addr>().is_ok();
    }
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    !host.is_empty() && host.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(address: &str, hosts: &[&str]) -> Result<Option<String>, Unclear> {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(header::HOST, host.parse().unwrap());
        }
        asked(&address.parse().unwrap(), &headers)
    }

    #[test]
    fn a_host_is_the_same_however_it_is_written() {
        for host in [
            "book.north.example",
            "Book.North.Example:8080",
            "book.north.example.",
        ] {
            assert_eq!(ask("/", &[host]), Ok(Some("book.north.example".into())), "{host}");
        }
        assert_eq!(ask("/", &["[::1]:80"]), Ok(Some("[::1]".into())));
        assert_eq!(
            ask("https://a.example/", &["a.example:443"]),
            Ok(Some("a.example".into()))
        );
        assert_eq!(ask("/", &[]), Ok(None));
    }

    #[test]
    fn two_hosts_are_none_nor_is_what_only_resembles_one() {
        for hosts in [
            &["a.example", "a.example"][..],
            &["u@a.example"],
            &["a b"],
            &[""],
            &["+[::1]:80"],
            &["[a.example]"],
            &["a%2eexample"],
            &["a.example!"],
        ] {
            assert_eq!(ask("/", hosts), Err(Unclear), "{hosts:?}");
        }
        assert_eq!(ask("https://a.example/", &["b.example"]), Err(Unclear));
    }
}
