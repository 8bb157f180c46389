// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}
fn spawn_local<F: Future + 'static>(_future: F) {}

async fn send(_byte: u8) {}

async fn indexed(frame: Vec<u8>) {
    for at in 0..frame.len() {
        // SAFETY: `at` is within the frame.
        let byte = unsafe { *frame.as_ptr().add(at) };
        send(byte).await;
    }
}

async fn last_used_before(frame: Vec<u8>) {
    let first = frame.as_ptr();
    let byte = unsafe { first.read() };
    send(byte).await;
}

async fn scoped(frame: Vec<u8>) {
    let byte = {
        let first = frame.as_ptr();
        println!("at {first:p}");
        unsafe { *first }
    };
    send(byte).await;
}

struct Handle(*const u8);

// SAFETY: it is read only, and never freed.
unsafe impl Send for Handle {}

async fn promised(handle: Handle) {
    send(1).await;
    println!("{:p}", handle.0);
}

async fn held(first: *const u8) {
    send(1).await;
    println!("{first:p}");
}

fn sum(frame: &[u8]) -> u8 {
    let first = frame.as_ptr();
    unsafe { *first }
}

fn main() {
    spawn(indexed(vec![1]));
    spawn(last_used_before(vec![1]));
    spawn(scoped(vec![1]));
    spawn(promised(Handle(std::ptr::null())));
    spawn_local(held(std::ptr::null()));
    std::thread::spawn(|| sum(&[1]));
}
