// edition:2021
use std::sync::LazyLock;

static RATES: LazyLock<Vec<(&'static str, u32)>> = LazyLock::new(|| {
    let mut rates = load().await;
    //              ^^^^^^^^^^^^ await_in_sync_closure
    rates.sort();
    rates
});

static NAMES: LazyLock<String> = LazyLock::new(|| {
    let names: Vec<_> = RATES.iter().map(|rate| rate.0).collect();
    names.join("/")
});

async fn load() -> Vec<(&'static str, u32)> {
    vec![("usd", 110), ("eur", 100)]
}

struct Purse(u32);

impl Purse {
    fn worth(&self, name: &str) -> Option<u32> {
        let rate = RATES.iter().find(|rate| rate.0 == name)?;
        Some(self.0 * rate.1)
    }
}

fn show(purse: &Purse) {
    for name in ["eur", "usd", "chf"] {
        println!("{name}: {:?}", purse.worth(name));
    }
    println!("{}", *NAMES);
}

fn main() {
    show(&Purse(3));
}

pub fn block_on<F: std::future::Future>(future: F) -> F::Output {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => panic!("it waits"),
    }
}
