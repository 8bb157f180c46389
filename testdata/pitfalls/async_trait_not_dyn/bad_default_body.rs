// edition:2021
use std::collections::HashMap;

/// A thing that can be run.
pub trait Job {
    fn name(&self) -> String;

    /// Runs it.
    async fn run(&mut self, times: u32) -> Result<u32, String>;
//           ^^^ async_trait_not_dyn

    /// Runs it twice.
    async fn run_twice(&mut self) -> Result<u32, String> {
//           --------- so does this method
        let first = self.run(1).await?;
        let second = self.run(2).await?;
        Ok(first + second)
    }
}

#[derive(Default)]
struct Adder {
    sum: u32,
}

impl Job for Adder {
    fn name(&self) -> String {
        "adder".into()
    }

    async fn run(&mut self, times: u32) -> Result<u32, String> {
        rt::tick().await;
        if times > 5 {
            return Err("too often".to_string());
        }
        self.sum += times;
        Ok(self.sum)
    }
}

struct Registry {
    jobs: HashMap<String, Box<dyn Job>>,
//                            ------- here it has to be one type for all
}

impl Registry {
    fn add(&mut self, job: Box<dyn Job>) {
        self.jobs.insert(job.name(), job);
    }

    fn get(&mut self, name: &str) -> Option<&mut Box<dyn Job>> {
        self.jobs.get_mut(name)
    }
}

fn main() {
    let mut registry = Registry { jobs: HashMap::new() };
    registry.add(Box::new(Adder::default()));
    let job = registry.get("adder").unwrap();
    println!("{:?}", rt::block_on(job.run_twice()));
    println!("{:?}", rt::block_on(job.run(9)));
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(out) = future.as_mut().poll(&mut cx) {
                return out;
            }
        }
    }

    pub async fn tick() {
        let mut done = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut done, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
