// edition:2021
use std::sync::Mutex;

async fn fetch(_: u32) -> Result<u32, String> {
    Ok(1)
}

async fn run(log: &Mutex<Vec<u32>>) -> Result<(), String> {
    let answer = fetch(7)?;
    log.lock().unwrap().push(answer);
    Ok(())
}

fn main() {
    let log = Mutex::new(Vec::new());
    let _run = run(&log);
}
