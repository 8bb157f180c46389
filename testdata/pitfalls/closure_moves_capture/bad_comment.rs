// edition:2024
struct Job {
    id: u32,
}

async fn run_all<F, Fut>(jobs: Vec<Job>, mut f: F) -> Vec<String>
where
    F: FnMut(Job) -> Fut,
    Fut: Future<Output = String>,
{
    let mut out = Vec::new();
    for job in jobs {
        out.push(f(job).await);
    }
    out
}

#[derive(Clone)]
struct Client {
    base: String,
    retries: u8,
}

impl Client {
    async fn get(self, id: u32) -> String {
        format!("{}/{id} ({})", self.base, self.retries)
    }
}

fn main() {
    let client = Client { base: "x".into(), retries: 2 };
    let jobs = vec![Job { id: 1 }, Job { id: 2 }];
    // Each job asks the same server.
    let out = rt::block_on(run_all(jobs, |job| async move {
        let reply = client.get(job.id).await;
//                  ^^^^^^ closure_moves_capture
        reply.to_uppercase()
    }));
    println!("{out:?}");
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
