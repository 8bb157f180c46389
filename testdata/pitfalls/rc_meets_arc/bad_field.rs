// edition:2024
use std::sync::Arc;

struct Session {
    id: std::rc::Rc<String>,
}

impl Session {
    fn new(id: Arc<String>) -> Self {
        Session { id }
        //        ^^ rc_meets_arc
    }

    async fn greet(&self) -> String {
        format!("hello {}", self.id)
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn main() {
    let session = Session::new(Arc::new("ada".to_string()));
    println!("{}", block_on(session.greet()));
}
