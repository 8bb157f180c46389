// edition:2021
use std::future::Future;
use std::pin::Pin;

async fn links(page: u32) -> Vec<u32> {
    vec![page + 1]
}

fn count(page: u32) -> impl Future<Output = u32> + Send {
    async move {
        let mut sum = 1;
        for link in links(page).await {
            // The box says that what is in it is `Send`.
            let inner: Pin<Box<dyn Future<Output = u32> + Send>> = Box::pin(count(link));
            //                                                     ^^^^^^^^^^^^^^^^^^^^^ async_recursion_send_cycle
            sum += inner.await;
        }
        sum
    }
}

fn main() {
    drop(count(1));
}
