//! Builds anew what has files of the repository inside when they change.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=migrations");
    if std::env::var_os("CARGO_FEATURE_EMBED").is_some() {
        println!("cargo::rerun-if-changed=../../dist");
        if !Path::new("../../dist/index.html").exists() {
            println!("cargo::error=dist/ is not built: `cargo xtask size` builds and compresses it");
        }
    }
}
