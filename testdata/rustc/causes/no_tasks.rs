// The same errors where no task is the reason.
use std::future::Future;

pub fn returned() -> impl Future<Output = usize> {
    let name = String::from("a");
    async { name.len() }
}

pub fn thread() {
    let name = String::from("a");
    let part = name.as_str();
    std::thread::spawn(move || part.len());
}

pub fn moved(name: String) -> String {
    drop(name);
    let task = async move { name };
    drop(task);
    String::new()
}

pub async fn given_away(name: String) -> usize {
    let names = vec![name];
    drop(names);
    names.len()
}

pub fn lent(name: &str) {
    std::thread::spawn(move || name.len());
}
