// edition:2021
async fn read(line: u32) -> Option<u32> {
    (line < 3).then_some(line)
}

struct Lines {
    at: u32,
}

// `longest` takes whatever has the trait.
impl Iterator for Lines {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.at += 1;
        read(self.at).await
        //            ^^^^^ await_outside_async
    }
}

struct Name(String);

// Both are called `from`: an own method of that name would hide the other.
impl From<u32> for Name {
    fn from(line: u32) -> Self {
        Name(format!("{:?}", read(line).await))
        //                              ^^^^^ await_outside_async
    }
}

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Name(name.to_string())
    }
}

fn longest(lines: impl Iterator<Item = u32>) -> Option<u32> {
    lines.max()
}

fn main() {
    println!("{:?} {}", longest(Lines { at: 0 }), Name::from(1).0 + &Name::from("x").0);
}

fn block_on<F: std::future::Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}
