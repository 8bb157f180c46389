// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn sleep(_seconds: u32) {}

type BoxError = Box<dyn std::error::Error + Send + Sync>; // of any kind
//                  ^^^^^^^^^^^^^^^^^^^^^ non_send_error_across_await
type Result<T> = std::result::Result<T, BoxError>;

fn parse(text: &str) -> Result<u32> {
    Ok(text.parse()?)
}

async fn load() -> u32 {
    // Until it works.
    loop {
        match parse("7") {
            Ok(value) => return value,
            Err(error) => {
            //  ----- a value of this type is held here
                sleep(1).await;
                //       ----- held at this await
                eprintln!("{}", error);
            }
        }
    }
}

fn main() {
    spawn(load());
}
