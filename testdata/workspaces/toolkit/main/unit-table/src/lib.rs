//! Unit names and factors, generated when the crate is built.

include!(concat!(env!("OUT_DIR"), "/units.rs"));

mod lookup;

pub use lookup::{lookups, Lookup};

/// Names this build.
pub const BUILD: &str = env!("TOOLKIT_BUILD");

/// The file the table was made of.
pub const SOURCE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/units.txt"));

#[cfg(wide_table)]
pub const LARGEST: &str = "gib";
#[cfg(not(wide_table))]
pub const LARGEST: &str = "mib";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_follows_its_source() {
        assert_eq!(BUILD, "units-4");
        assert_eq!(UNITS.len(), SOURCE.lines().count() - 1);
        assert_eq!(UNITS.last().map(|unit| unit.0), Some(LARGEST));
    }
}
