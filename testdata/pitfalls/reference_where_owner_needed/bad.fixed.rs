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

fn watch(state: Arc<State>) {
//       ^^^^^^^^^^^^^^^^^^ reference_where_owner_needed
    spawn(async move { run(state).await });
}

fn main() {
    let state = Arc::new(State { name: "ada".to_string() });
    watch(state.clone());
    watch(state);
}
