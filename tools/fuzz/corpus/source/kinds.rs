// Types of each kind that rustc prints the size of. The unused functions' types are listed
// because an async fn holds them.
use std::num::NonZeroU8;

pub union Either {
    whole: u32,
    parts: (u8, u16),
    none: (),
}

#[repr(C)]
pub struct InOrder(u8, u32, u16);

#[repr(packed)]
pub struct Packed {
    byte: u8,
    word: u32,
}

pub enum Tagged {
    Unit,
    Tuple(u8, u64),
    Struct { text: String, flag: bool },
}

pub enum Niche {
    Some(NonZeroU8),
    None,
}

pub enum Nested {
    Both(u32, u32, bool),
    One(u32),
}

pub struct Values(pub Either, pub InOrder, pub Packed, pub Tagged, pub Niche, pub Nested);

pub async fn leaf(text: &str) {
    if text.is_empty() {
        Box::pin(leaf("a")).await
    }
}

pub async fn states(values: Values, bytes: [u8; 3]) -> usize {
    let pair = (1u8, 2u32);
    leaf("b").await;
    let borrowed = &pair;
    for at in 0..bytes.len() {
        leaf("c").await;
        let _both = (at, borrowed);
    }
    let add = move |n: u8| n + values.2.byte;
    let block = async {
        let closure = async |_n: u8| leaf("d").await;
        closure(add(1)).await
    };
    block.await;
    bytes.len()
}
