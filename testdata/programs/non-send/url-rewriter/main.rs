mod jobs {
    pub struct Rewriter {
        name: &'static str,
        rewrite: Box<dyn Fn(&str) -> String>,
    }

    impl Rewriter {
        pub fn new(name: &'static str, rewrite: Box<dyn Fn(&str) -> String>) -> Self {
            Rewriter { name, rewrite }
        }

        pub async fn crawl(&self, pages: &[&str]) -> Vec<String> {
            let mut links = Vec::new();
            for page in pages {
                let html = super::rt::fetch(page).await;
                links.push(format!("{}: {}", self.name, (self.rewrite)(&html)));
            }
            links
        }
    }
}

use jobs::Rewriter;

fn rewriters() -> Vec<Rewriter> {
    let prefix = String::from("https://mirror");
    vec![
        Rewriter::new("https", Box::new(|url| url.replace("http:", "https:"))),
        Rewriter::new(
            "mirror",
            Box::new(move |url| url.replace("http://", &format!("{prefix}/"))),
        ),
    ]
}

fn main() {
    for rewriter in rewriters() {
        let task = rt::spawn(async move { rewriter.crawl(&["a", "b/c"]).await });
        for link in task.join().unwrap() {
            println!("{link}");
        }
    }
}

mod rt {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    pub async fn fetch(page: &str) -> String {
        std::thread::yield_now();
        format!("http://site/{page}")
    }

    pub fn block_on<T>(task: impl Future<Output = T>) -> T {
        let mut task = Box::pin(task);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = task.as_mut().poll(&mut cx) {
                return value;
            }
        }
    }

    pub fn spawn<T: Send + 'static>(
        task: impl Future<Output = T> + Send + 'static,
    ) -> std::thread::JoinHandle<T> {
        std::thread::spawn(move || block_on(task))
    }
}
