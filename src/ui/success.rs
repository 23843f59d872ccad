//! It worked: a large tick that draws itself once, or stands there at once where motion is unwanted (`style/success.css`).

use super::html::{Element, svg};

/// The tick. Say what worked in words beside it.
pub fn success_tick() -> Element {
    let ring = svg("circle")
        .class("success-ring")
        .attr("cx", "36")
        .attr("cy", "36")
        .attr("r", "32")
        .attr("pathLength", "1");
    let stroke = svg("path")
        .class("success-stroke")
        .attr("d", "M22 37.5l10 10 19-21")
        .attr("pathLength", "1");
    svg("svg")
        .class("success-tick")
        .attr("viewBox", "0 0 72 72")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(ring)
        .child(stroke)
}
