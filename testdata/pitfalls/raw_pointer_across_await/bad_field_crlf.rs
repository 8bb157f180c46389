// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

struct Window {
    handle: *mut u8, // of the system
    //      ^^^^^^^ raw_pointer_across_await
    title: String,
}

impl Window {
    async fn show(self) {
        leaf().await;
        //     ----- held at this await
        println!("{} {:?}", self.title, self.handle);
    }
}

fn main() {
    let window = Window { handle: std::ptr::null_mut(), title: String::new() };
    spawn(window.show());
}
