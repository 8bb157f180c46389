// edition:2021
async fn leaf() -> u32 {
    1
}

async fn outer() -> u32 {
    let block = async { leaf().await };
    block.await + leaf().await
}

fn main() {
    drop(outer());
}
