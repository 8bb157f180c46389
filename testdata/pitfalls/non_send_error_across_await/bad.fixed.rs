// edition:2021
use std::error::Error;
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn sleep(_seconds: u32) {}

async fn fetch() -> Result<String, Box<dyn Error + Send + Sync>> {
//                                     ^^^^^^^^^ non_send_error_across_await
    Ok(String::new())
}

async fn load() {
    while let Err(error) = fetch().await {
    //            ----- a value of this type is held here
        eprintln!("{error}; trying again in 1 s");
        sleep(1).await;
        //       ----- held at this await
    }
}

fn main() {
    spawn(load());
}
