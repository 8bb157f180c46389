// edition:2021
use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}
fn spawn_local<F: Future + 'static>(_future: F) {}

async fn send(_length: usize) {}

async fn scoped() {
    let length = {
        let name: Rc<str> = Rc::from("attic");
        name.len()
    };
    send(length).await;
}

async fn moved_away() {
    let name = Rc::new(1);
    drop(name);
    send(1).await;
}

async fn after() {
    send(1).await;
    let name = Rc::new(1);
    println!("{name}");
}

async fn shared(name: Arc<str>) {
    send(name.len()).await;
    println!("{name}");
}

async fn held(name: Rc<str>) {
    send(name.len()).await;
    println!("{name}");
}

fn main() {
    spawn(scoped());
    spawn(moved_away());
    spawn(after());
    spawn(shared("attic".into()));
    spawn_local(held("attic".into()));
}
