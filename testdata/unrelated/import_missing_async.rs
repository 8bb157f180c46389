// edition:2021
// E0433: a type that has nothing to do with futures is not imported, in an async function.
async fn count(words: &[&str]) -> usize {
    let mut seen = HashMap::new();
    for word in words {
        *seen.entry(*word).or_insert(0) += 1;
    }
    seen.len()
}

fn main() {
    drop(count(&["a"]));
}
