// edition:2021
// Nobody keeps the value: it may borrow.
async fn show<T: ToString>(value: T) -> String {
    value.to_string()
}

struct Plain<T>(T);

impl<T: ToString> Plain<T> {
    async fn show(&self) -> String {
        self.0.to_string()
    }
}

fn main() {
    let text = "text".to_string();
    let _ = show(text.as_str());
    let _ = Plain(text.as_str()).show();
}
