//! A proxy on the demo studio for as long as something is looked at: on a port that is free, with an empty data folder, with
//! none of the person's settings. Knows nothing of what it is asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::error::{Error, Result};
use crate::place::Place;
use crate::run::{command, without_settings};
use crate::target;

/// Ends, and its data is gone, when dropped.
pub(crate) struct Server {
    child: Child,
    data: PathBuf,
    address: String,
}

impl Server {
    /// Returns once it listens.
    pub(crate) fn start(place: &Place) -> Result<Self> {
        Self::start_with(place, &[])
    }

    /// Likewise, with more settings.
    pub(crate) fn start_with(place: &Place, settings: &[(&str, &str)]) -> Result<Self> {
        let data = std::env::temp_dir().join(format!("frontdesk-xtask-{}", std::process::id()));
        let mut proxy = command(place, target::proxy(place), &[]);
        without_settings(&mut proxy)
            .env("FRONTDESK_LISTEN", "127.0.0.1:0")
            .env("FRONTDESK_DIST", place.dist())
            .env("FRONTDESK_DATA", &data)
            .env("RUST_LOG", "warn")
            .envs(settings.iter().copied())
            .stdout(Stdio::piped());
        let child = proxy.spawn().map_err(Error::io("starting the proxy"))?;
        let mut server = Self {
            child,
            data,
            address: String::new(),
        };
        server.address = server.said_address()?;
        Ok(server)
    }

    /// `Frontdesk: open http://127.0.0.1:40123`, its first line.
    fn said_address(&mut self) -> Result<String> {
        let mut line = String::new();
        if let Some(stdout) = self.child.stdout.take() {
            // What it prints after that fits into the pipe, which has to stay open for it.
            let mut stdout = BufReader::new(stdout);
            stdout
                .read_line(&mut line)
                .map_err(Error::io("reading what the proxy says"))?;
            self.child.stdout = Some(stdout.into_inner());
        }
        let address = line
            .trim()
            .split_once("open http://")
            .map(|(_, address)| address.to_owned());
        address.ok_or_else(|| Error::Unreadable("the proxy did not say where it listens".to_owned()))
    }

    /// Host and port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Signs one of the demo's members in: the value of their session's cookie.
    pub(crate) fn sign_in(&self, number: &str, born: &str) -> Result<String> {
        let body = format!("{{\"customerNumber\":\"{number}\",\"dateOfBirth\":\"{born}\"}}");
        let (address, length) = (&self.address, body.len());
        let request = format!(
            "POST /session HTTP/1.0\r\nHost: {address}\r\nOrigin: http://{address}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        let answer = self.send(&request).map_err(Error::io("signing in"))?;
        cookie(&answer).ok_or_else(|| Error::Unreadable("the proxy signed nobody in".to_owned()))
    }

    /// The body that a GET of this path is answered with, uncompressed.
    pub(crate) fn get(&self, path: &str) -> Result<Vec<u8>> {
        let doing = || Error::io(format!("asking the proxy for {path}"));
        let answer = self.ask(path).map_err(doing())?;
        body(&answer).ok_or_else(|| Error::Unreadable(format!("the proxy did not answer {path} with a 200")))
    }

    /// A plain HTTP/1.0 request: no compression, no chunks, the connection's end is the body's end.
    fn ask(&self, path: &str) -> std::io::Result<Vec<u8>> {
        let address = &self.address;
        self.send(&format!(
            "GET {path} HTTP/1.0\r\nHost: {address}\r\nAccept: text/html, */*\r\n\r\n"
        ))
    }

    fn send(&self, request: &str) -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.data);
    }
}

/// The session's cookie that an answer sets.
fn cookie(answer: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(answer);
    let set = text
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: frontdesk="))?;
    Some(set.split(';').next().unwrap_or_default().to_owned())
}

/// What follows the head of an answer with status 200.
fn body(answer: &[u8]) -> Option<Vec<u8>> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let (head, body) = answer.split_at(end);
    let head = std::str::from_utf8(head).ok()?;
    let good = head.lines().next()?.contains(" 200");
    good.then(|| body.get(4..).unwrap_or_default().to_vec())
}

#[cfg(test)]
mod tests {
    use super::{body, cookie};

    #[test]
    fn a_session_is_what_its_cookie_holds() {
        let answer = b"HTTP/1.0 200 OK\r\nset-cookie: frontdesk=abc-_1; Path=/; HttpOnly\r\n\r\n{}";
        assert_eq!(cookie(answer).as_deref(), Some("abc-_1"));
        assert_eq!(cookie(b"HTTP/1.0 401 Unauthorized\r\n\r\n{}"), None);
    }

    #[test]
    fn only_a_200_has_a_body_and_it_is_taken_byte_for_byte() {
        assert_eq!(
            body(b"HTTP/1.0 200 OK\r\na: b\r\n\r\n\0\xff\r\n\r\nx"),
            Some(b"\0\xff\r\n\r\nx".to_vec())
        );
        assert_eq!(body(b"HTTP/1.0 404 Not Found\r\n\r\nno"), None);
        assert_eq!(body(b""), None);
    }
}
