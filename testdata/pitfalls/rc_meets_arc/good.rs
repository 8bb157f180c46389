// edition:2021
use std::rc::Rc;
use std::sync::Arc;

async fn sum(shared: Arc<Vec<u32>>) -> u32 {
    shared.iter().sum()
}

fn main() {
    let local = Rc::new(vec![1]);
    drop(sum(Arc::new(local.to_vec())));
}
