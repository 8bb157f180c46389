// edition:2021
use std::thread;

async fn crunch(part: &[u32]) -> Result<u32, String> {
    part.iter().copied().max().ok_or_else(|| "nothing".to_string())
}

fn main() {
    let data = vec![3, 1, 4, 1, 5];
    let best = thread::scope(|scope| {
        let workers: Vec<_> = data
            .chunks(2)
            .map(|part| scope.spawn(move || rt::block_on(crunch(part))))
//                                          ^^^^^^^^^^^^^^^^^^ await_in_sync_closure
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).max()
    });
    println!("{best:?}");
    let named = thread::Builder::new()
        .name("late".to_string())
        .spawn(move || -> Result<u32, String> { rt::block_on(async {
            let first = crunch(&data).await?;
//                      ^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
            if first > 100 {
                return Ok(0);
            }
            println!("then {:?}", crunch(&data[..1]).await);
            Ok(first)
        }) });
    println!("{:?}", named.unwrap().join().unwrap());
    println!("{:?}", rt::block_on(crunch(&[])));
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
