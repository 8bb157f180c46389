// edition:2021
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

trait Bus: Send + Sync {
    fn publish(&self, text: &str) -> impl Future<Output = ()> + Send; // to all
    //       ^^^^^^^ trait_future_not_send
    fn flush(&self) -> impl Future<Output = ()> + Send;
    //       ^^^^^ trait_future_not_send
}

// Sends it off.
fn send<B: Bus + 'static>(bus: Arc<B>) {
    spawn(async move {
        bus.publish("hello").await;
        bus.flush().await;
    });
}

impl Bus for () {
    async fn publish(&self, _text: &str) {}
    async fn flush(&self) {}
}

fn main() {
    send(Arc::new(()));
}
