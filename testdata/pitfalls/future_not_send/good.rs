// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}
fn spawn_local<F: Future + 'static>(_future: F) {}

async fn fetch(_name: &str) {}

async fn collected() {
    let names: Vec<String> = std::env::args().collect();
    for name in names {
        fetch(&name).await;
    }
}

async fn scoped() {
    let count = {
        let names = std::env::args();
        names.len()
    };
    fetch(&count.to_string()).await;
}

async fn held() {
    for name in std::env::args() {
        fetch(&name).await;
    }
}

fn print_all() {
    let names = std::env::args();
    for name in names {
        println!("{name}");
    }
}

fn main() {
    spawn(collected());
    spawn(scoped());
    spawn_local(held());
    std::thread::spawn(print_all);
}
