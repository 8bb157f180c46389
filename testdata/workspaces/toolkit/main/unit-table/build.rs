//! Turns `units.txt` into a table, names the build and says how wide the table is.

use std::{env, fmt::Write, fs, path::PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=units.txt");
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let text = fs::read_to_string(folder.join("units.txt")).expect("units.txt is readable");
    let rows: Vec<(&str, &str)> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .collect();
    let mut table = String::from("pub const UNITS: &[(&str, u64)] = &[\n");
    for (name, factor) in &rows {
        writeln!(table, "    ({name:?}, {factor}),").expect("a string takes everything");
    }
    table.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("units.rs"), table).expect("OUT_DIR is writable");
    println!("cargo::rustc-env=TOOLKIT_BUILD=units-{}", rows.len());
    if rows.len() > 3 {
        println!("cargo::rustc-cfg=wide_table");
    }
}
