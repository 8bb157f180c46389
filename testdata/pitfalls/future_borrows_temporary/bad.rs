// edition:2021
use std::cell::Cell;
use std::pin::pin;

struct Printer {
    name: String,
}

impl Printer {
    async fn print(&self, text: &str, copies: u32) -> String {
        rt::tick().await;
        format!("{}: {copies} of {text}", self.name)
    }
}

struct Layout {
    columns: u32,
}

async fn lay_out(layout: &Layout, words: &[&str]) -> String {
    format!("{} in {}", words.join("|"), layout.columns)
}

async fn append(words: &mut Vec<u32>, word: u32) -> Vec<u32> {
    words.push(word);
    words.clone()
}

fn next(counter: &Cell<u32>) -> u32 {
    counter.set(counter.get() + 1);
    counter.get()
}

async fn kept(printer: &Printer, day: u32) -> String {
    let job = printer.print(&format!("day {day}"), day * 2);
    //                       ^^^^^^^^^^^^^^^^^^^^ future_borrows_temporary
    //        ------------- this future keeps the reference until it is done
    rt::tick().await;
    job.await
}

async fn several(columns: u32) -> String {
    let page = lay_out(&Layout { columns: columns.max(1) }, &["a", &columns.to_string()]);
    //                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ future_borrows_temporary
    //                                                       --------------------------- and so does this
    //                                                              ------------------- and so does this
    println!("laying out");
    page.await
}

// What is computed before the value still is.
async fn in_order() -> String {
    let counter = Cell::new(0);
    let first = Printer { name: "first".to_owned() };
    let job = Box::pin(print_from(&first, next(&counter), String::from(" x ").trim(), next(&counter)));
    //                                                    ^^^^^^^^^^^^^^^^^^^ future_borrows_temporary
    rt::tick().await;
    job.await
}

async fn print_from(printer: &Printer, from: u32, text: &str, to: u32) -> String {
    format!("{} prints {text} from {from} to {to}", printer.name)
}

async fn changed() -> Vec<u32> {
    let words = pin!(append(&mut vec![1, 2], 3));
    //                           ^^^^^^^^^^ future_borrows_temporary
    words.await
}

async fn in_list() -> usize {
    let printer = Printer { name: "list".to_owned() };
    let jobs = [printer.print(&1.to_string(), 1), printer.print(&2.to_string(), 2)];
    //                         ^^^^^^^^^^^^^ future_borrows_temporary
    //                                                           ------------- and so does this
    let mut total = 0;
    for job in jobs {
        total += job.await.len();
    }
    total
}

// A place is looked up after the value is made.
async fn of_list(printers: &[Printer], at: usize) -> String {
    let job = printers[at].print(&format!("{} of {}", at, printers.len()), 1);
    //                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ future_borrows_temporary
    rt::tick().await;
    job.await
}

async fn in_vec(printer: &Printer) -> usize {
    let jobs = vec![
        printer.print("none", 1),
        printer.print(&vec!["a"; 2].join(" "), 2),
        //             ^^^^^^^^^^^^^^^^^^^^^^ future_borrows_temporary
    ];
    jobs.len()
}

fn main() {
    let printer = Printer { name: "p".to_owned() };
    println!("{}", rt::block_on(kept(&printer, 3)));
    println!("{}", rt::block_on(several(2)));
    println!("{}", rt::block_on(in_order()));
    println!("{:?}", rt::block_on(changed()));
    println!("{}", rt::block_on(in_list()));
    println!("{}", rt::block_on(of_list(&[printer], 0)));
    println!("{}", rt::block_on(in_vec(&Printer { name: "v".to_owned() })));
}

// A runtime that polls one future until it is done.
mod rt {
    use std::future::Future;
    use std::pin::{pin, Pin};
    use std::task::{Context, Poll, Waker};

    struct Yield(bool);

    impl Future for Yield {
        type Output = ();
        fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
            let done = std::mem::replace(&mut self.0, true);
            if done { Poll::Ready(()) } else { Poll::Pending }
        }
    }

    pub async fn tick() {
        Yield(false).await;
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    }
}
