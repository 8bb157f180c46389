// edition:2021
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_scores: &[u32]) {}

struct Board {
    scores: Arc<Vec<u32>>,
    pending: Vec<u32>,
    last: Option<Vec<u32>>,
    id: u32,
}

impl Board {
    fn cloned(&self) {
        let scores = self.scores.clone();
        spawn(async move { send(&scores).await });
    }

    fn taken(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let last = self.last.take();
        spawn(async move { send(&last.unwrap_or(pending)).await });
    }

    async fn borrowed(&self) {
        let scores = &self.scores;
        send(scores).await;
    }

    // A number is copied.
    fn copied(&self) {
        let id = self.id;
        spawn(async move { send(&[id]).await });
    }

    // It owns all of itself.
    fn owned(self) {
        let pending = self.pending;
        spawn(async move { send(&pending).await });
    }
}

fn main() {
    let mut board = Board { scores: Arc::default(), pending: vec![], last: None, id: 1 };
    board.cloned();
    board.taken();
    board.copied();
    drop(board.borrowed());
    board.owned();
}
