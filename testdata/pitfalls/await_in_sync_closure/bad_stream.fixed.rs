// edition:2021
use std::collections::VecDeque;
use std::future::Future;

// Stands for a stream of another crate.
pub struct Stream<T>(VecDeque<T>);

impl<T> Stream<T> {
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Stream<U> {
        Stream(self.0.into_iter().map(change).collect())
    }

    pub fn then<F: Future>(self, start: impl FnMut(T) -> F) -> Then<F> {
        Then(self.0.into_iter().map(start).collect())
    }

    pub async fn collect(self) -> Vec<T> {
        self.0.into()
    }
}

pub struct Then<F>(VecDeque<F>);

impl<F: Future> Then<F> {
    pub async fn collect(self) -> Vec<F::Output> {
        let mut all = Vec::new();
        for future in self.0 {
            all.push(future.await);
        }
        all
    }
}

async fn look_up(id: u32) -> String {
    format!("user-{id}")
}

pub async fn names(ids: Stream<u32>) -> Vec<String> {
    ids.then(|id| look_up(id)).collect().await
    //           ^^^^^^^^^^^^^^^^^ await_in_sync_closure
}

fn main() {}
