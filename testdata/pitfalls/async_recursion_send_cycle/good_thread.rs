// edition:2024
// A thread asks whether the closure is `Send`, and that one holds two numbers.
async fn crawl(page: u32, depth: u32) {
    if depth > 0 {
        std::thread::spawn(move || {
            let next = crawl(page + 1, depth - 1);
            drop(next);
        });
    }
}

fn main() {
    drop(crawl(1, 2));
}
