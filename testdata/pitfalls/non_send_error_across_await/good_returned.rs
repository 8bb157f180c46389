// edition:2024
use std::error::Error;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

// A result is not held: it is there when the last await is over.
async fn load() -> Result<u32, Box<dyn Error>> {
    leaf().await;
    let value = "7".parse()?;
    leaf().await;
    Ok(value)
}

fn main() {
    spawn(async {
        let text = load().await.map_or_else(|error| error.to_string(), |value| value.to_string());
        leaf().await;
        println!("{text}");
    });
    std::thread::spawn(|| {
        if let Err(error) = "7".parse::<u32>().map_err(Box::<dyn Error>::from) {
            eprintln!("{error}");
        }
    });
}
