// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// Asks all that have joined.
#[derive(Default)]
struct Panel {
    members: Vec<(String, Box<dyn Fn(u32, u32) -> Pin<Box<dyn Future<Output = u32>>>>)>,
    chair: Option<Box<dyn Fn(u32) -> u32>>,
}

impl Panel {
    fn join<F, Fut>(&mut self, name: &str, vote: F) -> &mut Self
    where
        F: Fn(u32, u32) -> Fut + 'static,
        Fut: Future<Output = u32> + 'static,
    {
        self.members.push((name.to_string(), Box::new(move |value, value2| Box::pin(vote(value, value2)))));
        self
    }

    async fn ask(&self, round: u32) -> Vec<String> {
        let mut votes = Vec::new();
        for (name, vote) in &self.members {
            votes.push(format!("{name}: {}", vote(round, 1).await));
        }
        if let Some(chair) = &self.chair {
            votes.push(format!("chair: {}", chair(round)));
        }
        votes
    }
}

fn always(_round: u32, weight: u32) -> u32 {
    weight
}

async fn look_up(table: &[u32], round: u32) -> u32 {
    rt::yield_now().await;
    table.get(round as usize).copied().unwrap_or(0)
}

async fn run() {
    let table = Rc::new(vec![3, 1, 4]);
    let mut panel = Panel { chair: Some(Box::new(|round| round % 2)), ..Panel::default() };
    let own = Rc::clone(&table);
    panel.join("a", |_round, weight| async move { always(_round, weight) }).join("b", |round, weight| async move { round * weight }).join("c", move |round, weight| {
        let own = own.clone();
        async move {
            look_up(&own, round).await * weight
    //      ^^^^^^^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        }
    });
    for round in 0..4 {
        println!("{:?}", panel.ask(round).await);
    }
    println!("{}", Rc::strong_count(&table));
}

fn main() {
    rt::block_on(run());
}

mod rt {
    use std::future::Future;
    use std::pin::{pin, Pin};
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

    pub async fn yield_now() {
        struct Yield(bool);
        impl Future for Yield {
            type Output = ();
            fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
                if self.0 {
                    return Poll::Ready(());
                }
                self.0 = true;
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
        Yield(false).await;
    }
}
