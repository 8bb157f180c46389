// edition:2021
async fn work() -> u32 {
    3
}

fn main() {
    let handle = std::thread::spawn(|| work().await);
//                                     ^^^^^^^^^^^^ await_in_sync_closure
    println!("{}", handle.join().unwrap());
}
