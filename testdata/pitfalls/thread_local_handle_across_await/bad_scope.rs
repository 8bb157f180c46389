// edition:2024
mod rand {
    pub struct ThreadRng {
        state: u64,
        thread: std::marker::PhantomData<std::rc::Rc<()>>,
    }

    impl ThreadRng {
        pub fn random(&self) -> u64 {
            self.state
        }
    }

    pub fn rng() -> ThreadRng {
        ThreadRng { state: 7, thread: std::marker::PhantomData }
    }
}

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_value: u64) {}

async fn roll() {
    let rng = rand::rng();
    //  ^^^ thread_local_handle_across_await
    let value = rng.random();
    // It is on its way.
    send(value).await;
    //          ----- held at this await
}

fn main() {
    spawn(roll());
}
