// edition:2021
use std::future::{ready, IntoFuture, Ready};

struct Later(u32);

impl IntoFuture for Later {
    type Output = u32;
    type IntoFuture = Ready<u32>;

    fn into_future(self) -> Ready<u32> {
        ready(self.0)
    }
}

fn later() -> Later {
    Later(1)
}

async fn sum() -> u32 {
    later().await + ready(2).await
}

fn main() {
    drop(sum());
}
