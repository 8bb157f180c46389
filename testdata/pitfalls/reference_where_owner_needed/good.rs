// edition:2021
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct State {
    name: String,
}

async fn run(state: Arc<State>) {
    println!("{}", state.name);
}

async fn show(state: &State) {
    println!("{}", state.name);
}

fn takes(state: Arc<State>) {
    spawn(async move { run(state).await });
}

fn clones(state: &Arc<State>) {
    let state = Arc::clone(state);
    spawn(async move { show(&state).await });
}

fn gives_clone(state: &Arc<State>) {
    spawn(run(state.clone()));
}

async fn waits(state: &Arc<State>) {
    show(state).await;
}

fn main() {
    let state = Arc::new(State { name: "ada".to_string() });
    clones(&state);
    gives_clone(&state);
    drop(waits(&state));
    takes(state);
}
