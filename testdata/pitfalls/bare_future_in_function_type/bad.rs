// edition:2021
use std::collections::BTreeMap;
use std::future::Future;

type Step = Box<dyn Fn(u32) -> impl Future<Output = u32>>;
//                             ^^^^^^^^^^^^^^^^^^^^^^^^^ bare_future_in_function_type

struct Plan {
    steps: Vec<(String, Step)>,
    by_name: BTreeMap<String, Step>,
}

impl Plan {
    fn step<F, Fut>(&mut self, name: String, run: F)
    where
        F: Fn(u32) -> Fut + 'static,
        Fut: Future<Output = u32> + 'static,
    {
        self.steps.push((name, Box::new(run)));
    }

    fn name(&mut self, name: String, step: Step) {
        self.by_name.insert(name, step);
    }

    async fn run(&self, mut value: u32) -> u32 {
        for (name, step) in &self.steps {
            value = step(value).await;
            println!("{name}: {value}");
        }
        for (name, step) in &self.by_name {
            println!("{name}: {}", step(value).await);
        }
        value
    }
}

async fn double(value: u32) -> u32 {
    rt::tick().await;
    value * 2
}

fn main() {
    let mut plan = Plan { steps: Vec::new(), by_name: BTreeMap::new() };
    let by = 10;
    plan.step("add".to_string(), move |value| async move { value + by });
    plan.steps.push(("double".to_string(), Box::new(double)));
    plan.name("halve".to_string(), Box::new(|value| async move { value / 2 }));
    plan.by_name.insert(
        "triple".to_string(),
        Box::new(|value| {
            let by = 3;
            async move {
                rt::tick().await;
                value * by
            }
        }),
    );
    println!("{}", rt::block_on(plan.run(4)));
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
