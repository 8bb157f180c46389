// edition:2021
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
        sum += weigh(child).await;
        //     ^^^^^^^^^^^^^^^^^^ async_recursion_unboxed
    }
    sum
}

fn main() {
    drop(weigh(&Node { id: 1, children: vec![] }));
}
