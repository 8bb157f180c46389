use std::fmt::Write;
use std::rc::Rc;

struct TlsConfig {
    roots: usize,
    alpn: Vec<&'static str>,
}

struct Conn {
    host: String,
    protocol: &'static str,
}

async fn handshake(config: &TlsConfig, host: &str) -> &'static str {
    let at = host.len() % config.alpn.len();
    config.alpn[at]
}

async fn dial(host: &str) -> Conn {
    let config = Rc::new(TlsConfig {
        roots: 2,
        alpn: vec!["h2", "http/1.1"],
    });
    let mut host = host.to_string();
    let protocol = handshake(&config, &host).await;
    write!(host, "+{}", config.roots).unwrap();
    Conn { host, protocol }
}

async fn ping(host: &'static str) -> String {
    let conn = dial(host).await;
    format!("ping {} {}", conn.host, conn.protocol)
}

async fn fetch(host: &'static str, path: &str) -> String {
    let conn = dial(host).await;
    format!("get {}{} {}", conn.host, path, conn.protocol)
}

fn health_checks() -> Vec<String> {
    let first = rt::spawn(ping("db"));
    let second = rt::spawn(ping("cache"));
    vec![first.join().unwrap(), second.join().unwrap()]
}

fn warm_up() -> String {
    rt::spawn(async { fetch("cdn", "/index").await }).join().unwrap()
}

fn main() {
    for line in health_checks() {
        println!("{line}");
    }
    println!("{}", warm_up());
    let last = rt::spawn(async {
        let conn = dial("mx1").await;
        conn.protocol.len()
    });
    println!("{}", last.join().unwrap());
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    use std::thread;

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            thread::yield_now();
        }
    }

    pub fn spawn<F>(future: F) -> thread::JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        thread::spawn(move || block_on(future))
    }
}
