// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

trait Filter {
//    ^^^^^^ non_send_dyn
    fn accepts(&self, value: u32) -> bool;
}

struct Even;

impl Filter for Even {
    fn accepts(&self, value: u32) -> bool {
        value % 2 == 0
    }
}

fn even() -> Box<dyn Filter> {
    Box::new(Even)
}

async fn apply(filter: Box<dyn Filter>) {
//             ------ a value of this type is held here
    leaf().await;
    //     ----- held at this await
    println!("{}", filter.accepts(7));
}

fn main() {
    spawn(apply(even()));
}
