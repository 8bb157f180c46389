// edition:2021
// Given to the future at once, without a variable in between.
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

#[derive(Clone)]
struct Journal {
    path: String,
}

async fn flush(journal: Journal) {
    println!("{}", journal.path);
}

struct Store {
    journal: Journal,
}

impl Store {
    fn close(&self) {
        spawn(flush(self.journal.clone()));
        //          ^^^^^^^^^^^^ moved_out_of_borrow
    }
}

fn main() {
    Store { journal: Journal { path: "log".to_string() } }.close();
}
