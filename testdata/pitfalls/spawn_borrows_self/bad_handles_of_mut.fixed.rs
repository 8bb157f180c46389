// edition:2021
use std::future::Future;
use std::sync::mpsc::{channel, Sender};

fn spawn<F: Future<Output = ()> + Send + 'static>(_task: F) {}

async fn pause() {}

struct Counter {
    seen: u32,
    name: String,
    out: Sender<String>,
}

impl Counter {
    // The method changes what is its own; the task only uses handles and reads.
    fn count(&mut self) {
        self.seen += 1;
        let seen = self.seen;
        let out = self.out.clone();
        let name = self.name.clone();
        spawn(async move {
        //    ^^^^^^^^^^ spawn_borrows_self
            pause().await;
            let _ = out.send(format!("{}: {seen}", name));
        });
    }
}

fn main() {
    let (out, lines) = channel();
    let mut counter = Counter { seen: 0, name: "a".to_owned(), out };
    counter.count();
    drop(counter);
    println!("{}", lines.iter().count());
}
