// edition:2021
async fn names() -> Vec<String> {
    Vec::new()
}

async fn greet() {
    for name in names().await {
        println!("{name}");
    }
    for future in [names(), names()] {
        drop(future.await);
    }
}

fn main() {
    drop(greet());
}
