// edition:2021
#[derive(Debug)]
enum Refusal {
    Unreadable(std::num::ParseIntError),
    TooHeavy(u32),
}

impl From<std::num::ParseIntError> for Refusal {
    fn from(error: std::num::ParseIntError) -> Self {
        Refusal::Unreadable(error)
    }
}

async fn label(crate_number: u32) -> String {
    if crate_number == 9 {
        "unknown".to_string()
    } else {
        crate_number.to_string()
    }
}

struct Hold {
    weight: u32,
    skipped: u32,
}

impl Hold {
    async fn load(&mut self, crates: &[u32]) -> Result<(), Refusal> {
        for number in crates.iter() {
            let text = label(*number).await;
            //                     ^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
            if text == "0" {
                self.skipped += 1;
                continue;
            }
            let weight = text.parse::<u32>()?;
            for limit in [100, 200] {
                if weight > limit {
                    return Err(Refusal::TooHeavy(weight));
                }
            }
            self.weight += weight;
        }
        Ok(())
    }

    async fn load_all(&mut self, ships: Vec<Vec<u32>>) -> Result<u32, Refusal> {
        for number in ships.into_iter().flatten() {
            let text = label(number).await;
            //                     ^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
            if text == "0" {
                continue;
            }
            self.weight += text.parse::<u32>()?;
        }
        Ok(self.weight)
    }
}

fn main() {
    let mut hold = Hold { weight: 0, skipped: 0 };
    println!("{:?}", rt::block_on(hold.load(&[3, 0, 4])));
    println!("{:?}", rt::block_on(hold.load(&[1, 9, 4])));
    println!("{:?}", rt::block_on(hold.load(&[101, 1])));
    println!("{:?} {}", rt::block_on(hold.load_all(vec![vec![0, 2], vec![5]])), hold.skipped);
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
