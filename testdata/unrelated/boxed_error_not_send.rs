// edition:2021
// Not Send because of the error; a RefCell of the block's own is used with short borrows.
use std::cell::RefCell;
use std::error::Error;
use std::future::Future;

fn spawn<F: Future<Output = ()> + Send + 'static>(_: F) {}

async fn report(_: String) {}

fn parse(text: &str) -> Result<u32, Box<dyn Error>> {
    Ok(text.parse()?)
}

fn main() {
    spawn(async {
        let seen = RefCell::new(Vec::new());
        match parse("x") {
            Ok(number) => seen.borrow_mut().push(number),
            Err(error) => {
                report(error.to_string()).await;
                drop(error);
            }
        }
    });
}
