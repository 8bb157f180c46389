// edition:2021
// What is boxed is an `impl Trait` parameter.
trait Socket {
    fn send(&self, text: &str) -> usize;
}

impl Socket for u8 {
    fn send(&self, text: &str) -> usize {
        text.len() + usize::from(*self)
    }
}

struct Network {
    socket: Box<dyn Socket>,
}

impl Network {
    fn new(socket: impl Socket + 'static) -> Self {
    //             ^^^^^^^^^^^ missing_static_bound
        Self { socket: Box::new(socket) }
    }

    async fn send(&self) -> usize {
        self.socket.send("text")
    }
}

fn main() {
    let network = Network::new(1u8);
    let _ = network.send();
    assert_eq!(network.socket.send("a"), 2);
}
