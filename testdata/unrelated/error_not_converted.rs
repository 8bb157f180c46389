// edition:2021
// E0277: `?` finds no conversion into the error type of an async function.
use std::error::Error;
use std::fmt;

#[derive(Debug)]
struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refused")
    }
}

async fn ask() -> Result<u32, Refused> {
    Err(Refused)
}

async fn run() -> Result<u32, Box<dyn Error + Send + Sync>> {
    Ok(ask().await?)
}

fn main() {
    drop(run());
}
