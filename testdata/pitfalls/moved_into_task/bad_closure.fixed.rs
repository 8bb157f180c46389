// edition:2021
// A closure takes it that makes a future each time.
use std::future::Future;
use std::pin::Pin;
use std::sync::mpsc::Sender;

type Stop = Box<dyn Fn() -> Pin<Box<dyn Future<Output = ()>>>>;

struct Worker {
    stop: Stop,
    mailbox: Sender<u32>,
}

fn start(mailbox: Sender<u32>) -> Worker {
    let stop: Stop = Box::new({
        let mailbox = mailbox.clone();
        move || {
        //                             ^^ moved_into_task
            let mailbox = mailbox.clone();
            Box::pin(async move {
                mailbox.send(0).ok();
            })
        }
    });
    Worker { stop, mailbox: mailbox.clone() }
}

fn main() {
    let (send, receive) = std::sync::mpsc::channel();
    let worker = start(send);
    drop((worker.stop)());
    worker.mailbox.send(1).unwrap();
    drop(receive);
}
