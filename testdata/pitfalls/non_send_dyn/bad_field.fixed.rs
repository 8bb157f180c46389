// edition:2021
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_text: String) {}

trait Plugin {
    fn name(&self) -> String;
}

struct Server {
    plugins: Vec<Arc<dyn Plugin + Send + Sync>>,
    //               ^^^^^^^^^^ non_send_dyn
}

impl Server {
    async fn greet(self) {
        for plugin in &self.plugins {
        //            ------------- a value of this type is held here
            send(plugin.name()).await;
            //                  ----- held at this await
        }
    }
}

struct Echo;

impl Plugin for Echo {
    fn name(&self) -> String {
        "echo".to_string()
    }
}

fn main() {
    spawn(Server { plugins: vec![Arc::new(Echo)] }.greet());
}
