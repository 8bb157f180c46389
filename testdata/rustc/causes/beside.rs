//! What stands beside a cause and is no part of it.
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

mod rand {
    thread_local!(static STATE: std::rc::Rc<u8> = std::rc::Rc::new(1));

    pub struct Rng(std::rc::Rc<u8>);

    pub fn rng() -> Rng {
        Rng(STATE.with(|state| state.clone()))
    }
}

struct Page {
    bytes: *mut u8,
}

trait Shape {
    fn area(&self) -> u32;
}

fn measure(shape: impl Shape + 'static) -> u32 {
    shape.area()
}

async fn local() {
    let rng = rand::rng();
    leaf().await;
    drop(rng);
}

async fn raw_pointer(page: Page) {
    leaf().await;
    drop(page.bytes);
}

async fn object(shape: Box<dyn Shape>) {
    leaf().await;
    shape.area();
}

trait Sound {
    fn play(&self);
}

struct Bell;

impl Sound for Bell {
    fn play(&self) {}
}

async fn once(sound: Box<dyn Sound>) {
    leaf().await;
    sound.play();
}

fn of_once() {
    spawn(once(Box::new(Bell)));
}

fn of_local() {
    spawn(local());
}

fn of_raw_pointer(page: Page) {
    spawn(raw_pointer(page));
}

fn of_object(shape: Box<dyn Shape>) {
    spawn(object(shape));
}
