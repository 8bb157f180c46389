// edition:2021
struct Profile {
    name: String,
    visits: u32,
}

async fn profile(id: u32) -> Profile {
    Profile { name: format!("user{id}"), visits: id * 2 }
}

async fn greet(id: u32) -> String {
    let profile = profile(id);
    //            ^^^^^^^^^^^ missing_await
    let name = profile.name.to_uppercase();
    format!("{name} was here {} times", profile.visits)
}

fn block_on<F: std::future::Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn main() {
    println!("{}", block_on(greet(4)));
}
