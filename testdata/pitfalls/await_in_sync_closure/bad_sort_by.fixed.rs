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
    let mut keys = Vec::new();
    for b in players.iter() {
        keys.push(score(b).await);
    }
    let mut keyed: Vec<_> = keys.into_iter().zip(players.drain(..)).collect();
    keyed.sort_by(|a, b| b.0.cmp(&a.0));
    players.extend(keyed.into_iter().map(|(_, item)| item));
//                         ^^^^^^^^^^^^^^ await_in_sync_closure
    let mut keys = Vec::new();
    for x in players.iter() {
        keys.push(average(x).await);
    }
    let mut keyed: Vec<_> = keys.into_iter().zip(players.drain(..)).collect();
    keyed.sort_unstable_by(|x, y| x.0.partial_cmp(&y.0).unwrap());
    players.extend(keyed.into_iter().map(|(_, item)| item));
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
