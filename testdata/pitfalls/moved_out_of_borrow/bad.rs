// edition:2021
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Board {
    scores: Arc<Vec<u32>>,
}

impl Board {
    fn publish(&self) {
        let scores = self.scores;
        //           ^^^^^^^^^^^ moved_out_of_borrow
        spawn(async move { send(&scores).await });
    }
}

async fn send(_scores: &[u32]) {}

fn main() {
    let board = Board { scores: Arc::new(vec![3, 1]) };
    board.publish();
    board.publish();
}
