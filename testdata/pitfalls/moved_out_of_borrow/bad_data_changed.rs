// edition:2021
// What the future adds to a clone is not in the original: whether that is meant is for the
// programmer to say.
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Batch {
    rows: Vec<u32>,
}

async fn store(_rows: &[u32]) {}

impl Batch {
    fn finish(&mut self) {
        let mut rows = self.rows;
        //             ^^^^^^^^^ moved_out_of_borrow
        spawn(async move {
            rows.push(0);
            store(&rows).await;
        });
    }
}

fn main() {
    let mut batch = Batch { rows: vec![1] };
    batch.finish();
    println!("{}", batch.rows.len());
}
