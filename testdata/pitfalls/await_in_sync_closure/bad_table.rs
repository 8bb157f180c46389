// edition:2021
use std::collections::BTreeMap;

struct Robot {
    at: i32,
    trace: Vec<String>,
}

async fn feel(at: i32) -> Result<i32, String> {
    rt::yield_now().await;
    if at > 4 { Err(format!("a wall at {at}")) } else { Ok(at) }
}

type Order = Box<dyn Fn(&mut Robot, i32) -> Result<i32, String>>;

fn turn(robot: &mut Robot, by: i32) -> Result<i32, String> {
    robot.at = -robot.at;
    Ok(by)
}

fn orders(name: &str) -> BTreeMap<&'static str, Order> {
    let mut orders: BTreeMap<&'static str, Order> = BTreeMap::new();
    let name = name.to_string();
    orders.insert(
        "go",
        Box::new(move |robot, by| {
            let to = feel(robot.at + by).await?;
//                   ^^^^^^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
            robot.trace.push(format!("{name} goes to {to}"));
            robot.at = to;
            Ok(to)
        }),
    );
    orders.insert("turn", Box::new(turn));
    orders.insert("look", Box::new(|robot, _| Ok(robot.at)));
    orders.insert("jump", Box::new(|robot, by| -> Result<i32, String> {
        robot.at = feel(robot.at).await? + by;
//                 -------------------- nothing can be awaited in a plain closure
        Ok(0)
    }));
    orders
}

fn obey(orders: &BTreeMap<&'static str, Order>, robot: &mut Robot, line: (&str, i32)) -> Result<i32, String> {
    let order = orders.get(line.0).ok_or("what?")?;
    order(robot, line.1)
}

async fn run() {
    let orders = orders("Karel");
    let mut robot = Robot { at: 0, trace: vec![] };
    for line in [("go", 2), ("look", 0), ("turn", 0), ("jump", 5), ("go", 9), ("fly", 1), ("go", 1)] {
        println!("{line:?}: {:?}", obey(&orders, &mut robot, line));
    }
    println!("{:?}, {}", orders["look"](&mut robot, 1), robot.trace.join(", "));
}

fn main() {
    rt::block_on(run());
}

mod rt {
    use std::future::Future;
    use std::pin::{pin, Pin};
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    }

    pub async fn yield_now() {
        struct Yield(bool);
        impl Future for Yield {
            type Output = ();
            fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
                if self.0 {
                    return Poll::Ready(());
                }
                self.0 = true;
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
        Yield(false).await;
    }
}
