// edition:2021
use std::fmt;

#[derive(Clone, Debug, PartialEq)]
struct Units {
    factor: u32,
}

#[derive(Clone, Debug, PartialEq)]
struct Reading<'r> {
    station: &'r str,
    values: &'r [u32],
    units: &'r Units,
    number: usize,
}

impl<'r> Reading<'r> {
    fn new(station: &'r str, values: &'r [u32], units: &'r Units) -> Self {
        Self { station: station.trim(), values: &values[1..], units, number: 1 }
    }

    fn next(&self, values: &'r [u32]) -> Reading<'r> {
        Reading { values, number: self.number + 1, ..self.clone() }
    }

    fn station(&self) -> &'r str {
        self.station
    }

    async fn report(mut self) -> String {
        if self.values.is_empty() {
            self.station = "nowhere";
        }
        format!("{self}: {} ({})", sum(self.values, self.units), initial(self.station))
    }
}

impl fmt::Display for Reading<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}#{}", self.station, self.number)
    }
}

fn sum(values: &[u32], units: &Units) -> u32 {
    values.iter().sum::<u32>() * units.factor
}

fn initial(name: &str) -> char {
    name.chars().next().unwrap_or('?')
}

async fn report_all(stations: Vec<String>, values: Vec<u32>) {
    //              -------- belongs to this function
    let units = Units { factor: 10 };
    let mut tasks = Vec::new();
    for station in &stations {
        let reading = Reading::new(station, &values, &units);
        let second = reading.next(&[]);
        println!("{}", second.station());
        tasks.push(rt::spawn(async move { reading.report().await }));
        //                   ^^^^^^^^^^ spawn_borrows_local
        tasks.push(rt::spawn(async move { second.report().await }));
        //                   ---------- and so does this task
    }
    for task in tasks {
        println!("{}", task.await);
    }
    println!("{} values of {units:?}", values.len());
}

fn main() {
    let stations = vec![" Oslo".to_string(), "Bonn ".to_string()];
    rt::block_on(report_all(stations, vec![1, 2, 3]));
}

// A runtime that runs each task on a thread of its own.
mod rt {
    use std::future::Future;
    use std::pin::{pin, Pin};
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Poll, Waker};

    pub struct Task<T>(Arc<Mutex<Option<T>>>);

    impl<T> Future for Task<T> {
        type Output = T;
        fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
            context.waker().wake_by_ref();
            self.0.lock().unwrap().take().map_or(Poll::Pending, Poll::Ready)
        }
    }

    pub fn spawn<F>(future: F) -> Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let slot = Arc::new(Mutex::new(None));
        let done = Arc::clone(&slot);
        std::thread::spawn(move || {
            let value = block_on(future);
            *done.lock().unwrap() = Some(value);
        });
        Task(slot)
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
            std::thread::yield_now();
        }
    }
}
