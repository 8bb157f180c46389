// edition:2021
use std::sync::Mutex;

fn size(list: &Mutex<Vec<u32>>) -> usize {
    list.lock().unwrap().len()
}

async fn show(list: &Mutex<Vec<u32>>) -> usize {
    let guard = list.lock().unwrap();
    let before = guard.len();
    drop(guard);
    before + size(list).await
}

fn main() {
    let list = Mutex::new(vec![]);
    let _show = show(&list);
}
