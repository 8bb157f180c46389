// edition:2021
use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, RwLock};

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Socket(u32);

async fn write(socket: &Socket) -> u32 {
    socket.0
}

async fn say(sockets: Arc<RwLock<HashMap<u32, Socket>>>, id: u32) -> Option<u32> {
    let map = sockets.read().unwrap();
    //  ^^^ guard_across_await
    let socket = map.get(&id)?;
    Some(write(socket).await)
    //                 ----- still held at this await
}

fn main() {
    spawn(say(Arc::default(), 1));
}
