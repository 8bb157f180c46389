// edition:2021
// The closure outlives the function as well: the clone is made in front of it.
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Hooks(Vec<Box<dyn FnOnce() + Send>>);

struct Socket {
    id: u32,
}

async fn connect(socket: Arc<Socket>) {
    println!("{}", socket.id);
}

fn prepare(hooks: &mut Hooks, socket: &Arc<Socket>) {
    println!("{}", socket.id);
    let socket = Arc::clone(socket);
    hooks.0.push(Box::new(move || spawn(connect(socket))));
    //                                          ^^^^^^ reference_where_owner_needed
}

fn main() {
    let mut hooks = Hooks(Vec::new());
    prepare(&mut hooks, &Arc::new(Socket { id: 1 }));
    for hook in hooks.0 {
        hook();
    }
}
