// edition:2024
fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

fn main() {
    let names = std::sync::Arc::new(vec!["ann", "bob"]);
    //  ^^^^^ rc_across_await
    for index in 0..2 {
        let names = std::sync::Arc::clone(&names);
        spawn(async move {
            leaf().await;
            println!("{}", names[index]);
            //             ----- held here
        });
    }
}
