use std::cell::Cell;
use std::rc::Rc;

use layers::{Lines, LogLayer, buffer, logged};
use percore::{Desk, Menu};
use service::{Layer, Service};
use tokio::task::LocalSet;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let lines = Lines::default();
    let menu = Menu::new([("lunch", &["soup", "tea"])]);
    let guests = Rc::new(Cell::new(0));
    let local = LocalSet::new();

    let (buffer, work) = buffer(LogLayer::new("desk", lines.clone()).layer(Desk::default()), 2);
    local.spawn_local(work);
    let (seen, sheet) = (guests.clone(), lines.clone());
    local
        .run_until(logged(sheet, "day", async move {
            for order in ["lunch", "tea"] {
                let meal = menu.call(order.to_owned()).await.unwrap_or_default();
                let before = buffer.call(meal.clone()).await.unwrap_or_default();
                seen.set(seen.get() + 1);
                println!("{meal} after [{before}]");
            }
        }))
        .await;
    println!("{} guests\n{}", guests.get(), lines.all().join("\n"));
}
