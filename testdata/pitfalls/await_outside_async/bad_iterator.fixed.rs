// edition:2021
async fn read(line: u32) -> Option<String> {
    (line < 4).then(|| format!("line {line}"))
}

mod lines {
    pub struct Lines {
        at: u32,
    }

    impl Lines {
        pub fn new() -> Self {
            Lines { at: 0 }
        }
    }

    impl Lines {
        /// One line more.
        pub async fn next(&mut self) -> Option<String> {
            let line: Option<String> = super::read(self.at).await;
            //                                                                ^^^^^ await_outside_async
            self.at += 1;
            line
        }
    }
}

async fn longest() -> usize {
    let mut lines_value = lines::Lines::new();
    let mut values = Vec::new();
    while let Some(line) = lines_value.next().await {
        values.push(line.len());
    }
    values.into_iter().max().unwrap_or(0)
}

async fn show() {
    let mut lines_value = lines::Lines::new();
    while let Some(line) = lines_value.next().await {
        println!("{line}");
    }
    let mut rest = lines::Lines::new();
    rest.next().await;
    println!("{:?} {}", rest.next().await, longest().await);
    let mut words = "a b".split(' ');
    println!("{:?} {:?}", words.next(), words.next());
}

fn main() {
    block_on(show());
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
