// edition:2021
use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

pub fn run<T>(fut: impl Future<Output = T>) -> T {
    let mut fut = pin!(fut);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(v) = fut.as_mut().poll(&mut cx) {
            return v;
        }
    }
}

async fn fetch(key: &str) -> Option<u32> {
    key.parse().ok()
}

struct Cache {
    map: HashMap<String, u32>,
    hits: u32,
}

impl Cache {
    async fn get(&mut self, key: &str) -> Option<u32> {
        if let Some(v) = self.map.get(key) {
            self.hits += 1;
            return Some(*v);
        }
        let v = fetch(key).await?;
        //                 ^^^^^ await_outside_async
        self.map.insert(key.to_string(), v);
        Some(v)
    }
    async fn sum(&mut self, keys: &[&str]) -> u32 {
        let mut total = 0;
        for k in keys {
            total += self.get(k).await.unwrap_or(0);
        }
        total
    }
}

enum Tree {
    Leaf(&'static str),
    Node(Vec<Tree>),
}

async fn walk(tree: &Tree, cache: &mut Cache) -> u32 {
    match tree {
        Tree::Leaf(key) => cache.get(key).await.unwrap_or_default(),
        Tree::Node(children) => {
            let mut sum = 0;
            for child in children {
                sum += Box::pin(walk(child, cache)).await;
            }
            sum
        }
    }
}

fn main() {
    let mut cache = Cache { map: HashMap::new(), hits: 0 };
    let tree = Tree::Node(vec![Tree::Leaf("1"), Tree::Node(vec![Tree::Leaf("2"), Tree::Leaf("x")])]);
    println!("{}", run(cache.sum(&["1", "2", "2"])));
    let total = run(walk(&tree, &mut cache));
    println!("{total} {}", cache.hits);
}
