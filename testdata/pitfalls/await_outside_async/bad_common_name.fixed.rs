// edition:2021
use std::collections::HashMap;

async fn load(key: u32) -> u32 {
    key * key
}

#[derive(Default)]
struct Squares {
    known: HashMap<u32, u32>,
}

impl Squares {
    async fn get(&mut self, key: u32) -> u32 {
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let value = load(key).await;
        //                    ^^^^^ await_outside_async
        self.known.insert(key, value);
        value
    }
}

async fn sum(squares: &mut Squares, names: &HashMap<u32, &str>) -> u32 {
    let mut sum = 0;
    for key in [2, 3, 2] {
        sum += squares.get(key).await;
        sum += names.get(&key).map_or(0, |name| name.len() as u32);
    }
    sum
}

fn block_on<F: std::future::Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn main() {
    let names = HashMap::from([(2, "two")]);
    println!("{}", block_on(sum(&mut Squares::default(), &names)));
}
