// edition:2021
// A method has an `Rc` of its own type; the methods it calls want an `Arc`.
use std::sync::Arc;

struct Socket {
    name: String,
}

impl Socket {
    fn event(self: Arc<Self>) -> usize {
        self.name.len()
    }

    fn close(self: Arc<Self>) -> usize {
        0
    }

    fn receive(self: Arc<Self>, is_open: bool) -> usize {
        if is_open {
            self.event()
//          ^^^^ rc_meets_arc
        } else {
            self.close()
        }
    }
}

async fn run(socket: Arc<Socket>) -> usize {
    socket.event()
}

fn main() {
    let socket = Arc::new(Socket { name: "a".to_string() });
    let _ = run(socket.clone());
    assert_eq!(socket.receive(true), 1);
}
