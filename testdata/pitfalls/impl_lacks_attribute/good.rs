// edition:2021
// Attributes of the language and of tools say nothing of the methods' form.
#[allow(async_fn_in_trait)]
#[rustfmt::skip]
pub trait Queue {
    async fn push(&self, item: String) -> usize;
}

pub struct Null;

impl Queue for Null {
    async fn push(&self, item: String) -> usize {
        item.len()
    }
}

fn main() {}
