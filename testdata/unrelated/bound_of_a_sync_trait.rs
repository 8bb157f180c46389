// edition:2024
// E0277: a bound that has nothing to do with threads, within an async function.
use std::collections::HashMap;

#[derive(PartialEq)]
struct Sku(String);

async fn stock(levels: &mut HashMap<Sku, u32>, sku: Sku) -> u32 {
    *levels.entry(sku).or_default()
}

fn main() {
    drop(stock(&mut HashMap::new(), Sku(String::new())));
}
