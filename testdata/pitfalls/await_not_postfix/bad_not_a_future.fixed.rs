// edition:2021
// What is awaited is no future: the await goes, as it would where it is written behind.
use std::collections::HashMap;

async fn look_up(table: &HashMap<String, u32>) -> u32 {
    let found = table.get("a").copied();
    //          ^^^^^ await_not_postfix
    found.unwrap_or(0)
}

fn main() {
    drop(look_up(&HashMap::new()));
}
