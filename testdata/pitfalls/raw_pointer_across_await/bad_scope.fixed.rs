// edition:2024
fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_byte: u8) {}

fn main() {
    let frame = vec![1u8, 2, 3];
    spawn(async move {
        let byte = {
            let first = frame.as_ptr();
            //  ^^^^^ raw_pointer_across_await
            println!("at {first:p}");
            // SAFETY: the frame is not empty.
            unsafe { *first }
        };
        send(byte).await;
        //         ----- held at this await
    });
}
