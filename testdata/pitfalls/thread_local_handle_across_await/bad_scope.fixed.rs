// edition:2024
mod rand {
    pub struct ThreadRng {
        state: std::rc::Rc<std::cell::Cell<u64>>,
    }

    impl ThreadRng {
        pub fn random(&self) -> u64 {
            self.state.get()
        }
    }

    pub fn rng() -> ThreadRng {
        ThreadRng { state: Default::default() }
    }
}

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_value: u64) {}

async fn roll() {
    let value = {
        let rng = rand::rng();
        //  ^^^ thread_local_handle_across_await
        rng.random()
    };
    // It is on its way.
    send(value).await;
    //          ----- held at this await
}

fn main() {
    spawn(roll());
}
