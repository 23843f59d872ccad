//! Writes the seeds of all parsers as libFuzzer reads them, one a file: `seeds FOLDER` makes `FOLDER/<parser>/`.

#[path = "../targets/mod.rs"]
mod targets;

use std::path::Path;

fn main() {
    let folder = std::env::args().nth(1).expect("the folder to write to");
    for target in targets::ALL {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("seeds")
            .join(target.name);
        let lines = std::fs::read_to_string(here).unwrap();
        let seeds = lines.lines().map(targets::line).chain((target.made)());
        let into = Path::new(&folder).join(target.name);
        std::fs::create_dir_all(&into).unwrap();
        for (number, seed) in seeds.enumerate() {
            std::fs::write(into.join(format!("seed-{number}")), seed).unwrap();
        }
    }
}
