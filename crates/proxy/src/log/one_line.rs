//! A line of the log is a line: whatever comes from outside into it, it begins no other and colours nothing.

use std::io::{Result, Write};

use tracing_subscriber::fmt::MakeWriter;

/// Writes events, each of which comes whole and ends with a line's end.
#[derive(Clone, Debug)]
pub(super) struct OneLine<W>(pub(super) W);

impl<'a, W: MakeWriter<'a>> MakeWriter<'a> for OneLine<W> {
    type Writer = OneLine<W::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        OneLine(self.0.make_writer())
    }
}

impl<W: Write> Write for OneLine<W> {
    fn write(&mut self, event: &[u8]) -> Result<usize> {
        let line = event.strip_suffix(b"\n").unwrap_or(event);
        if line.iter().all(|byte| !is_control(*byte)) {
            self.0.write_all(event)?;
        } else {
            let mut plain: Vec<u8> = line
                .iter()
                .map(|byte| if is_control(*byte) { b'?' } else { *byte })
                .collect();
            plain.push(b'\n');
            self.0.write_all(&plain)?;
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> Result<()> {
        self.0.flush()
    }
}

/// Escape is what a terminal's colours, and worse, begin with.
fn is_control(byte: u8) -> bool {
    byte.is_ascii_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(event: &str) -> String {
        let mut lines = OneLine(Vec::new());
        lines.write_all(event.as_bytes()).unwrap();
        String::from_utf8(lines.0).unwrap()
    }

    #[test]
    fn what_would_be_a_second_line_or_a_colour_is_neither() {
        assert_eq!(written("INFO größer id=7\n"), "INFO größer id=7\n");
        assert_eq!(
            written("INFO a\r\nERROR forged\u{1b}[31m\n"),
            "INFO a??ERROR forged?[31m\n"
        );
    }
}
