// edition:2021
// Several types have a method of that name; it is awaited where the type is not written.
async fn write(text: &str) -> usize {
    text.len()
}

struct Get(String);
struct Set(String);

impl Get {
    fn apply(self) -> usize {
        write(&self.0).await
        //             ^^^^^ await_outside_async
    }
}

impl Set {
    async fn apply(self) -> usize {
        write(&self.0).await + 1
    }
}

enum Command {
    Get(Get),
    Set(Set),
}

async fn run(command: Command) -> usize {
    match command {
        Command::Get(command) => command.apply().await,
        Command::Set(command) => command.apply().await,
    }
}

fn main() {
    let get = block_on(run(Command::Get(Get("a".to_string()))));
    println!("{}", get + block_on(run(Command::Set(Set("b".to_string())))));
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
