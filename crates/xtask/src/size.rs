//! `size`: what a first visit to `/` loads, each file raw, gzipped and brotlied. The promise is kept on js + wasm, brotli; and
//! on the script that a gym's own page loads, which is there for every visitor, whether they book or not.

use crate::compress::{brotli, gzip};
use crate::error::{Error, Result};
use crate::kiosk;
use crate::place::Place;
use crate::server::Server;
use crate::web::{self, Care};

/// Bytes of js and wasm, brotlied, that a first visit may load.
const CEILING: u64 = 150_000;
/// Likewise on a kiosk, which loads it once and then for days out of its cache.
const KIOSK_CEILING: u64 = 175_000;
/// Bytes of the embed's script, brotlied, likewise.
const EMBED_CEILING: u64 = 3_000;

/// One file's bytes on the wire.
struct Row {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Builds the app as it is delivered, prints the table, and fails where the promise is broken.
pub(crate) fn size(place: &Place) -> Result<()> {
    web::build(place, Care::Release)?;
    web::build_proxy(place)?;
    let rows = first_visit(&Server::start(place)?)?;
    print(&rows);
    let embed = embed(place)?;
    println!("embed.js, brotli: {:.2} kB", embed as f64 / 1000.0);
    let kiosk = kiosk(place)?;
    println!("a kiosk's js + wasm, brotli: {:.1} kB", kiosk as f64 / 1000.0);
    keep(code(&rows).brotli as u64, CEILING)?;
    keep(kiosk, KIOSK_CEILING)?;
    keep_embed(embed)
}

/// What a gym's page loads to hold the app, brotlied, as it lies: nothing builds it.
fn embed(place: &Place) -> Result<u64> {
    let file = place.at("public/embed.js");
    let script = std::fs::read(&file).map_err(Error::io(format!("reading {}", file.display())))?;
    Ok(brotli(&script).len() as u64)
}

/// What a kiosk's page loads, as it lies in dist/: it is served to devices that are paired.
fn kiosk(place: &Place) -> Result<u64> {
    let read = |name: &str| {
        let file = place.dist().join(name.trim_start_matches('/'));
        std::fs::read(&file).map_err(Error::io(format!("reading {}", file.display())))
    };
    let page = read(kiosk::SHELL)?;
    let page = String::from_utf8_lossy(&page);
    let sizes = loaded(&page)
        .into_iter()
        .filter(|path| is_code(path))
        .map(|path| Ok(brotli(&read(path)?).len() as u64));
    sizes.sum()
}

fn keep_embed(bytes: u64) -> Result<()> {
    if bytes > EMBED_CEILING {
        return Err(Error::TooLarge {
            what: "embed.js, brotlied, is",
            bytes,
            ceiling: EMBED_CEILING,
        });
    }
    Ok(())
}

/// The page as the proxy draws it, and what a browser loads for it at once.
fn first_visit(server: &Server) -> Result<Vec<Row>> {
    let html = server.get("/")?;
    let mut rows = vec![row("/".to_owned(), &html)];
    let html = String::from_utf8_lossy(&html);
    for path in loaded(&html) {
        let name = path.rsplit('/').next().unwrap_or_default();
        rows.push(row(name.to_owned(), &server.get(path)?));
    }
    Ok(rows)
}

/// No code at all is not small, but a page that was not understood.
fn keep(bytes: u64, ceiling: u64) -> Result<()> {
    match bytes {
        0 => Err(Error::Unreadable("the page names no script".to_owned())),
        _ if bytes > ceiling => Err(Error::TooLarge {
            what: "js + wasm, brotlied, are",
            bytes,
            ceiling,
        }),
        _ => Ok(()),
    }
}

/// What a link has to say of itself for a browser to load it with the page.
const AT_ONCE: [&str; 5] = ["stylesheet", "modulepreload", "preload", "icon", "manifest"];

/// The addresses of this host that are loaded with the page, each once, in the page's order. Pictures that wait until they
/// are scrolled to are not.
fn loaded(html: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for address in html.split('<').skip(1).filter_map(loads) {
        if address.starts_with('/') && !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

/// What one tag, from behind its `<`, makes the browser load.
fn loads(tag: &str) -> Option<&str> {
    let tag = tag.split('>').next()?;
    let (name, attributes) = tag.split_once(char::is_whitespace)?;
    match name {
        "link" if AT_ONCE.contains(&value(attributes, "rel")?) => value(attributes, "href"),
        "script" => value(attributes, "src"),
        "img" if value(attributes, "loading") != Some("lazy") => value(attributes, "src"),
        _ => None,
    }
}

/// The value of an attribute that stands in double quotes, as the proxy writes them all.
fn value<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let start = format!("{name}=\"");
    let ours = |at: &usize| {
        *at == 0
            || attributes
                .get(..*at)
                .is_some_and(|before| before.ends_with(char::is_whitespace))
    };
    let at = attributes.match_indices(&start).map(|(at, _)| at).find(ours)?;
    attributes.get(at + start.len()..)?.split('"').next()
}

fn row(name: String, bytes: &[u8]) -> Row {
    Row {
        name,
        raw: bytes.len(),
        gzip: gzip(bytes).len(),
        brotli: brotli(bytes).len(),
    }
}

fn print(rows: &[Row]) {
    println!("{:<44} {:>9} {:>9} {:>9}", "file", "raw", "gzip", "brotli");
    rows.iter().for_each(print_row);
    print_row(&total("all", rows, |_| true));
    let code = code(rows);
    print_row(&code);
    println!("js + wasm, brotli: {:.1} kB", code.brotli as f64 / 1000.0);
}

/// What the promise is about.
fn code(rows: &[Row]) -> Row {
    total("js + wasm", rows, is_code)
}

fn is_code(name: &str) -> bool {
    name.ends_with(".js") || name.ends_with(".wasm")
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
    use super::*;

    #[test]
    fn what_a_browser_loads_with_the_page_counts_and_nothing_else() {
        let html = r#"<link rel="stylesheet" href="/a.css"/><link rel="apple-touch-icon" href="/t.png">
            <script type="module">import init from "/b.js"</script><link rel="modulepreload" href="/b.js">
            <link rel="preload" href="/b.wasm" as="fetch"><a href="/bookings" rel="external">x</a><a href="/">y</a>
            <img alt="" loading="lazy" src="/pictures/1"><img data-src="/no" src="/p.svg"><link rel="stylesheet" href="/a.css">
            <link rel="icon" href="https://else.where/i.svg">"#;
        assert_eq!(loaded(html), ["/a.css", "/b.js", "/b.wasm", "/p.svg"]);
    }

    #[test]
    fn one_byte_too_many_is_too_much_and_none_is_a_page_not_understood() {
        assert!(keep(CEILING, CEILING).is_ok());
        assert!(matches!(keep(CEILING + 1, CEILING), Err(Error::TooLarge { .. })));
        assert!(matches!(keep(0, CEILING), Err(Error::Unreadable(_))));
    }

    #[test]
    fn the_embed_is_as_small_as_it_is_said_to_be() {
        assert!(matches!(
            keep_embed(EMBED_CEILING + 1),
            Err(Error::TooLarge { .. })
        ));
        keep_embed(embed(&Place::new()).unwrap()).unwrap();
    }

    #[test]
    fn the_promise_is_about_js_and_wasm() {
        let rows = ["a.js", "a.css", "a_bg.wasm"].map(|name| row(name.to_owned(), b"x"));
        assert_eq!(code(&rows).raw, 2);
    }
}
