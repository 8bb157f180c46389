// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn load() -> String {
    String::new()
}

trait Listener {
    fn tell(&self, text: &str);
}

fn report<L: Listener + 'static>(listener: L) {
//        ^^^^^^^^^^^^^^^^^^^^^ missing_send_bound
    spawn(async move {
        let text = load().await;
        listener.tell(&text);
    //  -------- the future holds it
    });
}

struct Screen;

impl Listener for Screen {
    fn tell(&self, text: &str) {
        println!("{text}");
    }
}

fn main() {
    report(Screen);
}
