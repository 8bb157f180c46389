// edition:2021
// What is asked of the callers in turn stands before their lifetime bounds.
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

type Reply<'a> = Pin<Box<dyn Future<Output = u32> + 'a>>;
//                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ non_send_dyn
type Command = Box<dyn Fn(u32) -> Reply<'static>>;
//                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ non_send_dyn

#[derive(Default)]
struct Console {
    commands: Vec<Command>,
}

impl Console {
    fn add<C, F>(&mut self, command: C)
    where
        C: Fn(u32) -> F + 'static,
        F: Future<Output = u32> + 'static,
    {
        self.commands.push(Box::new(move |n| Box::pin(command(n))));
    }

    async fn run(&self, n: u32) {
        for command in &self.commands {
            println!("{}", command(n).await);
        }
    }
}

async fn double(n: u32) -> u32 {
    n * 2
}

fn main() {
    let mut console = Console::default();
    console.add(double);
    console.add(|n| async move { n + 1 });
    let console = Arc::new(console);
    spawn(async move { console.run(4).await });
}
