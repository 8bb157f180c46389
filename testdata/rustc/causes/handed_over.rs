// Values on their way into a future, and near-misses.
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_: F) {}
async fn run(_: Arc<str>) {}

struct Board {
    title: Arc<str>,
}

impl Board {
    fn by_variable(&self) {
        let title = self.title;
        spawn(async move { run(title).await });
    }
    fn at_once(&self) {
        spawn(run(self.title));
    }
    async fn on_the_spot(&self) {
        let title = self.title;
        run(title).await;
    }
    fn to_thread(&self) {
        let title = self.title;
        std::thread::spawn(move || drop(title));
    }
}

fn used_again(title: Arc<str>) -> Arc<str> {
    let mut own = title;
    spawn(async move {
        own = "".into();
        run(own).await
    });
    title
}

fn wanted_later(title: Arc<str>) -> Arc<str> {
    let kept = title;
    spawn(async move { run(title).await });
    kept
}

fn each_round(title: Arc<str>) {
    loop {
        let own = title;
        spawn(async move { run(own).await });
    }
}

fn given_elsewhere(title: Arc<str>) {
    drop(title);
    let own = title;
    spawn(async move { run(own).await });
}

fn while_borrowed(title: Arc<str>) {
    let look = &title;
    let own = title;
    spawn(async move { run(own).await });
    println!("{look}");
}

fn sync(title: Arc<str>) -> Arc<str> {
    let own = title;
    drop(own);
    title
}
