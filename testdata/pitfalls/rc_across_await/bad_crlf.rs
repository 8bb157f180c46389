// edition:2021
use std::future::Future;
use std::rc::Rc; // counted

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

type Name = Rc<str>;

/* Prints it
   at the end. */
async fn greet(name: Name) {
//             ---- held here
    leaf().await;
    //     ----- held at this await
    println!("{name}");
}

fn main() {
    let name: Name = Rc::from("ann");
    //  ^^^^ rc_across_await
    spawn(greet(Rc::clone(&name)));
    spawn(greet(name));
}
