// edition:2021
// Addresses are copied, so nothing is lost by taking one.
use std::future::Future;
use std::net::SocketAddr;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Envelope {
    from: SocketAddr,
    to: SocketAddr,
}

async fn receive(envelope: Envelope) {
    println!("{} -> {}", envelope.from, envelope.to);
}

fn loop_back(from: SocketAddr, to: SocketAddr) {
//                             ^^^^^^^^^^^^^^^ reference_where_owner_needed
    spawn(async move {
        receive(Envelope { from, to }).await;
        receive(Envelope { from: to, to: from }).await;
    });
}

fn main() {
    let here = SocketAddr::from(([127, 0, 0, 1], 80));
    loop_back(here, here);
}
