use std::collections::BTreeMap;
use std::fmt;

#[derive(Debug, PartialEq)]
enum ScanError {
    Missing(String),
    Denied(String),
}

impl fmt::Display for ScanError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            ScanError::Missing(dir) => write!(f, "{dir} is missing"),
            ScanError::Denied(dir) => write!(f, "{dir} cannot be read"),
        }
    }
}

enum Entry {
    File(u64),
    Dir(&'static str),
}

type Disk = BTreeMap<&'static str, Vec<Entry>>;

async fn list<'d>(disk: &'d Disk, dir: &str) -> Result<&'d [Entry], ScanError> {
    if dir.starts_with('.') {
        return Err(ScanError::Denied(dir.to_string()));
    }
    match disk.get(dir) {
        Some(entries) => Ok(entries),
        None => Err(ScanError::Missing(dir.to_string())),
    }
}

async fn size(disk: &Disk, dir: &str) -> Result<u64, ScanError> {
    let mut total = 0;
    for entry in list(disk, dir).await? {
        total += match entry {
            Entry::File(bytes) => *bytes,
            Entry::Dir(name) => size(disk, name).await?,
        };
    }
    Ok(total)
}

fn main() {
    use Entry::{Dir, File};
    let disk = BTreeMap::from([
        ("src", vec![File(120), Dir("bin"), File(30)]),
        ("bin", vec![File(7)]),
        ("etc", vec![Dir("src"), Dir("ssl")]),
        ("home", vec![Dir(".cache")]),
    ]);
    for dir in ["src", "etc", "home"] {
        let scan = rt::require_send(size(&disk, dir));
        match rt::block_on(scan) {
            Ok(bytes) => println!("{dir}: {bytes}"),
            Err(err) => println!("{dir}: {err}"),
        }
    }
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            std::thread::yield_now();
        }
    }

    pub fn require_send<T: Send>(value: T) -> T {
        value
    }
}
