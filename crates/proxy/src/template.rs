//! The built app's shells, as trunk leaves them (`index.html`, and `kiosk.html` beside it), and filling them.
//!
//! Knows the four places that are filled, the one inline script and the style sheet, and nothing of what fills them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use booking::Place;
use sha2::{Digest as _, Sha256};

use crate::built::Built;

const HTML: &str = "<html lang=\"en\">";
const TITLE: &str = "<title>Frontdesk</title>";
const APP: &str = "<div id=\"app\"></div>";
const BOOT: &str = "<script type=\"application/json\" id=\"boot\"></script>";
const SCRIPT: (&str, &str) = ("<script type=\"module\">", "</script>");
const SHEET: (&str, &str) = ("<link rel=\"stylesheet\" href=\"/", ">");
const STYLE: (&str, &str) = ("<style>", "</style>");
/// Goes into pages that other sites may show in a frame: what has to be known of that before anything is painted.
const FRAME: &str = "frame.js";
const FRAME_SCRIPT: (&str, &str) = ("<script>", "</script>");

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

/// Which of the built app's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shell {
    /// The one for everywhere but kiosks.
    Anywhere {
        /// Whether any site may show it in a frame.
        may_be_framed: bool,
    },
    /// The one for kiosks.
    AtKiosks,
}

impl Shell {
    /// As trunk calls it.
    fn file(self) -> &'static str {
        match self {
            Self::Anywhere { .. } => "index.html",
            Self::AtKiosks => "kiosk.html",
        }
    }
}

/// The shell of pages. Read again when it is built anew.
pub(crate) struct Template {
    built: Built,
    shell: Shell,
    read: RwLock<Read>,
}

#[derive(Clone)]
struct Read {
    text: Arc<str>,
    policy: Arc<str>,
    build: Arc<str>,
    modified: Option<SystemTime>,
}

impl Template {
    pub(crate) fn open(dist: &Path, shell: Shell) -> Result<Self, TemplateError> {
        let built = Built::at(dist);
        Ok(Self {
            read: RwLock::new(read(&built, shell)?),
            built,
            shell,
        })
    }

    pub(crate) fn text(&self) -> Arc<str> {
        Arc::clone(&self.now().text)
    }

    pub(crate) fn policy(&self) -> Arc<str> {
        Arc::clone(&self.now().policy)
    }

    /// What tells one build of the app from another: its files are named by what is in them.
    pub(crate) fn build(&self) -> Arc<str> {
        Arc::clone(&self.now().build)
    }

    fn now(&self) -> RwLockReadGuard<'_, Read> {
        self.read.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// A page of the same look in which no app starts: what is between the head's beginning and the script, and a body.
    pub(crate) fn without_the_app(&self, lang: &str, title: &str, html: &str) -> String {
        let text = self.text();
        let head = text.split_once(SCRIPT.0).map_or(&*text, |(head, _)| head);
        let title = title.replace('&', "&amp;").replace('<', "&lt;");
        let head = head.replacen(HTML, &root(lang, Place::Browser), 1);
        let head = head.replacen(TITLE, &format!("<title>{title}</title>"), 1);
        let robots = "<meta name=\"robots\" content=\"noindex\">";
        [
            &head,
            robots,
            "</head><body data-plain><div id=\"app\">",
            html,
            "</div></body></html>",
        ]
        .concat()
    }

    /// Reads the file again where it was built anew; says whether it was.
    pub(crate) fn changed(&self) -> bool {
        let modified = self.built.modified(self.shell.file());
        let before = self.now().modified;
        if modified == before || modified.is_none() {
            return false;
        }
        // Half written just now: the next request finds the whole.
        let Ok(new) = read(&self.built, self.shell) else {
            return false;
        };
        *self.read.write().unwrap_or_else(PoisonError::into_inner) = new;
        true
    }
}

fn read(built: &Built, shell: Shell) -> Result<Read, TemplateError> {
    let file = || built.name(shell.file());
    let text = built.text(shell.file()).map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => TemplateError::NotThere(file()),
        _ => TemplateError::Unreadable(file(), cause),
    })?;
    for place in [HTML, TITLE, APP, BOOT] {
        if !text.contains(place) {
            return Err(TemplateError::Strange(file(), place));
        }
    }
    let mut text = with_style(text, built);
    if shell == (Shell::Anywhere { may_be_framed: true }) {
        text = with_frame(text, built);
    }
    Ok(Read {
        policy: policy(&text).into(),
        build: build(&text).into(),
        text: text.into(),
        modified: built.modified(shell.file()),
    })
}

/// Short, and another for another text.
fn build(text: &str) -> String {
    let hash = Sha256::digest(text);
    hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// The element of a whole page. Style sheets and the app go by the place on it.
fn root(lang: &str, place: Place) -> String {
    match place {
        Place::Kiosk => format!("<html lang=\"{lang}\" data-place=\"{}\">", place.tag()),
        // The browser knows whether it is in a frame.
        Place::Browser | Place::Embed => format!("<html lang=\"{lang}\">"),
    }
}

/// The style sheet goes into the page: nothing is painted without it, and asking for it would be one more way there and
/// back before the first paint. One that cannot be read, or could end its element, stays a link.
fn with_style(text: String, built: &Built) -> String {
    let replaced = || {
        let (before, rest) = text.split_once(SHEET.0)?;
        let (link, after) = rest.split_once(SHEET.1)?;
        let (name, _) = link.split_once('"')?;
        let plain = name.ends_with(".css") && !name.contains(['/', '\\']);
        let sheet = built.text(name).ok().filter(|_| plain)?;
        (!sheet.contains("</")).then(|| [before, STYLE.0, &sheet, STYLE.1, after].concat())
    };
    replaced().unwrap_or(text)
}

/// Likewise what looks whether the page is in a frame: first in the head, so that nothing is painted before it has.
fn with_frame(text: String, built: &Built) -> String {
    let with = |script: String| {
        let (before, after) = text.split_once("<head>")?;
        let sound = !script.contains("</") && !script.contains("<!--");
        sound.then(|| [before, "<head>", FRAME_SCRIPT.0, &script, FRAME_SCRIPT.1, after].concat())
    };
    built.text(FRAME).ok().and_then(with).unwrap_or(text)
}

/// Nothing from elsewhere, and nothing inline but the script that starts the app, the one of frames and the style sheet, each by
/// its hash.
/// Who may frame it is not the page's to say.
fn policy(text: &str) -> String {
    let script = hash_of(text, FRAME_SCRIPT) + &hash_of(text, SCRIPT);
    let style = hash_of(text, STYLE);
    format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{script}; style-src 'self'{style}; img-src 'self' \
         data:; object-src 'none'; base-uri 'none'; form-action 'self'"
    )
}

/// Of what stands between two marks, as a policy names it; empty where nothing does.
fn hash_of(text: &str, (begins, ends): (&str, &str)) -> String {
    text.split_once(begins)
        .and_then(|(_, rest)| rest.split_once(ends))
        .map(|(inside, _)| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(inside))))
        .unwrap_or_default()
}

/// What a page is filled with.
pub(crate) struct Filling<'a> {
    pub(crate) lang: &'a str,
    pub(crate) place: Place,
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
            (HTML, root(self.lang, self.place)),
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

    const ANYWHERE: Shell = Shell::Anywhere { may_be_framed: false };
    const FRAMED: Shell = Shell::Anywhere { may_be_framed: true };

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
            place: Place::Browser,
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
    fn a_page_without_the_app_has_its_head_and_starts_nothing() {
        let dist = tempfile::tempdir().unwrap();
        std::fs::write(dist.path().join("index.html"), shell()).unwrap();
        let page =
            Template::open(dist.path(), ANYWHERE)
                .unwrap()
                .without_the_app("de", "<b>", "<p>Hallo</p>");
        assert!(
            page.starts_with("<!doctype html><html lang=\"de\"><head><title>&lt;b></title>"),
            "{page}"
        );
        assert!(
            page.contains("<div id=\"app\"><p>Hallo</p></div></body>") && !page.contains("script"),
            "{page}"
        );
    }

    #[test]
    fn the_style_sheet_comes_with_the_page_and_is_named_by_its_hash() {
        let dist = tempfile::tempdir().unwrap();
        let link = "<link rel=\"stylesheet\" href=\"/a-1.css\"/>";
        let text = shell().replace("<head>", &format!("<head>{link}"));
        std::fs::write(dist.path().join("index.html"), &text).unwrap();
        let linked = Template::open(dist.path(), ANYWHERE).unwrap();
        assert!(linked.text().contains(link), "what is not there stays a link");

        std::fs::write(dist.path().join("a-1.css"), "p > a { color: red }").unwrap();
        let template = Template::open(dist.path(), ANYWHERE).unwrap();
        assert!(
            template
                .text()
                .contains("<head><style>p > a { color: red }</style>")
        );
        let hash = STANDARD.encode(Sha256::digest("p > a { color: red }"));
        assert!(
            template
                .policy()
                .contains(&format!("style-src 'self' 'sha256-{hash}';"))
        );

        std::fs::write(dist.path().join("a-1.css"), "/* </style><script> */").unwrap();
        assert!(
            Template::open(dist.path(), ANYWHERE)
                .unwrap()
                .text()
                .contains(link)
        );
    }

    #[test]
    fn only_a_page_that_may_be_framed_looks_whether_it_is() {
        let dist = tempfile::tempdir().unwrap();
        std::fs::write(dist.path().join("index.html"), shell()).unwrap();
        std::fs::write(dist.path().join("frame.js"), "look()").unwrap();
        let hash = format!("'sha256-{}'", STANDARD.encode(Sha256::digest("look()")));
        let plain = Template::open(dist.path(), ANYWHERE).unwrap();
        assert!(!plain.text().contains("look()") && !plain.policy().contains(&hash));
        let framed = Template::open(dist.path(), FRAMED).unwrap();
        assert!(framed.text().contains("<head><script>look()</script>"));
        assert!(framed.policy().contains(&hash));
        assert!(
            framed
                .without_the_app("de", "", "")
                .contains("<head><script>look()</script>")
        );
        std::fs::write(dist.path().join("frame.js"), "'</script><b>'").unwrap();
        assert!(
            !Template::open(dist.path(), FRAMED)
                .unwrap()
                .text()
                .contains("<b>")
        );
    }

    #[test]
    fn a_kiosks_shell_says_where_it_is_and_never_looks_for_a_frame() {
        let dist = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(dist.path().join(name), text).unwrap();
        write("frame.js", "look()");
        write("kiosk.html", &shell().replace("init()", "initKiosk()"));
        let template = Template::open(dist.path(), Shell::AtKiosks).unwrap();
        assert!(!template.text().contains("look()"));
        let hash = STANDARD.encode(Sha256::digest("initKiosk()"));
        assert!(template.policy().contains(&hash));
        let filling = Filling {
            lang: "de",
            place: Place::Kiosk,
            title: "",
            html: "",
            boot: "{}",
        };
        let page = filling.fill(&template.text());
        assert!(page.contains("<html lang=\"de\" data-place=\"kiosk\">"), "{page}");
        let before = template.build();
        write("kiosk.html", &shell().replace("init()", "initNext()"));
        let after = Template::open(dist.path(), Shell::AtKiosks).unwrap().build();
        assert!(before.len() == 12 && before != after);
    }

    #[test]
    fn a_folder_without_the_app_says_so_in_one_sentence() {
        let folder = tempfile::tempdir().unwrap();
        assert!(
            Template::open(folder.path(), ANYWHERE)
                .err()
                .unwrap()
                .to_string()
                .contains("build the app first")
        );
        std::fs::write(folder.path().join("index.html"), "<html></html>").unwrap();
        assert!(
            Template::open(folder.path(), ANYWHERE)
                .err()
                .unwrap()
                .to_string()
                .contains("not this app's")
        );
    }
}
