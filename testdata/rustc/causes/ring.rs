//! Futures that ask one another whether they are `Send`: one after the other, and where
//! the future is awaited.
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn ping(tries: u32) {
    spawn(pong(tries));
}

async fn pong(tries: u32) {
    spawn(ping(tries));
}

fn tick(tries: u32) -> impl Future<Output = ()> {
    async move { spawn(tock(tries)) }
}

fn tock(tries: u32) -> impl Future<Output = ()> {
    async move { spawn(tick(tries)) }
}

async fn hop(tries: u32) {
    spawn(jump(tries));
}

async fn jump(tries: u32) {
    spawn(async move { hop(tries).await });
}
