// edition:2021
use std::future::Future;

fn spawn<F: Future<Output = ()> + Send + 'static>(_future: F) {}

async fn links(page: u32) -> Vec<u32> {
    vec![page + 1]
}

fn crawl(page: u32, depth: u32) -> impl Future<Output = ()> + Send {
    async move {
        for link in links(page).await {
            if depth > 0 {
                spawn(crawl(link, depth - 1));
                //    ^^^^^^^^^^^^^^^^^^^^^^ async_recursion_send_cycle
            }
        }
    }
}

fn main() {
    spawn(crawl(1, 2));
}
