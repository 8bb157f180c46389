// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}
fn spawn_local<F: Future + 'static>(_future: F) {}

async fn load() -> String {
    String::new()
}

trait Listener {
    fn tell(&self, text: &str);
}

fn bound<L: Listener + Send + 'static>(listener: L) {
    spawn(async move {
        let text = load().await;
        listener.tell(&text);
    });
}

fn local<L: Listener + 'static>(listener: L) {
    spawn_local(async move {
        let text = load().await;
        listener.tell(&text);
    });
}

// Not in the future.
fn before<L: Listener>(listener: L) {
    listener.tell("start");
    spawn(async move {
        load().await;
    });
}

// Nobody asks of this one but its callers.
async fn later<L: Listener>(listener: L) {
    let text = load().await;
    listener.tell(&text);
}

struct Screen;

impl Listener for Screen {
    fn tell(&self, text: &str) {
        println!("{text}");
    }
}

fn main() {
    bound(Screen);
    local(Screen);
    before(Screen);
    spawn(later(Screen));
}
