use std::future::Future;
use std::pin::Pin;

#[derive(Clone)]
struct Menu {
    title: &'static str,
    items: Vec<Menu>,
}

fn menu(title: &'static str, items: Vec<Menu>) -> Menu {
    Menu { title, items }
}

async fn translate(title: &str) -> String {
    work::sleep_ms(1).await;
    title.replace("e", "3")
}

fn outline(menu: Menu, depth: usize) -> Pin<Box<dyn Future<Output = Vec<String>> + Send>> {
    Box::pin(async move {
        let mut lines = vec![format!("{}{}", "  ".repeat(depth), translate(menu.title).await)];
        for item in menu.items {
            lines.extend(outline(item, depth + 1).await);
        }
        lines
    })
}

async fn count(menu: &Menu) -> usize {
    let mut total = 1;
    for item in &menu.items {
        total += Box::pin(count(item)).await;
    }
    total
}

fn main() {
    let file = menu("File", vec![menu("Open", vec![]), menu("Recent", vec![menu("a.txt", vec![])])]);
    let lines = work::spawn(outline(file.clone(), 0));
    let total = work::spawn(async move { count(&file).await });
    for line in lines.join().unwrap() {
        println!("{}", line);
    }
    println!("{} entries", total.join().unwrap());
}

mod work {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    use std::thread;

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            thread::yield_now();
        }
    }

    pub fn spawn<F>(future: F) -> thread::JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        thread::spawn(move || block_on(future))
    }

    pub async fn sleep_ms(ms: u64) {
        let until = std::time::Instant::now() + std::time::Duration::from_millis(ms);
        std::future::poll_fn(|_| {
            if std::time::Instant::now() < until {
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        })
        .await
    }
}
