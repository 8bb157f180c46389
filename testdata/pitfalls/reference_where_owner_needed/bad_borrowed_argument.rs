// edition:2021
// Borrowed on the spot, as a call that is awaited would have it.
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct State {
    name: String,
}

async fn run(state: Arc<State>, port: u16) {
    println!("{} {port}", state.name);
}

fn main() {
    let state = Arc::new(State { name: "api".to_string() });
    let port = 80;
    spawn(run(&state, port));
    //        ^^^^^^ reference_where_owner_needed
    println!("{}", state.name);
}
