//! The e-mail that signs in: text, and the same as plain HTML. No picture, nothing from elsewhere, nothing that counts who
//! opens it.

use booking::Lang;
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

/// What it says.
pub struct Contents<'a> {
    /// In which language.
    pub lang: Lang,
    /// What the studio is called; empty where the operator set no name.
    pub studio: &'a str,
    /// Six digits.
    pub digits: &'a str,
    /// A page of ours with one button; none where the proxy does not know what it is called from outside.
    pub link: Option<&'a str>,
}

/// It cannot be written: an address that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the studio has an address that cannot be written to")]
pub struct Unwritten;

impl Contents<'_> {
    /// As it goes out.
    ///
    /// # Errors
    /// The address is none.
    pub(super) fn message(&self, from: &Mailbox, to: &str) -> Result<Message, Unwritten> {
        let to = to.trim().parse().map_err(|_| Unwritten)?;
        let builder = Message::builder()
            .from(from.clone())
            .to(Mailbox::new(None, to))
            .subject((words::server_words(self.lang).mail.subject)(self.studio()))
            // So that no holiday notice answers it.
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        let parts = MultiPart::alternative_plain_html(self.text(), self.html());
        builder.multipart(parts).map_err(|_| Unwritten)
    }

    fn studio(&self) -> &str {
        match self.studio {
            "" => words::words(self.lang).shell.studio,
            name => name,
        }
    }

    fn text(&self) -> String {
        let w = &words::server_words(self.lang).mail;
        let link = self.link.map(|link| format!("{}\n{link}\n\n", w.link_intro));
        format!(
            "{}\n\n    {}\n\n{}\n\n{}{}\n{}\n",
            (w.intro)(self.studio()),
            self.digits,
            w.good_for,
            link.unwrap_or_default(),
            w.tell_nobody,
            w.not_asked,
        )
    }

    fn html(&self) -> String {
        let w = &words::server_words(self.lang).mail;
        let link = self.link.map(|link| {
            format!(
                "<p>{}<br><a href=\"{}\">{}</a></p>",
                escaped(w.link_intro),
                escaped(link),
                escaped(w.link)
            )
        });
        format!(
            "<!doctype html><html lang=\"{}\"><body style=\"font-family:sans-serif;line-height:1.5\"><p>{}</p>\
             <p style=\"font-size:2em;letter-spacing:.15em\"><strong>{}</strong></p><p>{}</p>{}<p>{}<br>{}</p></body></html>",
            self.lang.tag(),
            escaped(&(w.intro)(self.studio())),
            self.digits,
            escaped(w.good_for),
            link.unwrap_or_default(),
            escaped(w.tell_nobody),
            escaped(w.not_asked),
        )
    }

    /// Marked as what it is: nobody was written to.
    pub(super) fn for_terminal(&self) -> String {
        let text = self.text();
        let lines: Vec<String> = text
            .trim_end()
            .lines()
            .map(|line| format!("  | {line}"))
            .collect();
        format!(
            "[demo studio: this e-mail is shown here, and was sent to nobody]\n{}",
            lines.join("\n")
        )
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_studios_name_is_neither_markup_nor_a_header() {
        let contents = Contents {
            lang: Lang::En,
            studio: "Iron & <b>Oak\r\nBcc: all@example.org",
            digits: "012345",
            link: None,
        };
        let message = contents
            .message(&"a@b.example".parse().unwrap(), "ada@c.example")
            .unwrap();
        let sent = String::from_utf8(message.formatted()).unwrap();
        let headers = sent.split("\r\n\r\n").next().unwrap();
        assert!(
            headers.contains("\r\nSubject:") && !headers.contains("\r\nBcc:"),
            "{sent}"
        );
        assert!(!contents.html().contains("<b>"));
        assert!(
            contents
                .message(&"a@b.example".parse().unwrap(), "ada@c.example>, <eve@d.example")
                .is_err()
        );
    }
}
