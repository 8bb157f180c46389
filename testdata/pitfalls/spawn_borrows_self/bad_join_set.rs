// edition:2021
struct JoinSet<T>(Vec<rt::Task<T>>);

impl<T: Send + 'static> JoinSet<T> {
    fn new() -> Self {
        JoinSet(vec![])
    }
    fn spawn<F: std::future::Future<Output = T> + Send + 'static>(&mut self, f: F) {
        self.0.push(rt::spawn(f));
    }
    async fn join_all(self) -> Vec<T> {
        let mut out = vec![];
        for t in self.0 {
            out.push(t.await);
        }
        out
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    id: u32,
    cells: Vec<String>,
}

async fn render(row: &Row, sep: &str) -> String {
    format!("{}:{}", row.id, row.cells.join(sep))
}

pub struct Table {
    rows: Vec<Row>,
    sep: String,
}

impl Table {
    pub async fn render_all(&self) -> Vec<String> {
    //                      ----- belongs to the caller
        let mut set = JoinSet::new();
        for row in self.rows.iter().filter(|row| row.id > 0) {
            set.spawn(render(row, &self.sep));
            //        ^^^^^^^^^^^^^^^^^^^^^^ spawn_borrows_self
        }
        set.join_all().await
    }
}

fn main() {
    let table = Table {
        rows: vec![
            Row {
                id: 1,
                cells: vec!["a".into(), "b".into()],
            },
            Row {
                id: 0,
                cells: vec![],
            },
        ],
        sep: "|".into(),
    };
    println!("{:?}", rt::block_on(table.render_all()));
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
            self.0
                .lock()
                .unwrap()
                .take()
                .map_or(Poll::Pending, Poll::Ready)
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
