//! A text as a QR code (ISO/IEC 18004), drawn in SVG: dark on white whatever is around it, as cameras want it, with the
//! quiet zone that belongs to it. As large as whoever shows it makes it.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// Modules of white on each side.
const QUIET: usize = 4;

/// `None` where it is longer than any code holds.
pub(crate) fn svg(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        draw_row(&mut path, row, y + QUIET);
    }
    let size = width + 2 * QUIET;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

/// A rectangle for each run of dark modules.
fn draw_row(path: &mut String, row: &[Color], y: usize) {
    let mut x = QUIET;
    for run in row.chunk_by(|one, next| one == next) {
        let length = run.len();
        if run.first() == Some(&Color::Dark) {
            // Writing to a String cannot fail.
            let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
        }
        x += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_no_size_of_its_own_and_white_around_it() {
        let drawn = svg("https://book.iron.example/services/7").unwrap();
        assert!(drawn.contains("viewBox=\"0 0 ") && !drawn.contains("width=") && !drawn.contains("height="));
        assert!(
            drawn.contains("d=\"M4 4h7v1h-7z"),
            "the corner's first row: {drawn}"
        );
        assert!(!drawn.contains("d=\"M0 0h1v1") && drawn.len() < 20_000);
    }

    #[test]
    fn what_no_code_holds_is_none() {
        assert!(svg(&"x".repeat(2332)).is_none());
    }
}
