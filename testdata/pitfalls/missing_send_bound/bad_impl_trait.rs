// edition:2024
fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn load() -> String {
    String::new()
}

fn report(done: impl Fn(String) + 'static) {
//              ^^^^^^^^^^^^^^^^^^^^^^^^^ missing_send_bound
    spawn(async move { done(load().await) });
    //                 ---- the future holds it
}

fn main() {
    report(|text| println!("{text}"));
}
