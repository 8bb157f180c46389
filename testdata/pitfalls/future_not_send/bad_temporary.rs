// edition:2024
fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn fetch(_name: String) {}

fn main() {
    spawn(async {
        for name in std::env::args() {
        //          ^^^^^^^^^^^^^^^^ future_not_send
            fetch(name).await;
            //          ----- held at this await
        }
    });
}
