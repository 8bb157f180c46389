pub const TEXT: &str = "brace } // not a comment \" -> [return: bb1]";
pub static BYTES: &[u8] = b"\x01}{ // ";
pub static mut COUNT: u32 = 3;
pub const fn next(n: u8) -> u8 {
    n + 1
}
pub const TABLE: [u8; next(3) as usize] = [1; 4];
pub enum Shape {
    Dot,
    Named(u8, String),
    Rect { x: i32, text: &'static str },
}
pub fn shapes(s: Shape) -> Shape {
    match s {
        Shape::Dot => Shape::Rect { x: -3, text: "} // \"" },
        Shape::Named(n, ref t) if n > 3 => Shape::Named(n, t.clone()),
        Shape::Named(..) => Shape::Dot,
        Shape::Rect { x, text } => Shape::Rect { text, x },
    }
}
pub fn slices(v: &[u8], f: fn(u8) -> [u8; 3]) -> u8 {
    let g = slices as fn(&[u8], fn(u8) -> [u8; 3]) -> u8;
    match v {
        [first, .., last] => first / last + g(v, f),
        [one] => f(*one)[*one as usize],
        [] => std::process::exit(3),
    }
}
pub fn chars(c: char) -> u64 {
    let mut x: u64 = 0;
    match c {
        '\'' => {}
        '"' => x = 1,
        'a'..='z' => unsafe { std::arch::asm!("mov {0}, 5 // }} -> [", "nop /* \" */", out(reg) x) },
        _ => x = unsafe { u64::from(*&raw const COUNT) },
    }
    x
}
