// edition:2021
// Where a function cannot become async: constants, statics, other languages, macros.
// add: SIZE_OF stops at no function
// add: align stops at const
// add: callback stops at extern
// add: generated stops at macro
// add: main stops at main
// add: Level::fmt stops at Display
// add: rounded stops at macro
// add: missing::name stops at missing::name
// add: twin stops at may be any of
use std::fmt;

const SIZE_OF: usize = align(13);

const fn align(n: usize) -> usize {
    (n + 7) & !7
}

extern "C" fn callback(n: i32) -> i32 {
    n + 1
}

macro_rules! make {
    ($name:ident, $value:expr) => {
        fn $name() -> i32 {
            rounded($value)
        }
    };
}

make!(generated, 17);

fn rounded(n: i32) -> i32 {
    n / 10 * 10
}

struct Level(i32);

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "level {}", self.0)
    }
}

mod left {
    pub fn twin() -> &'static str {
        "left"
    }
}

mod right {
    pub fn twin() -> &'static str {
        "right"
    }
}

fn apply(f: extern "C" fn(i32) -> i32, n: i32) -> i32 {
    f(n)
}

fn main() {
    println!("{SIZE_OF} {}", apply(callback, 4));
    println!("{} {}", generated(), Level(3));
    println!("{} {}", left::twin(), right::twin());
}
