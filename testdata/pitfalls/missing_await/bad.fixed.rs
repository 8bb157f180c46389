// edition:2021
struct Notes {
    text: String,
}

impl Notes {
    async fn read(&self) -> String {
        self.text.clone()
    }

    async fn todos(&self) -> Vec<String> {
        let text = self.read().await;
        //         ^^^^^^^^^^^ missing_await
        text.lines()
            .filter(|line| line.contains("TODO"))
            .map(str::to_string)
            .collect()
    }
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

fn main() {
    let notes = Notes { text: "a\nTODO b\n".to_string() };
    println!("{:?}", block_on(notes.todos()));
}
