// edition:2021
// The same with the bound, in each form.
trait Handler: Send + 'static {
    fn handle(&self) -> String;
}

struct Plain<T>(T);

impl<T: ToString + Send + 'static> Handler for Plain<T> {
    fn handle(&self) -> String {
        self.0.to_string()
    }
}

fn keep(handler: impl Handler) -> Box<dyn Handler> {
    Box::new(handler)
}

async fn run(handler: Box<dyn Handler>) -> String {
    handler.handle()
}

fn main() {
    let _ = run(keep(Plain(1)));
}
