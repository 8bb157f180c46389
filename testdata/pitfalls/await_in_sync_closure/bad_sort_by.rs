// edition:2021
#[derive(Debug, Clone, Copy)]
struct Player(u32);

async fn score(player: &Player) -> u32 {
    player.0 % 7
}

async fn average(player: &Player) -> f64 {
    f64::from(player.0) / 3.0
}

async fn ranked(mut players: Vec<Player>) -> Vec<Player> {
    players.sort_by(|a, b| score(b).await.cmp(&score(a).await));
//                         ^^^^^^^^^^^^^^ await_in_sync_closure
    players.sort_unstable_by(|x, y| {
        average(x).await.partial_cmp(&average(y).await).unwrap()
//      ^^^^^^^^^^^^^^^^ await_in_sync_closure
    });
    players
}

fn main() {
    println!("{:?}", rt::block_on(ranked(vec![Player(8), Player(6), Player(13)])));
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    }
}
