// edition:2021
use std::future::Future;
use std::pin::Pin;

trait Store: Send + Sync {
    fn get<'a>(&'a self, key: &'a str) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>>;
}

struct Mem;
impl Store for Mem {
    fn get<'a>(&'a self, key: &'a str) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>> {
        Box::pin(async move { key.len() })
    }
}

async fn join_all<I>(futures: I) -> Vec<usize>
where
    I: IntoIterator,
    I::Item: Future<Output = usize>,
{
    let mut out = Vec::new();
    for future in futures {
        out.push(future.await);
    }
    out
}

async fn total(store: &dyn Store, keys: &[String]) -> usize {
    join_all(keys.iter().map(|key| store.get(key))).await.len()
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ send_not_general_enough
}

fn main() {
    rt::block_on(async {
        rt::spawn(async {
            let keys = vec!["a".to_string()];
            println!("{}", total(&Mem, &keys).await);
        });
    });
}

mod rt {
    use std::future::Future;
    use std::pin::{pin, Pin};
    use std::sync::Mutex;
    use std::task::{Context, Poll, Waker};

    type Task = Pin<Box<dyn Future<Output = ()> + Send>>;
    static QUEUE: Mutex<Vec<Task>> = Mutex::new(Vec::new());

    pub fn spawn<F: Future<Output = ()> + Send + 'static>(future: F) {
        QUEUE.lock().unwrap().push(Box::pin(future));
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        let value = loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                break value;
            }
        };
        loop {
            let tasks = std::mem::take(&mut *QUEUE.lock().unwrap());
            if tasks.is_empty() {
                return value;
            }
            for mut task in tasks {
                while task.as_mut().poll(&mut context).is_pending() {}
            }
        }
    }
}
