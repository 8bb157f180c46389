// edition:2021
#[derive(Debug)]
enum Denied {
    Unknown,
    Wrong { left: u32 },
}

async fn check(user: &str, pin: u32) -> Result<u32, Denied> {
    match user {
        "ada" if pin == 1 => Ok(7),
        "ada" => Err(Denied::Wrong { left: 2 }),
        _ => Err(Denied::Unknown),
    }
}

async fn login(user: &str, pin: u32) -> String {
    match check(user, pin).await {
    //    ^^^^^^^^^^^^^^^^ missing_await
        Ok(id) => format!("user {id}"),
        Err(Denied::Wrong { left }) => format!("{left} tries left"),
        Err(other) => format!("{other:?}"),
    }
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
    for (user, pin) in [("ada", 1), ("ada", 2), ("bob", 1)] {
        println!("{}", block_on(login(user, pin)));
    }
}
