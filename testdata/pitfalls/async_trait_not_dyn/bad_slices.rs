// edition:2018
type Hook = Box<dyn Filter>;

trait Filter {
    async fn accept(&self, line: &str, n: usize) -> Result<bool, std::num::ParseIntError>;
//           ^^^^^^ async_trait_not_dyn
    fn label(&self) -> &'static str { "filter" }
}

#[derive(Clone, Copy)]
struct Max(usize);

impl Filter for Max {
    async fn accept(&self, line: &str, n: usize) -> Result<bool, std::num::ParseIntError> {
        let value = line.trim().parse::<usize>()?;
        Ok(value + n <= self.0)
    }
}

impl Filter for Option<Max> {
    async fn accept(&self, line: &str, n: usize) -> Result<bool, std::num::ParseIntError> {
        match self {
            Some(max) => max.accept(line, n).await,
            None => Ok(true),
        }
    }

    fn label(&self) -> &'static str { "optional" }
}

impl<F: Filter> Filter for &F {
    async fn accept(&self, line: &str, n: usize) -> Result<bool, std::num::ParseIntError> {
        (**self).accept(line, n).await
    }
}

struct Chain {
    hooks: Vec<Hook>,
//             ---- here it has to be one type for all
    last: Option<Hook>,
}

impl Chain {
    async fn run(&self, lines: &[&str]) -> Vec<String> {
        let mut out = vec![];
        for (n, line) in lines.iter().enumerate() {
            for hook in self.hooks.iter().chain(self.last.iter()) {
                out.push(match hook.accept(line, n).await {
                    Ok(yes) => format!("{} {yes}", hook.label()),
                    Err(error) => error.to_string(),
                });
            }
        }
        out
    }
}

fn main() {
    let chain = Chain { hooks: vec![Box::new(Max(3)), Box::new(Some(Max(1)))], last: Some(Box::new(&Max(9))) };
    for line in rt::block_on(chain.run(&["1", "2", "x"])) {
        println!("{line}");
    }
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
