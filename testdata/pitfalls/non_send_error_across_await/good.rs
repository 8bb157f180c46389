// edition:2021
use std::error::Error;
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}
fn spawn_local<F: Future + 'static>(_future: F) {}

async fn sleep(_seconds: u32) {}

fn read() -> Result<u32, Box<dyn Error>> {
    Ok("7".parse()?)
}

fn fetch() -> Result<u32, Box<dyn Error + Send + Sync>> {
    Ok("7".parse()?)
}

async fn bound() {
    while let Err(error) = fetch() {
        sleep(1).await;
        eprintln!("{error}");
    }
}

async fn turned_into_text() {
    let failed = read().map_err(|error| error.to_string());
    if let Err(text) = failed {
        sleep(1).await;
        eprintln!("{text}");
    }
}

async fn let_else() {
    let Ok(seconds) = read() else {
        return;
    };
    sleep(seconds).await;
}

async fn no_await() {
    if let Err(error) = read() {
        eprintln!("{error}");
    }
    sleep(1).await;
}

async fn held() {
    if let Err(error) = read() {
        sleep(1).await;
        eprintln!("{error}");
    }
}

fn main() {
    spawn(bound());
    spawn(turned_into_text());
    spawn(let_else());
    spawn(no_await());
    spawn_local(held());
}
