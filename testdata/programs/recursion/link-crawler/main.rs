use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

#[derive(Default)]
struct Site {
    seen: Mutex<BTreeSet<u32>>,
}

impl Site {
    fn first_visit(&self, page: u32) -> bool {
        self.seen.lock().unwrap().insert(page)
    }

    async fn links(&self, page: u32) -> Vec<u32> {
        web::yield_now().await;
        match page {
            0..=6 => vec![page * 2 + 1, page * 2 + 2],
            _ => vec![page / 4],
        }
    }
}

async fn crawl(site: Arc<Site>, page: u32, depth: u32) {
    if depth == 0 || !site.first_visit(page) {
        return;
    }
    let mut tasks = Vec::new();
    for link in site.links(page).await {
        let site = Arc::clone(&site);
        tasks.push(web::spawn(crawl(site, link, depth - 1)));
    }
    for task in tasks {
        task.await;
    }
}

fn main() {
    let site = Arc::new(Site::default());
    web::block_on(crawl(Arc::clone(&site), 0, 3));
    let seen = site.seen.lock().unwrap();
    println!("{} pages: {:?}", seen.len(), seen);
}

mod web {
    use std::future::Future;
    use std::pin::{pin, Pin};
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Poll, Wake, Waker};
    use std::thread;

    struct Unpark(thread::Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut cx = Context::from_waker(&waker);
        loop {
            match future.as_mut().poll(&mut cx) {
                Poll::Ready(value) => return value,
                Poll::Pending => thread::park(),
            }
        }
    }

    type Slot<T> = Arc<Mutex<(Option<T>, Option<Waker>)>>;

    pub struct JoinHandle<T>(Slot<T>);

    impl<T> Future for JoinHandle<T> {
        type Output = T;
        fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
            let mut cell = self.0.lock().unwrap();
            cell.1 = Some(cx.waker().clone());
            cell.0.take().map_or(Poll::Pending, Poll::Ready)
        }
    }

    pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let cell: Slot<F::Output> = Arc::new(Mutex::new((None, None)));
        let done = Arc::clone(&cell);
        thread::spawn(move || {
            let value = block_on(future);
            let mut slot = done.lock().unwrap();
            slot.0 = Some(value);
            if let Some(waker) = slot.1.take() {
                waker.wake();
            }
        });
        JoinHandle(cell)
    }

    pub async fn yield_now() {
        let mut polled = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut polled, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
