//! Pictures are part of the program: a new or changed one makes it anew, which cargo would not see by itself.

fn main() {
    println!("cargo::rerun-if-changed=pictures");
}
