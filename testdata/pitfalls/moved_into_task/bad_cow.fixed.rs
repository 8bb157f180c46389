// edition:2021
// A clone would borrow like the first one: its own `to_owned` does not.
use std::borrow::Cow;
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

#[derive(Clone)]
struct Name<'a>(Cow<'a, str>);

impl Name<'_> {
    fn to_owned(&self) -> Name<'static> {
        Name(Cow::Owned(self.0.to_string()))
    }
}

async fn register(name: Name<'static>) {
    println!("{}", name.0);
}

fn request(name: Name<'_>) -> usize {
    let own = name.to_owned();
    spawn(async move { register(own).await });
    //    ^^^^^^^^^^ moved_into_task
    name.0.len()
}

fn main() {
    println!("{}", request(Name("ada".into())));
}
