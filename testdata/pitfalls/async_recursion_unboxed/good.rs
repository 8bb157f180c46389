// edition:2021
use std::future::Future;
use std::pin::Pin;

async fn load(id: u32) -> u64 {
    u64::from(id)
}

struct Node {
    id: u32,
    children: Vec<Node>,
}

async fn weigh(node: &Node) -> u64 {
    let mut sum = load(node.id).await;
    for child in &node.children {
        sum += Box::pin(weigh(child)).await;
    }
    sum
}

fn count(node: &Node) -> Pin<Box<dyn Future<Output = u64> + '_>> {
    Box::pin(async move {
        let mut sum = 1;
        for child in &node.children {
            sum += count(child).await;
        }
        sum
    })
}

// A ring with a box at one place.
async fn ping(left: u32) {
    if left > 0 {
        Box::pin(pong(left - 1)).await;
    }
}

async fn pong(left: u32) {
    ping(left).await;
}

// No recursion: a sync function of the name, and a method of another type.
struct Leaf(u64);

impl Leaf {
    async fn weigh(&self) -> u64 {
        fn weigh(value: u64) -> u64 {
            if value == 0 { 0 } else { 1 + weigh(value - 1) }
        }
        weigh(self.0)
    }
}

impl Node {
    async fn weigh(&self) -> u64 {
        Leaf(1).weigh().await
    }
}

fn main() {
    let node = Node { id: 1, children: vec![] };
    drop(weigh(&node));
    drop(count(&node));
    drop(ping(1));
    drop(node.weigh());
}
