use std::sync::{Arc, Mutex};

use service::{Layer, SendService, Service};

/// What was written down; clones write on the same sheet.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    lines: Arc<Mutex<Vec<String>>>,
}

impl Lines {
    pub fn add(&self, line: impl Into<String>) {
        self.lines.lock().unwrap().push(line.into());
    }

    pub fn all(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }
}

#[derive(Clone, Debug)]
pub struct LogLayer {
    name: Arc<str>,
    lines: Lines,
}

impl LogLayer {
    pub fn new(name: &str, lines: Lines) -> Self {
        Self { name: name.into(), lines }
    }
}

impl<S> Layer<S> for LogLayer {
    type Service = Log<S>;

    fn layer(&self, inner: S) -> Log<S> {
        Log { inner, log: self.clone() }
    }
}

/// Writes down each answer of a service.
#[derive(Clone, Debug)]
pub struct Log<S> {
    inner: S,
    log: LogLayer,
}

impl<S> Log<S> {
    fn note(&self, good: bool) {
        let word = if good { "answers" } else { "fails" };
        self.log.lines.add(format!("{} {word}", self.log.name));
    }
}

/// Does `work`, and writes down its beginning and end.
pub async fn logged<W: Future>(lines: Lines, name: &str, work: W) -> W::Output {
    let label = Arc::new(format!("[{name}]"));
    lines.add(format!("{label} begins"));
    let result = work.await;
    lines.add(format!("{label} ends"));
    result
}

impl<S, R> Service<R> for Log<S>
where
    S: Service<R>,
{
    type Response = S::Response;
    type Error = S::Error;

    async fn call(&self, request: R) -> Result<S::Response, S::Error> {
        let answer = self.inner.call(request).await;
        self.note(answer.is_ok());
        answer
    }
}

impl<S, R> SendService<R> for Log<S>
where
    S: SendService<R> + Sync,
    R: Send,
{
    type Response = S::Response;
    type Error = S::Error;

    async fn call(&self, request: R) -> Result<S::Response, S::Error> {
        let answer = self.inner.call(request).await;
        self.note(answer.is_ok());
        answer
    }
}
