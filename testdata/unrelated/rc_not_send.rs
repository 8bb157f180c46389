// edition:2021
// Not Send because of an Rc; the guard nearby is gone before the await.
use std::future::Future;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

fn spawn<F: Future<Output = ()> + Send + 'static>(_: F) {}

async fn send(_: usize) {}

fn main() {
    let total = Arc::new(Mutex::new(0));
    spawn(async move {
        let name = Rc::new(String::from("ada"));
        {
            let mut total = total.lock().unwrap();
            *total += name.len();
        }
        send(name.len()).await;
        println!("{name}");
    });
}
