// edition:2021
async fn key(text: &str, name: &str) -> Result<u16, String> {
    let line = text.lines().find(|line| line.starts_with(name));
    let value = line.and_then(|line| line.split('=').nth(1));
    value.and_then(|value| value.parse().ok()).ok_or(format!("no {name}"))
}

async fn settings(text: &str) -> Result<(u16, u16), String> {
    let port = key(text, "port")?;
    //         ^^^^^^^^^^^^^^^^^ missing_await
    let workers = key(text, "workers");
    //            ^^^^^^^^^^^^^^^^^^^^ missing_await
    Ok((port, workers?))
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
    println!("{:?}", block_on(settings("port=80\nworkers=4")));
    println!("{:?}", block_on(settings("port=80")));
}
