//! The built app's `index.html`, as trunk leaves it, and filling it.
//!
//! Knows the four places that are filled and the one inline script, and nothing of what fills them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

const HTML: &str = "<html lang=\"en\">";
const TITLE: &str = "<title>Frontdesk</title>";
const APP: &str = "<div id=\"app\"></div>";
const BOOT: &str = "<script type=\"application/json\" id=\"boot\"></script>";
const SCRIPT: (&str, &str) = ("<script type=\"module\">", "</script>");

/// The built app cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// Not built, or elsewhere.
    #[error("{0} is not there; build the app first (cargo xtask start does), or say where it is")]
    NotThere(PathBuf),
    /// Cannot be read.
    #[error("{0} cannot be read: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// Something else's index.html.
    #[error("{0} is not this app's: it lacks {1}")]
    Strange(PathBuf, &'static str),
}

/// The shell of every page. Read again when it is built anew.
pub(crate) struct Template {
    file: PathBuf,
    read: RwLock<Read>,
}

#[derive(Clone)]
struct Read {
    text: Arc<str>,
    policy: Arc<str>,
    modified: Option<SystemTime>,
}

impl Template {
    pub(crate) fn open(dist: &Path) -> Result<Self, TemplateError> {
        let file = dist.join("index.html");
        let read = RwLock::new(read(&file)?);
        Ok(Self { file, read })
    }

    pub(crate) fn text(&self) -> Arc<str> {
        Arc::clone(&self.read.read().unwrap_or_else(PoisonError::into_inner).text)
    }

    pub(crate) fn policy(&self) -> String {
        self.read
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .policy
            .to_string()
    }

    /// Reads the file again where it was built anew; says whether it was.
    pub(crate) fn changed(&self) -> bool {
        let modified = modified(&self.file);
        let before = self.read.read().unwrap_or_else(PoisonError::into_inner).modified;
        if modified == before || modified.is_none() {
            return false;
        }
        // Half written just now: the next request finds the whole.
        let Ok(new) = read(&self.file) else { return false };
        *self.read.write().unwrap_or_else(PoisonError::into_inner) = new;
        true
    }
}

fn modified(file: &Path) -> Option<SystemTime> {
    std::fs::metadata(file).and_then(|meta| meta.modified()).ok()
}

fn read(file: &Path) -> Result<Read, TemplateError> {
    let text = std::fs::read_to_string(file).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => TemplateError::NotThere(file.into()),
        _ => TemplateError::Unreadable(file.into(), cause),
    })?;
    for place in [HTML, TITLE, APP, BOOT] {
        if !text.contains(place) {
            return Err(TemplateError::Strange(file.into(), place));
        }
    }
    let policy = policy(&text).into();
    Ok(Read {
        text: text.into(),
        policy,
        modified: modified(file),
    })
}

/// Nothing from elsewhere, and no inline script but the one that starts the app.
fn policy(text: &str) -> String {
    let script = text
        .split_once(SCRIPT.0)
        .and_then(|(_, rest)| rest.split_once(SCRIPT.1))
        .map(|(script, _)| script);
    let hash = script
        .map(|s| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(s))))
        .unwrap_or_default();
    format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{hash}; style-src 'self'; img-src 'self' data:; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}

/// What a page is filled with.
pub(crate) struct Filling<'a> {
    pub(crate) lang: &'a str,
    pub(crate) title: &'a str,
    /// Markup, escaped by whoever drew it.
    pub(crate) html: &'a str,
    /// JSON.
    pub(crate) boot: &'a str,
}

impl Filling<'_> {
    pub(crate) fn fill(&self, shell: &str) -> String {
        let title = self.title.replace('&', "&amp;").replace('<', "&lt;");
        // Within a script element only `<` can end it or open a comment.
        let boot = self.boot.replace('<', "\\u003c");
        let places = [
            (HTML, format!("<html lang=\"{}\">", self.lang)),
            (TITLE, format!("<title>{title}</title>")),
            (APP, format!("<div id=\"app\">{}</div>", self.html)),
            (
                BOOT,
                format!("<script type=\"application/json\" id=\"boot\">{boot}</script>"),
            ),
        ];
        // Each place is looked for in what is left of the shell, so that nothing that fills one can look like the next.
        let mut filled = String::with_capacity(shell.len() + self.html.len() + boot.len() + 256);
        let mut rest = shell;
        for (place, with) in places {
            let Some((before, after)) = rest.split_once(place) else {
                continue;
            };
            filled.push_str(before);
            filled.push_str(&with);
            rest = after;
        }
        filled + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell() -> String {
        format!(
            "<!doctype html>{HTML}<head>{TITLE}{}init(){}</head><body>{APP}{BOOT}</body></html>",
            SCRIPT.0, SCRIPT.1
        )
    }

    #[test]
    fn a_service_named_like_a_tag_stays_text() {
        let filling = Filling {
            lang: "de",
            title: "</title><b>",
            html: "<p>Hallo</p>",
            boot: "{\"title\":\"</script><script>alert(1)</script><!--\"}",
        };
        let page = filling.fill(&shell());
        assert!(page.contains("<html lang=\"de\">") && page.contains("<div id=\"app\"><p>Hallo</p></div>"));
        assert!(page.contains("<title>&lt;/title>&lt;b></title>"));
        assert_eq!(page.matches("<script").count(), 2);
        assert_eq!(page.matches("</script>").count(), 2);
    }

    #[test]
    fn the_one_inline_script_is_named_by_its_hash() {
        let hash = STANDARD.encode(Sha256::digest("init()"));
        assert!(policy(&shell()).contains(&format!("script-src 'self' 'wasm-unsafe-eval' 'sha256-{hash}';")));
    }

    #[test]
    fn a_folder_without_the_app_says_so_in_one_sentence() {
        let folder = tempfile::tempdir().unwrap();
        assert!(
            Template::open(folder.path())
                .err()
                .unwrap()
                .to_string()
                .contains("build the app first")
        );
        std::fs::write(folder.path().join("index.html"), "<html></html>").unwrap();
        assert!(
            Template::open(folder.path())
                .err()
                .unwrap()
                .to_string()
                .contains("not this app's")
        );
    }
}
