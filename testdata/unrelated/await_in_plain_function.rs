// edition:2021
// E0728: the function is not async. The guard lives on both sides of the await.
use std::sync::Mutex;

async fn tick() {}

fn run(state: &Mutex<u32>) {
    let mut state = state.lock().unwrap();
    *state += 1;
    tick().await;
    *state += 1;
}

fn main() {
    run(&Mutex::new(0));
}
