//! Async functions that contain their own future.
async fn once(tries: u32) {
    if tries > 0 {
        once(tries - 1).await;
    }
}

async fn first(tries: u32) {
    second(tries).await;
}

async fn second(tries: u32) {
    third(tries).await;
}

async fn third(tries: u32) {
    if tries > 0 {
        first(tries - 1).await;
    }
}
