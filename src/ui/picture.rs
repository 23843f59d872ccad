//! A picture, or what stands in for one.

use wasm_bindgen::JsCast;
use web_sys::Event;

use super::html::{Element, el};

/// How soon a picture is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PictureFit {
    /// In a grid: fetched when it comes near the window, after what the page needs to work.
    #[default]
    Lazy,
    /// On top of the screen: fetched at once.
    Eager,
}

/// Width and height that pictures are asked for at, CSS px: 16 to 9, so that nothing jumps when they arrive.
const SIZE: (&str, &str) = ("640", "360");

/// How many looks the stand-in has (see `style/picture.css`).
const TONES: usize = 5;

/// A decorative picture over a drawn stand-in, which shows while it loads, when there is none, and when it fails. The
/// first letter of the title marks the stand-in, and the title gives it one of five looks, always the same.
pub fn picture(src: Option<String>, title: &str, fit: PictureFit) -> Element {
    let lazy = fit == PictureFit::Lazy;
    let image = |src: String| {
        el("img")
            .class("picture-image")
            .attr("loading", if lazy { "lazy" } else { "eager" })
            .attr("decoding", "async")
            .attr("fetchpriority", if lazy { "low" } else { "auto" })
            .attr("width", SIZE.0)
            .attr("height", SIZE.1)
            .attr("alt", "")
            .attr("src", src)
            .on("error", |event| hide(&event))
    };
    el("span")
        .class("picture")
        .attr("data-tone", tone(title).to_string())
        .attr("aria-hidden", "true")
        .child(el("span").class("picture-mark").child(mark(title)))
        .child(src.map(image))
}

/// The stand-in shows again. The class stays when the screen is drawn again: nothing means it any different.
fn hide(event: &Event) {
    if let Some(image) = event
        .target()
        .and_then(|image| image.dyn_into::<web_sys::Element>().ok())
    {
        // Fails only for a name with a space in it.
        let _ = image.class_list().add_1("broken");
    }
}

/// Made large by the style sheet: the tables for that are not in the bundle.
fn mark(title: &str) -> String {
    let letter = title
        .chars()
        .find(|c| !c.is_whitespace() && !c.is_ascii_punctuation());
    letter.map(String::from).unwrap_or_default()
}

fn tone(title: &str) -> usize {
    title
        .bytes()
        .fold(0, |sum, byte| (sum * 7 + usize::from(byte)) % 9973)
        % TONES
}
