// edition:2021
// The box lives no longer than what is in it.
trait Handler {
    fn handle(&self) -> String;
}

impl Handler for &str {
    fn handle(&self) -> String {
        self.to_string()
    }
}

fn keep<'a, T: Handler + 'a>(handler: T) -> Box<dyn Handler + 'a> {
    Box::new(handler)
}

async fn run(handler: &dyn Handler) -> String {
    handler.handle()
}

fn main() {
    let text = "text".to_string();
    let handler = keep(text.as_str());
    let _ = run(handler.as_ref());
}
