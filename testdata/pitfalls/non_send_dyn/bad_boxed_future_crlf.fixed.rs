// edition:2021
use std::future::Future;
use std::pin::Pin;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn save(_value: u32) {}

// What is still to be done.
type Job = Pin<Box<dyn Future<Output = ()> + Send /* no result */>>;
//                 ^^^^^^^^^^^^^^^^^^^^^^^ non_send_dyn

fn main() {
    let jobs: Vec<Job> = vec![Box::pin(save(1)), Box::pin(save(2))];
    spawn(async {
        for job in jobs {
            job.await;
        //  --- a value of this type is held here
        }
    });
}
