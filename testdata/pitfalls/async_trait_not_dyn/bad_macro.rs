// edition:2021
trait Shape {
    async fn area(&self) -> f64;
//           ^^^^ async_trait_not_dyn
}

macro_rules! shape {
    ($name:ident, $field:ident => $area:expr) => {
        struct $name {
            $field: f64,
        }

        impl Shape for $name {
            async fn area(&self) -> f64 {
                let $field = self.$field;
                $area
            }
        }
    };
}

shape!(Square, side => side * side);
shape!(Circle, radius => 3.0 * radius * radius);

fn main() {
    let shapes: Vec<Box<dyn Shape>> = vec![Box::new(Square { side: 2.0 }), Box::new(Circle { radius: 1.0 })];
//                          ----- here it has to be one type for all
    rt::block_on(async {
        for shape in &shapes {
            println!("{}", shape.area().await);
        }
    });
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(out) = future.as_mut().poll(&mut cx) {
                return out;
            }
        }
    }

    pub async fn tick() {
        let mut done = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut done, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
