// edition:2021
use std::future::Future;

mod rand {
    #[derive(Default)]
    pub struct ThreadRng(std::marker::PhantomData<std::rc::Rc<()>>);
    #[derive(Default)]
    pub struct StdRng(u64);

    impl ThreadRng {
        pub fn random(&mut self) -> u64 {
            1
        }
    }

    impl StdRng {
        pub fn random(&mut self) -> u64 {
            self.0 += 1;
            self.0
        }
    }

    pub fn rng() -> ThreadRng {
        ThreadRng::default()
    }
}

fn spawn<F: Future + Send + 'static>(_future: F) {}
fn spawn_local<F: Future + 'static>(_future: F) {}

async fn sleep(_seconds: u64) {}

async fn anew() {
    let first = rand::rng().random();
    sleep(first).await;
    let second = rand::rng().random();
    sleep(second).await;
}

async fn scoped() {
    let (first, second) = {
        let mut rng = rand::rng();
        (rng.random(), rng.random())
    };
    sleep(first).await;
    sleep(second).await;
}

async fn seeded(mut rng: rand::StdRng) {
    sleep(rng.random()).await;
    sleep(rng.random()).await;
}

async fn held() {
    let mut rng = rand::rng();
    sleep(rng.random()).await;
    sleep(rng.random()).await;
}

fn roll() -> u64 {
    let mut rng = rand::rng();
    rng.random() + rng.random()
}

fn main() {
    spawn(anew());
    spawn(scoped());
    spawn(seeded(rand::StdRng::default()));
    spawn_local(held());
    std::thread::spawn(roll);
}
