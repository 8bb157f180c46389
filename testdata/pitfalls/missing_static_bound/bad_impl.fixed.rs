// edition:2021
// A trait asks that nothing is borrowed; the `impl` is for any type.
trait Handler: Send + 'static {
    fn handle(&self) -> String;
}

struct Plain<T>(T);

impl<T: ToString + Send + 'static> Handler for Plain<T> {
//   ^^^^^^^^^^^^^^^^^^ missing_static_bound
    fn handle(&self) -> String {
        self.0.to_string()
    }
}

async fn run(handler: Box<dyn Handler>) -> String {
    handler.handle()
}

fn main() {
    let _ = run(Box::new(Plain(1)));
}
