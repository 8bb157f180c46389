// edition:2021
use std::time::Duration;
mod executor {
    use std::future::Future;
    pub fn block_on<F: Future>(f: F) -> F::Output {
        let mut f = std::pin::pin!(f);
        let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
        loop { if let std::task::Poll::Ready(x) = f.as_mut().poll(&mut cx) { return x } }
    }
}
async fn sleep(_d: Duration) {}
async fn price(item: &str) -> Result<u32, String> {
    sleep(Duration::from_millis(1)).await;
    match item { "tea" => Ok(3), "rum" => Err("sold out".to_string()), _ => Ok(1) }
}
fn main() {
    let mut total = 0;
    for item in ["tea", "rum", "bun"] {
        match price(item).await {
        //                ^^^^^ await_outside_async
            Ok(p) => { total += p; println!("{item}: {}", price(item).await.unwrap()); }
            Err(e) => println!("{item}: {e}"),
        }
    }
    println!("total {total}");
}
