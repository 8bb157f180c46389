// edition:2021
use std::future::Future;
use std::marker::PhantomPinned;
use std::pin::Pin;

struct Notified(PhantomPinned);

impl Notified {
    fn enable(self: Pin<&mut Self>) -> bool {
        true
    }
}

fn notified() -> Notified {
    Notified(PhantomPinned)
}

fn main() {
    let mut notification = notified();
    println!("{}", notification.as_mut().enable());
    //                          ^^^^^^ poll_on_unpinned
    println!("{}", std::mem::size_of::<Box<dyn Future<Output = ()>>>() > 0);
}
