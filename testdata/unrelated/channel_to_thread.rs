// edition:2021
// E0277: a channel of `Rc`s cannot be drained by another thread.
use std::rc::Rc;
use std::sync::mpsc;

async fn feed(names: Vec<String>) {
    let (send, receive) = mpsc::channel::<Rc<str>>();
    std::thread::spawn(move || {
        for name in receive {
            println!("{name}");
        }
    });
    for name in names {
        send.send(name.into()).unwrap();
    }
}

fn main() {
    drop(feed(vec![]));
}
