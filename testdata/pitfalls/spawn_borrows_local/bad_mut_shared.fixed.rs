// edition:2018
use std::collections::HashMap;
use std::sync::Arc;

struct Ctx {
    names: HashMap<u32, String>,
    prefix: String,
}

async fn lookup(ctx: &Ctx, id: u32) -> String {
    format!("{}{}", ctx.prefix, ctx.names[&id])
}

async fn run() {
    let mut ctx = Ctx {
    //      --- belongs to this function
        names: HashMap::new(),
        prefix: "#".to_string(),
    };
    ctx.names.insert(1, "one".to_string());
    ctx.names.insert(2, "two".to_string());
    let mut tasks = Vec::new();
    let ctx = Arc::new(ctx);
    for id in vec![1, 2] {
    let ctx = Arc::clone(&ctx);
    //  -- belongs to this function
        let task = rt::spawn(async move {
        //                   ^^^^^ spawn_borrows_local
            let name = lookup(&ctx, id).await;
            format!("{}!", name)
        });
        tasks.push(task);
    }
    for task in tasks {
        println!("{}", task.await);
    }
    println!("{}", ctx.prefix);
}

fn main() {
    rt::block_on(run());
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
