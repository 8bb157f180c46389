use std::cell::{Cell, OnceCell};
use std::marker::PhantomData;

struct Rng {
    state: Cell<u32>,
    _single_thread: PhantomData<*const ()>,
}

impl Rng {
    fn seeded(seed: u32) -> Rng {
        Rng {
            state: Cell::new(seed),
            _single_thread: PhantomData,
        }
    }

    fn roll(&self) -> u32 {
        let next = self.state.get().wrapping_mul(1_103_515_245).wrapping_add(12_345);
        self.state.set(next);
        (next >> 16) % 6 + 1
    }
}

struct Player<'g> {
    name: OnceCell<String>,
    score: Cell<u32>,
    rng: &'g Rng,
}

impl Player<'_> {
    async fn turn(&self, number: u32) -> bool {
        let roll = self.rng.roll();
        frames::pause().await;
        self.name.get_or_init(|| format!("first rolled {roll}"));
        if roll > 2 {
            self.score.set(self.score.get() + roll * number);
        }
        self.score.get() >= 20
    }
}

async fn play(rng: &Rng) -> (u32, String) {
    let player = Player {
        name: OnceCell::new(),
        score: Cell::new(0),
        rng,
    };
    let mut turn = 1;
    while !player.turn(turn).await {
        turn += 1;
    }
    let name = player.name.into_inner().unwrap_or_default();
    (player.score.get(), format!("{name}, {turn} turns"))
}

fn main() {
    let rng = Rng::seeded(7);
    for _ in 0..2 {
        let (score, story) = frames::block_on(play(&rng));
        println!("{score}: {story}");
    }
}

mod frames {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            std::thread::yield_now();
        }
    }

    pub async fn pause() {
        let mut turns = 1;
        std::future::poll_fn(|_| {
            if turns == 0 {
                return Poll::Ready(());
            }
            turns -= 1;
            Poll::Pending
        })
        .await
    }
}
