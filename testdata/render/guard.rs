use std::sync::Mutex;

pub async fn send(_: u32) {}

pub async fn bump(state: &Mutex<u32>) {
    // 状態
	let mut guard = state.lock().unwrap(); *guard += 1;
    let é = *guard; send(é).await;
    println!("{é}");
}
