// edition:2021
async fn ping(replica: u32) -> Option<u32> {
    (replica % 4 != 0).then_some(replica * 10)
}

async fn survey(regions: &[Vec<u32>]) -> Vec<u32> {
    let timeout = 55;
    let best = async |replicas: &[u32]| {
        let mut fastest = timeout;
        for replica in replicas {
            if let Some(ms) = ping(*replica).await {
//                            ^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
                fastest = fastest.min(ms);
            }
        }
        fastest
    };
    let mut table = Vec::new();
    for region in regions {
        table.push(best(region).await);
    }
    println!("of one: {}", best(&[4]).await);
    table
}

fn main() {
    println!("{:?}", rt::block_on(survey(&[vec![3, 4], vec![1, 5], vec![8]])));
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    }
}
