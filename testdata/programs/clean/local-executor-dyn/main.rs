use std::collections::VecDeque;
use std::error::Error;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

type LocalTask<'a> = Pin<Box<dyn Future<Output = Result<(), Box<dyn Error>>> + 'a>>;

#[derive(Default)]
struct Executor<'a> {
    ready: VecDeque<(&'static str, LocalTask<'a>)>,
}

impl<'a> Executor<'a> {
    fn spawn<F>(&mut self, name: &'static str, task: F)
    where
        F: Future<Output = Result<(), Box<dyn Error>>> + 'a,
    {
        self.ready.push_back((name, Box::pin(task)));
    }

    fn run(mut self) -> Vec<String> {
        let mut cx = Context::from_waker(Waker::noop());
        let mut failed = Vec::new();
        while let Some((name, mut task)) = self.ready.pop_front() {
            match task.as_mut().poll(&mut cx) {
                Poll::Ready(Ok(())) => {}
                Poll::Ready(Err(err)) => failed.push(format!("{name}: {err}")),
                Poll::Pending => self.ready.push_back((name, task)),
            }
        }
        failed
    }
}

trait Plugin {
    fn setting(&self, key: &str) -> Option<&str>;
}

struct Fixed(&'static str);

impl Plugin for Fixed {
    fn setting(&self, key: &str) -> Option<&str> {
        (key == "mode").then_some(self.0)
    }
}

async fn log(text: String) {
    println!("{text}");
}

async fn load(plugin: &dyn Plugin, key: &str) -> Result<(), Box<dyn Error>> {
    let value = plugin.setting(key).ok_or("no such setting")?;
    if let Err(err) = value.parse::<u32>() {
        log(format!("{value}: {err}")).await;
        return Err(Box::new(err));
    }
    log(format!("{key} is {value}")).await;
    Ok(())
}

fn main() {
    let (fast, level): (Box<dyn Plugin>, Box<dyn Plugin>) = (Box::new(Fixed("fast")), Box::new(Fixed("3")));
    let mut executor = Executor::default();
    executor.spawn("fast", load(&*fast, "mode"));
    executor.spawn("level", load(&*level, "mode"));
    executor.spawn("color", load(&*level, "color"));
    for line in executor.run() {
        println!("{line}");
    }
}
