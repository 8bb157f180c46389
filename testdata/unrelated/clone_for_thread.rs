// edition:2021
// E0382 and E0507: a thread takes what is used again, and what is only borrowed.
use std::sync::Arc;
use std::thread;

struct Board {
    scores: Arc<Vec<u32>>,
}

impl Board {
    fn show(&self) {
        let scores = self.scores;
        thread::spawn(move || println!("{}", scores.len()));
    }
}

async fn count(board: Board) -> usize {
    let scores = board.scores;
    let copy = scores;
    let counted = thread::spawn(move || copy.len()).join();
    counted.unwrap_or(0) + scores.len()
}

fn main() {
    let board = Board { scores: Arc::default() };
    board.show();
    drop(count(board));
}
