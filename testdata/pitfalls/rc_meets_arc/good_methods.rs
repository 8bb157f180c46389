// edition:2021
// Methods that take an `Rc`, an `Arc` or neither, each called on what it takes.
use std::rc::Rc;
use std::sync::Arc;

struct Socket(u8);

impl Socket {
    fn shared(self: Arc<Self>) -> u8 {
        self.0
    }

    fn local(self: Rc<Self>) -> u8 {
        self.0
    }
}

async fn run(socket: Arc<Socket>) -> u8 {
    socket.shared()
}

fn main() {
    let _ = run(Arc::new(Socket(1)));
    assert_eq!(Rc::new(Socket(1)).local(), 1);
}
