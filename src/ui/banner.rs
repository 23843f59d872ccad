//! A line across the whole screen that holds for as long as something is so: a demo, no connection.

use super::html::{Element, Text, el};
use super::{Icon, Tone, icon};

/// What holds from the start, and is not announced.
pub fn banner(text: impl Into<Text>, tone: Tone, sign: Icon) -> Element {
    draw(text.into(), tone, sign, "complementary")
}

/// What comes and goes; gone while `text` is empty. Its element stays, so that a text that comes up later is announced.
pub fn live_banner(text: impl Into<Text>, tone: Tone, sign: Icon) -> Element {
    draw(text.into(), tone, sign, "status")
}

fn draw(text: Text, tone: Tone, sign: Icon, role: &'static str) -> Element {
    let line = (!text.is_empty()).then(|| el("p").class("banner-text").child(icon(sign)).child(text));
    el("div")
        .class("banner")
        .attr("data-tone", tone.name())
        .attr("role", role)
        .child(line)
}
