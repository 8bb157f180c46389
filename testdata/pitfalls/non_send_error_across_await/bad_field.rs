// edition:2021
use std::error::Error;
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_text: String) {}

#[derive(Default)]
struct Outcome {
    error: Option<Box<dyn Error>>,
    //                ^^^^^^^^^ non_send_error_across_await
}

impl Outcome {
    async fn report(self) {
        send("done".to_string()).await;
        if let Some(error) = self.error {
        //          ----- a value of this type is held here
            send(error.to_string()).await;
            //                      ----- held at this await
        }
    }
}

fn main() {
    spawn(Outcome::default().report());
}
