// edition:2021
// E0308: a value where a reference is expected, and the other way round; all is awaited.
async fn length(text: &String) -> usize {
    text.len()
}

async fn keep(text: String) -> String {
    text
}

async fn both(text: &String) -> usize {
    let kept = keep(text).await;
    length(kept).await
}

fn main() {
    drop(both(&String::new()));
}
