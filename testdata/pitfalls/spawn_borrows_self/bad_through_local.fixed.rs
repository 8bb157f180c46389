// edition:2021
use std::path::PathBuf;

struct Index {
    root: PathBuf,
    kinds: Vec<String>,
}

async fn scan(folder: PathBuf, kind: &str) -> String {
    format!("{}/*.{kind}", folder.display())
}

impl Index {
    fn start(&self) -> Vec<rt::Task<String>> {
    //       ----- belongs to the caller
        let root = &self.root;
        self.kinds
            .iter()
            .map(|kind| {
                let root = root.clone();
                let kind = kind.clone();
                rt::spawn(async move { scan(root.join("src"), &kind).await })
            })
            //                    ^^^^^^^^^^ spawn_borrows_self
            .collect()
    }
}

fn main() {
    let index = Index {
        root: PathBuf::from("a"),
        kinds: vec!["rs".to_string(), "c".to_string()],
    };
    for task in index.start() {
        println!("{}", rt::block_on(task));
    }
}

// A runtime that runs each task on a thread of its own.
mod rt {
    use std::future::Future;
    use std::pin::{pin, Pin};
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Poll, Waker};

    pub struct Task<T>(Arc<Mutex<Option<T>>>);

    impl<T> Future for Task<T> {
        type Output = T;
        fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
            context.waker().wake_by_ref();
            self.0.lock().unwrap().take().map_or(Poll::Pending, Poll::Ready)
        }
    }

    pub fn spawn<F>(future: F) -> Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let slot = Arc::new(Mutex::new(None));
        let done = Arc::clone(&slot);
        std::thread::spawn(move || {
            let value = block_on(future);
            *done.lock().unwrap() = Some(value);
        });
        Task(slot)
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
            std::thread::yield_now();
        }
    }
}
