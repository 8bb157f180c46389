// edition:2021
use std::future::Future;
use std::rc::Rc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn read(_name: &str) -> u32 {
    7
}

fn main() {
    spawn(async {
        let name: Rc<str> = Rc::from("attic");
        //  ^^^^ rc_across_await
        let label = Rc::clone(&name);
        let value = read(&name).await;
        //                      ----- held at this await
        println!("{label}: {value}");
    });
}
