// edition:2021
use std::future::Future;

struct Shard {
    rows: Vec<u32>,
}

impl Shard {
    fn sum(&self) -> impl Future<Output = u32> + '_ {
        async move { self.rows.iter().sum() }
    }

    fn length(&self) -> impl Future<Output = usize> {
        let length = self.rows.len();
        async move { length }
    }

    async fn at(&self, at: &usize) -> Option<u32> {
        self.rows.get(*at).copied()
    }
}

trait Source {
    // In a trait, everything is captured.
    fn read(&self, at: &usize) -> impl Future<Output = u32>;
}

impl Source for Shard {
    fn read(&self, at: &usize) -> impl Future<Output = u32> {
        async move { self.rows[*at] }
    }
}

fn captured<'a, 'b>(left: &'a str, right: &'b str) -> impl Future<Output = usize> + use<'a, 'b> {
    async move { left.len() + right.len() }
}

fn main() {
    let shard = Shard { rows: vec![1] };
    drop(shard.sum());
    drop(shard.length());
    drop(shard.at(&0));
    drop(shard.read(&0));
    drop(captured("a", "b"));
}
