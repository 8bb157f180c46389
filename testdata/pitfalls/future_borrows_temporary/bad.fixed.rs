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
    let text = format!("day {day}");
    let job = printer.print(&text, day * 2);
    //                       ^^^^^^^^^^^^^^^^^^^^ future_borrows_temporary
    //        ------------- this future keeps the reference until it is done
    rt::tick().await;
    job.await
}

async fn several(columns: u32) -> String {
    let layout = Layout { columns: columns.max(1) };
    let value = columns.to_string();
    let words = ["a", &value];
    let page = lay_out(&layout, &words);
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
    let from_value = next(&counter);
    let text = String::from(" x ");
    let job = Box::pin(print_from(&first, from_value, text.trim(), next(&counter)));
    //                                                    ^^^^^^^^^^^^^^^^^^^ future_borrows_temporary
    rt::tick().await;
    job.await
}

async fn print_from(printer: &Printer, from: u32, text: &str, to: u32) -> String {
    format!("{} prints {text} from {from} to {to}", printer.name)
}

async fn changed() -> Vec<u32> {
    let mut words_value = vec![1, 2];
    let words = pin!(append(&mut words_value, 3));
    //                           ^^^^^^^^^^ future_borrows_temporary
    words.await
}

async fn in_list() -> usize {
    let printer = Printer { name: "list".to_owned() };
    let text = 1.to_string();
    let text_value = 2.to_string();
    let jobs = [printer.print(&text, 1), printer.print(&text_value, 2)];
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
    let text = format!("{} of {}", at, printers.len());
    let job = printers[at].print(&text, 1);
    //                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ future_borrows_temporary
    rt::tick().await;
    job.await
}

async fn in_vec(printer: &Printer) -> usize {
    let text = vec!["a"; 2].join(" ");
    let jobs = vec![
        printer.print("none", 1),
        printer.print(&text, 2),
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
