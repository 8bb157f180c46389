// edition:2021
use std::thread;

async fn crunch(part: u32) -> u32 {
    part * 2
}

async fn report(parts: &[u32]) -> usize {
    parts.len()
}

fn of_a_block() -> Vec<u32> {
    let workers: Vec<_> = (1..4)
        .map(|part| {
            thread::spawn(async move {
                //        ^^^^^^^^^^ future_given_as_closure
                let doubled = crunch(part).await;
                doubled + 1
            })
        })
        .collect();
    workers.into_iter().map(|worker| worker.join().unwrap()).collect()
}

fn of_a_call(part: u32) -> u32 {
    thread::spawn(crunch(part)).join().unwrap()
    //            ^^^^^^ future_given_as_closure
}

fn of_a_variable(part: u32) -> u32 {
    let work = crunch(part);
    thread::spawn(work).join().unwrap()
    //            ^^^^ future_given_as_closure
}

fn in_a_scope(parts: &[u32]) -> usize {
    thread::scope(|scope| scope.spawn(async { report(parts).await }).join().unwrap())
    //                                ^^^^^ future_given_as_closure
}

fn by_a_builder() -> u32 {
    let builder = thread::Builder::new().name("crunch".to_string());
    thread::Builder::new().spawn(async { crunch(4).await }).unwrap().join().unwrap()
    //                           ^^^^^ future_given_as_closure
        + builder.spawn(|| 1).unwrap().join().unwrap()
}

fn main() {
    println!("{:?} {}", of_a_block(), of_a_call(3));
    println!("{} {}", in_a_scope(&[1, 2]), by_a_builder());
    println!("{} {}", of_a_variable(5), rt::block_on(crunch(1)));
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
