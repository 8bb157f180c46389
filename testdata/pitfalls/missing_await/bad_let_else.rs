// edition:2021
async fn first(words: &str) -> Option<&str> {
    words.split(' ').next()
}

async fn shout(words: &str) -> String {
    let Some(word) = first(words) else {
    //               ^^^^^^^^^^^^ missing_await
        return String::new();
    };
    if let Some(again) = first(word) {
    //                   ^^^^^^^^^^^ missing_await
        return again.to_uppercase();
    }
    word.to_string()
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
    println!("{}", block_on(shout("one two")));
}
