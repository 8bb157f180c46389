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

    impl Iterator for Lines {
        type Item = String;

        /// One line more.
        fn next(&mut self) -> Option<Self::Item> {
            let line: Option<<Self as Iterator>::Item> = super::read(self.at).await;
            //                                                                ^^^^^ await_outside_async
            self.at += 1;
            line
        }
    }
}

fn longest() -> usize {
    lines::Lines::new().map(|line| line.len()).max().unwrap_or(0)
}

async fn show() {
    for line in lines::Lines::new() {
        println!("{line}");
    }
    let mut rest = lines::Lines::new();
    rest.next();
    println!("{:?} {}", rest.next(), longest());
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
