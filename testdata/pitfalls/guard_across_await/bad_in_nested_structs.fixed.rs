// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_count: usize) {}

mod store {
    use std::sync as sync;
    use sync::{Mutex, MutexGuard as Locked};

    type Rows<'a, T> = Locked<'a, Vec<T>>;

    pub struct Txn<'a, T> {
        rows: Rows<'a, T>,
    }

    impl<'a, T> Txn<'a, T> {
        pub fn new(rows: &'a Mutex<Vec<T>>) -> Self {
            Txn { rows: rows.lock().unwrap() }
        }

        pub fn len(&self) -> usize {
            self.rows.len()
        }
    }
}

struct Request<'a> {
    id: u32,
    txn: Option<Box<store::Txn<'a, u32>>>,
}

async fn handle(rows: Arc<Mutex<Vec<u32>>>) {
    let count = {
        let request = Request { id: 7, txn: Some(Box::new(store::Txn::new(&rows))) };
        //  ^^^^^^^ guard_across_await
        request.txn.as_ref().map_or(request.id as usize, |txn| txn.len())
    };
    send(count).await;
    //          ----- still held at this await
}

fn main() {
    spawn(handle(Arc::default()));
}
