// edition:2021
use std::future::Future;

mod rand {
    #[derive(Default)]
    pub struct ThreadRng(std::marker::PhantomData<std::rc::Rc<()>>);

    impl ThreadRng {
        pub fn random_range(&self, range: std::ops::Range<u64>) -> u64 {
            range.start
        }
    }

    pub fn rng() -> ThreadRng {
        ThreadRng::default()
    }
}

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn ask() {}
async fn sleep(_seconds: u64) {}

fn main() {
    spawn(async {
        let rng = rand::rng();
        //  ^^^ thread_local_handle_across_await
        for _ in 0..3 {
            ask().await;
            //    ----- held at this await
            sleep(rng.random_range(1..5)).await;
            //                            ----- held at this await
        }
    });
}
