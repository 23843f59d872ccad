//! The bundle for kiosks: the same page with other features and more of a style sheet, built on the side and laid beside the
//! other as `dist/kiosk.html`. Knows index.html by the four places that are other in it.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::place::Place;

/// What trunk reads, from the project's root.
const PAGE: &str = "target/kiosk/index.html";
/// What it makes.
const DIST: &str = "target/kiosk/dist";
/// Its page, beside the other's.
pub(crate) const SHELL: &str = "kiosk.html";

/// What index.html says, and what a kiosk's page says there.
const PLACES: [(&str, &str); 4] = [
    (
        "href=\"target/style/frontdesk.css\"",
        "href=\"../style/frontdesk-kiosk.css\"",
    ),
    (
        "<link data-trunk rel=\"copy-dir\" href=\"public\" data-target-path=\".\">",
        "",
    ),
    (
        "data-trunk rel=\"rust\"",
        "data-trunk rel=\"rust\" href=\"../../Cargo.toml\"",
    ),
    (
        "data-cargo-features=\"hydrate\"",
        "data-cargo-features=\"hydrate,kiosk\"",
    ),
];

/// Writes the page for trunk to build; the arguments by which it is found.
pub(crate) fn page(place: &Place) -> Result<[&'static str; 3]> {
    let index = place.at("index.html");
    let html = std::fs::read_to_string(&index).map_err(Error::io("reading index.html"))?;
    let page = place.at(PAGE);
    std::fs::create_dir_all(page.with_file_name("")).map_err(Error::io("making target/kiosk"))?;
    std::fs::write(&page, other(&html)?).map_err(Error::io(format!("writing {PAGE}")))?;
    Ok([PAGE, "--dist", DIST])
}

fn other(index: &str) -> Result<String> {
    let mut page = index.to_owned();
    for (here, there) in PLACES {
        if page.matches(here).count() != 1 {
            return Err(Error::Unreadable(format!("index.html has not one {here}")));
        }
        page = page.replacen(here, there, 1);
    }
    Ok(page)
}

/// Lays what was built beside the other bundle. The names have hashes, so that neither takes the other's.
pub(crate) fn lay_beside(place: &Place) -> Result<()> {
    let doing = || Error::io(format!("laying {DIST} beside dist/"));
    for entry in std::fs::read_dir(place.at(DIST)).map_err(doing())? {
        let file = entry.map_err(doing())?.path();
        std::fs::copy(&file, beside(&place.dist(), &file)).map_err(doing())?;
    }
    Ok(())
}

fn beside(dist: &Path, file: &Path) -> PathBuf {
    match file.file_name() {
        Some(name) if name != "index.html" => dist.join(name),
        _ => dist.join(SHELL),
    }
}

/// Whether it lies there.
pub(crate) fn is_there(place: &Place) -> bool {
    place.dist().join(SHELL).is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kiosks_page_is_the_other_one_but_for_its_places() {
        let index = std::fs::read_to_string(Place::new().at("index.html")).unwrap();
        let page = other(&index).unwrap();
        assert!(page.contains("hydrate,kiosk") && !page.contains("copy-dir"));
        assert_eq!(page.lines().count(), index.lines().count());
        assert!(
            other(&page).is_err(),
            "one that is no longer understood is not built"
        );
    }

    #[test]
    fn its_page_has_a_name_of_its_own() {
        let beside = |name: &str| beside(Path::new("dist"), Path::new(name));
        assert_eq!(beside("x/index.html"), Path::new("dist/kiosk.html"));
        assert_eq!(beside("x/frontdesk-1f.js"), Path::new("dist/frontdesk-1f.js"));
    }
}
