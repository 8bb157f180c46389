// edition:2021
// Which volume the task is to play at, the one there was or the one there is, nobody can say.
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn play(note: &str, volume: u32) {
    println!("{note} at {volume}");
}

async fn pause() {}

pub async fn concert() -> u32 {
    let mut volume = 3;
    spawn(async {
        //^^^^^ spawn_borrows_local
        play("c", volume).await;
        play("e", volume).await;
    });
    pause().await;
    volume = 11;
    volume
}

fn main() {}
