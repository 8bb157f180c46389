use std::sync::Mutex;

async fn tick(n: u32) -> u32 {
    n
}

pub async fn work(m: &Mutex<u32>, s: &str) -> usize {
    let g = m.lock().unwrap();
    tick(*g).await;
    s.len()
}
