// edition:2021
use std::future::Future;
use std::sync::Arc; // counted

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

type Name = Arc<str>;

/* Prints it
   at the end. */
async fn greet(name: Name) {
//             ---- held here
    leaf().await;
    //     ----- held at this await
    println!("{name}");
}

fn main() {
    let name: Name = Arc::from("ann");
    //  ^^^^ rc_across_await
    spawn(greet(Arc::clone(&name)));
    spawn(greet(name));
}
