//! `size`: what a first visit to `/` loads, each file raw, gzipped and brotlied. The promise is kept on js + wasm, brotli.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::time::Duration;

use crate::compress::{brotli, gzip};
use crate::error::{Error, Result};
use crate::place::Place;
use crate::say::step;
use crate::web::{self, Care};

/// One file's bytes on the wire.
struct Row {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Builds the app as it is delivered and prints the table.
pub(crate) fn size(place: &Place) -> Result<()> {
    web::build(place, Care::Release)?;
    let html = page(place)?;
    let mut rows = vec![row("/".to_owned(), html.as_bytes())];
    for file in referred(place, &html) {
        let bytes = std::fs::read(&file).map_err(Error::io(format!("reading {}", file.display())))?;
        rows.push(row(name(&file), &bytes));
    }
    print(&rows);
    Ok(())
}

/// The page as a running proxy draws it, else the empty one.
fn page(place: &Place) -> Result<String> {
    let address = std::env::var("FRONTDESK_LISTEN").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());
    if let Some(html) = drawn(&address) {
        step(format!("size: the page as http://{address} draws it"));
        return Ok(html);
    }
    step(format!(
        "size: nothing answers on {address}, so `/` is the page before it is drawn (run `cargo xtask start` beside this)"
    ));
    std::fs::read_to_string(place.dist().join("index.html")).map_err(Error::io("reading dist/index.html"))
}

/// A plain HTTP/1.0 request: no compression, no chunks, the connection's end is the body's end.
fn drawn(address: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    let request = format!("GET / HTTP/1.0\r\nHost: {address}\r\nAccept: text/html\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8(answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    head.lines().next()?.contains(" 200 ").then(|| body.to_owned())
}

/// The files of dist/ that the page names in its head and below, each once, in the page's order.
fn referred(place: &Place, html: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for address in addresses(html) {
        let file = place.dist().join(address.trim_start_matches('/'));
        if file.is_file() && !files.contains(&file) {
            files.push(file);
        }
    }
    files
}

/// The values of all `href` and `src` that stay on this host.
fn addresses(html: &str) -> impl Iterator<Item = &str> {
    let values = html.split(['<', ' ']).filter_map(|word| {
        let value = word
            .strip_prefix("href=\"")
            .or_else(|| word.strip_prefix("src=\""))?;
        value.split('"').next()
    });
    values.filter(|value| value.starts_with('/') && value.len() > 1)
}

fn row(name: String, bytes: &[u8]) -> Row {
    Row {
        name,
        raw: bytes.len(),
        gzip: gzip(bytes).len(),
        brotli: brotli(bytes).len(),
    }
}

fn name(file: &std::path::Path) -> String {
    file.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn print(rows: &[Row]) {
    println!("{:<44} {:>9} {:>9} {:>9}", "file", "raw", "gzip", "brotli");
    rows.iter().for_each(print_row);
    print_row(&total("all", rows, |_| true));
    let code = total("js + wasm", rows, |name| {
        name.ends_with(".js") || name.ends_with(".wasm")
    });
    print_row(&code);
    println!("js + wasm, brotli: {:.1} kB", code.brotli as f64 / 1000.0);
}

fn print_row(row: &Row) {
    println!(
        "{:<44} {:>9} {:>9} {:>9}",
        row.name, row.raw, row.gzip, row.brotli
    );
}

fn total(name: &str, rows: &[Row], wanted: impl Fn(&str) -> bool) -> Row {
    let empty = Row {
        name: name.to_owned(),
        raw: 0,
        gzip: 0,
        brotli: 0,
    };
    rows.iter()
        .filter(|row| wanted(&row.name))
        .fold(empty, |sum, row| Row {
            raw: sum.raw + row.raw,
            gzip: sum.gzip + row.gzip,
            brotli: sum.brotli + row.brotli,
            ..sum
        })
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn only_what_this_host_serves_counts() {
        let html = r#"<link rel="stylesheet" href="/a.css"/><a href="https://else.where/b.css">x</a><img alt="" src="/p.svg"><a href="/">"#;
        assert_eq!(addresses(html).collect::<Vec<_>>(), ["/a.css", "/p.svg"]);
    }
}
