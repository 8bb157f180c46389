// edition:2021
use std::fmt::Display;
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_text: String) {}

struct Cache<T> {
    items: Vec<T>,
}

impl<T: Display + 'static> Cache<T> {
//   ^^^^^^^^^^^^^^^^^^^^ missing_send_bound
    fn publish(self: Arc<Self>) {
        spawn(async move {
            for item in &self.items {
            //          ----------- the future holds it
                send(item.to_string()).await;
                //                     ----- held at this await
            }
        });
    }
}

fn main() {
    Arc::new(Cache { items: vec![1] }).publish();
}
