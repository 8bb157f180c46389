// Values that a task keeps too long, or takes away.
use std::future::Future;

pub fn spawn<F: Future + Send + 'static>(_future: F) {}

pub async fn send(name: &str, _size: usize) -> usize {
    name.len()
}

pub fn block() {
    let name = String::from("a");
    let size = 1;
    spawn(async { send(&name, size).await });
}

pub fn call() {
    let mut text = String::from("a");
    spawn(send(&text, 1));
    text.push('b');
    spawn(send(&text, 2));
}

pub fn temporary() {
    spawn(send(&format!("{}", 1), 1));
}

pub fn parameters<'a>(title: &'a str, names: &'a [String]) {
    for name in names {
        spawn(async move { send(name, title.len()).await });
    }
}

pub struct Server {
    pub name: String,
}

impl Server {
    pub fn start(&self) {
        spawn(async move { send(&self.name, 1).await });
    }
}

pub fn twice(name: String) {
    spawn(async move { name.len() });
    println!("{name}");
}

pub async fn store(_name: String) {}

pub fn rounds(name: String) {
    for _ in 0..2 {
        spawn(store(name));
    }
}
