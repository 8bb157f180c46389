// edition:2021
// By way of a variable of the task's own, for which the clone was forgotten.
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct State {
    name: String,
}

async fn serve(state: Arc<State>) {
    println!("{}", state.name);
}

fn main() {
    let state = Arc::new(State { name: "api".to_string() });
    let server_state = Arc::clone(&state);
    spawn(async move { serve(server_state).await });
    //    ^^^^^^^^^^ moved_into_task
    println!("{}", state.name);
}
