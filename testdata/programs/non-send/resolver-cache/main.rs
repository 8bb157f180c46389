use std::cell::OnceCell;
use std::future::Future;
use std::sync::Arc;

struct Resolver {
    zone: &'static str,
    suffix: OnceCell<String>,
}

impl Resolver {
    fn new(zone: &'static str) -> Resolver {
        Resolver {
            zone,
            suffix: OnceCell::new(),
        }
    }

    fn suffix(&self) -> &str {
        self.suffix.get_or_init(|| {
            println!("reading zone {}", self.zone);
            format!(".{}.internal", self.zone)
        })
    }

    async fn resolve(&self, host: &str) -> String {
        let name = format!("{host}{}", self.suffix());
        lookup(&name).await
    }
}

async fn lookup(name: &str) -> String {
    format!("{name} -> 10.1.0.{}", name.len())
}

fn resolve_all(
    resolver: Arc<Resolver>,
    hosts: Vec<&'static str>,
) -> impl Future<Output = Vec<String>> + Send {
    async move {
        let mut found = Vec::new();
        for host in hosts {
            found.push(resolver.resolve(host).await);
        }
        found
    }
}

fn main() {
    let resolver = Arc::new(Resolver::new("eu"));
    let task = resolve_all(Arc::clone(&resolver), vec!["db", "cache"]);
    for line in executor::block_on(task) {
        println!("{line}");
    }
    println!("{}", executor::block_on(resolver.resolve("web")));
}

mod executor {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            std::thread::yield_now();
        }
    }
}
