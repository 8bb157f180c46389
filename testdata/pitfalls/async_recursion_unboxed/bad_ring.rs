// edition:2021
async fn load(id: u32) -> Vec<u32> {
    vec![id]
}

async fn folder(id: u32) -> u64 {
    let mut sum = 0;
    for item in load(id).await {
        sum += entry(item).await;
        //     ----------------- leads there from `folder`
    }
    sum
}

async fn entry(id: u32) -> u64 {
    if id % 2 == 0 { folder(id).await } else { 1 }
    //               ^^^^^^^^^^^^^^^^ async_recursion_unboxed
}

fn main() {
    drop(folder(1));
}
