// edition:2024
fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

mod report {
    pub trait Sink {
        fn put(&self, line: &str);
    }
}

// Writes twice.
async fn write(sink: &dyn report::Sink) {
//             ---- a value of this type is held here
//                    ^^^^^^^^^^^^^^^^ non_send_dyn
    sink.put("begin");
    leaf().await;
    //     ----- held at this await
    sink.put("end");
}

struct Console;

impl report::Sink for Console {
    fn put(&self, line: &str) {
        println!("{line}");
    }
}

fn main() {
    spawn(async { write(&Console).await });
}
