// Closures whose futures are refused, one function for each way rustc says it.
use std::cell::RefCell;

pub async fn lend<F: FnMut(&u32) -> Fut, Fut: Future<Output = ()>>(mut f: F) {
    f(&1).await;
}
pub async fn plain<F: FnMut(u32) -> Fut, Fut: Future<Output = ()>>(mut f: F) {
    f(1).await;
}
pub async fn shared<F: Fn(u32) -> Fut, Fut: Future<Output = ()>>(f: F) {
    f(1).await;
}
async fn show(_n: u32) {}
async fn keep(_name: String) {}
async fn borrow(_name: &u32) {}

pub async fn argument() {
    lend(|n| async move { borrow(n).await }).await;
}

pub async fn capture() {
    let mut sum = 0;
    plain(|n| async {
        show(sum).await;
        sum += n;
    })
    .await;
}

pub async fn changes() {
    let mut sum = 0;
    shared(|n| async {
        sum += 1;
        show(n).await;
    })
    .await;
}

pub async fn moves(name: String) {
    shared(|n| async move {
        show(n).await;
        keep(name).await;
    })
    .await;
    println!("{name}");
}

// Without async: none of ours.
pub fn sync(name: String) -> impl Fn() {
    let cell = RefCell::new(0);
    let mut sum = 0;
    let mut count = || {
        sum += 1;
        &mut sum
    };
    count();
    move || {
        drop(name);
        drop(cell);
    }
}
