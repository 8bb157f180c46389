// edition:2024
// The sender is in what many share, and the future sends by a `mut` one.
use std::future::Future;
use std::sync::Arc;

#[derive(Clone)]
struct Sender<T>(std::sync::mpsc::Sender<T>);

impl<T> Sender<T> {
    async fn send(&mut self, value: T) {
        self.0.send(value).ok();
    }
}

struct Inner {
    tx: Sender<u32>,
}

struct Client {
    inner: Arc<Inner>,
}

impl Client {
    fn request(&mut self, id: u32) -> impl Future<Output = u32> + use<> {
        let mut tx = self.inner.tx.clone();
        //           ^^^^^^^^^^^^^ moved_out_of_borrow
        async move {
            tx.send(id).await;
            id
        }
    }
}

fn main() {
    let (tx, rx) = std::sync::mpsc::channel();
    let mut client = Client { inner: Arc::new(Inner { tx: Sender(tx) }) };
    drop(client.request(1));
    drop(rx);
}
