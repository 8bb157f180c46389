// edition:2021
// A function of `Rc` is given an `Arc`.
use std::sync::Arc;

struct Builder {
    query: Arc<String>,
}

impl Builder {
    fn reset(&mut self) {
        let query: &mut String = std::rc::Rc::make_mut(&mut self.query);
        //                                             ^^^^^^^^^^^^^^^ rc_meets_arc
        query.truncate(1);
    }
}

async fn run(builder: Builder) -> usize {
    builder.query.len()
}

fn main() {
    let mut builder = Builder { query: Arc::new("text".to_string()) };
    builder.reset();
    assert_eq!(*builder.query, "t");
    let _ = run(builder);
}
