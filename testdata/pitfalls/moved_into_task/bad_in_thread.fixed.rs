// edition:2021
// The future is made and run on a thread of its own.
use std::future::Future;
use std::sync::Arc;

fn block_on<F: Future>(_future: F) {}

struct State {
    name: String,
}

async fn serve(state: Arc<State>) {
    println!("{}", state.name);
}

fn start() -> Arc<State> {
    let state = Arc::new(State { name: "mock".to_string() });
    let server_state = Arc::clone(&state);
    std::thread::spawn(move || {
        let server = serve(server_state);
        //           ^^^^^ moved_into_task
        block_on(server);
    });
    state
}

fn main() {
    println!("{}", start().name);
}
