// edition:2024
use std::rc::Rc;

fn block_on<F: Future>(_future: F) {}

async fn leaf() {}

// The future is made where it runs.
fn main() {
    std::thread::spawn(|| {
        let name: Rc<str> = Rc::from("attic");
        let label = Rc::clone(&name);
        block_on(async move {
            leaf().await;
            println!("{label}");
        });
        println!("{name}");
    });
}
