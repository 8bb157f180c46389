"""The Rust that generate.py puts together: `$f` and the like are filled in for each copy."""

MANIFEST = """\
[package]
name = "bench-crate"
version = "0.1.0"
edition = "2021"

[workspace]
"""

SUPPORT = """\
//! What every part uses: errors, waiting, storage, and a queue of tasks.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};

#[derive(Debug, Clone, PartialEq)]
pub enum Error {
    Missing(u64),
    Refused(String),
    Closed,
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Missing(id) => write!(formatter, "{id} is missing"),
            Error::Refused(reason) => write!(formatter, "refused: {reason}"),
            Error::Closed => formatter.write_str("closed"),
        }
    }
}

impl std::error::Error for Error {}

pub type Result<T> = std::result::Result<T, Error>;
pub type Job<'a> = Pin<Box<dyn Future<Output = Result<u64>> + Send + 'a>>;

static QUEUE: Mutex<Vec<Pin<Box<dyn Future<Output = ()> + Send>>>> = Mutex::new(Vec::new());

pub fn spawn<F: Future + Send + 'static>(future: F) {
    let task = Box::pin(async move {
        future.await;
    });
    QUEUE.lock().unwrap().push(task);
}

/// Is ready at the second poll.
#[derive(Debug, Default)]
pub struct Pause(bool);

impl Future for Pause {
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

pub fn pause() -> Pause {
    Pause::default()
}

pub async fn fetch(key: u64) -> Result<Vec<u8>> {
    pause().await;
    if key == 0 {
        return Err(Error::Missing(key));
    }
    Ok(key.to_le_bytes().to_vec())
}

pub async fn store(key: u64, bytes: &[u8]) -> Result<()> {
    pause().await;
    if bytes.is_empty() {
        return Err(Error::Refused(format!("nothing to store at {key}")));
    }
    Ok(())
}

pub trait Source {
    fn load(&self, id: u64) -> impl Future<Output = Result<Vec<u8>>> + Send;
}
"""

MODULE = """\
//! The $name and what is done with them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, RwLock};

use crate::support::{fetch, pause, spawn, store, Error, Job, Result, Source};

#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Draft,
    Queued { attempts: u32 },
    Sent(u64),
    Failed(String),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub id: u64,
    pub name: String,
    pub weight: u32,
    pub kind: Kind,
}

impl Record {
    pub fn new(id: u64, name: &str) -> Self {
        let name = name.to_owned();
        Record { id, name, weight: 0, kind: Kind::Draft }
    }
}

#[derive(Debug, Default)]
pub struct Shared {
    pub table: Mutex<BTreeMap<u64, Record>>,
    pub names: RwLock<Vec<String>>,
    pub total: Mutex<u64>,
}

impl Shared {
    pub fn find(&self, id: u64) -> Option<Record> {
        self.table.lock().unwrap().get(&id).cloned()
    }

    pub fn take_first(&self) -> Option<Record> {
        self.table.lock().unwrap().pop_first().map(|(_, record)| record)
    }
}

impl Source for Shared {
    async fn load(&self, id: u64) -> Result<Vec<u8>> {
        match self.find(id) {
            Some(record) => Ok(record.name.into_bytes()),
            None => fetch(id).await,
        }
    }
}

pub fn first_job(shared: &Shared, id: u64) -> Job<'_> {
    Box::pin(first(shared, id))
}

pub async fn first(shared: &Shared, id: u64) -> Result<u64> {
    let known = shared.table.lock().unwrap().contains_key(&id);
    pause().await;
    if known {
        Ok(id)
    } else {
        Err(Error::Missing(id))
    }
}
"""

# The function that a planted error is in; see generate.py for the states.
_PUBLISH = """\
pub async fn publish_$name(shared: Arc<Shared>) -> Result<u64> {
%s    store(snapshot, &snapshot.to_le_bytes()).await?;
    Ok(snapshot)
}

pub fn start_publish_$name(shared: &Arc<Shared>) {
    spawn(publish_$name(Arc::clone(shared)));
}
"""

PUBLISH = {
    "clean": _PUBLISH % """\
    let snapshot = {
        let mut total = shared.total.lock().unwrap();
        *total += 1;
        *total
    };
""",
    "edited": _PUBLISH % """\
    let snapshot = {
        let mut total = shared.total.lock().unwrap();
        *total += 1;
        *total %= 1_000;
        *total
    };
""",
    "error": _PUBLISH % """\
    let mut total = shared.total.lock().unwrap();
    *total += 1;
    let snapshot = *total;
""",
}

_BORROWING = "pub async fn $f(shared: &Shared, id: u64) -> Result<u64> {\n%s}\n"
_OWNING = "pub async fn $f(shared: Arc<Shared>, id: u64) -> Result<u64> {\n%s}\n"

# (kind, text); those that are `borrowing` can be called by later ones.
FUNCTIONS = [
    ("borrowing", _BORROWING % """\
    let weight = {
        let mut table = shared.table.lock().unwrap();
        let record = table.entry(id).or_insert_with(|| Record::new(id, "$noun"));
        record.weight += $a;
        record.weight
    };
    let bytes = fetch(u64::from(weight) + $b).await?;
    Ok(bytes.len() as u64)
"""),
    ("borrowing", _BORROWING % """\
    let mut attempts = shared.names.read().unwrap().len() as u64;
    loop {
        match fetch(id ^ $a).await {
            Ok(bytes) => return Ok(bytes.len() as u64 + attempts),
            Err(Error::Closed) => return Err(Error::Closed),
            Err(error) if attempts >= $c => return Err(error),
            Err(_) => attempts += 1,
        }
        pause().await;
    }
"""),
    ("borrowing", _BORROWING % """\
    let keys: Vec<u64> = shared.table.lock().unwrap().keys().copied().collect();
    let mut sum = id;
    for key in keys {
        let bytes = fetch(key + $a).await?;
        if bytes.is_empty() {
            continue;
        }
        sum += $callee(shared, key % $b).await?;
    }
    Ok(sum)
"""),
    ("borrowing", _BORROWING % """\
    let kind = shared.table.lock().unwrap().get(&id).map(|record| record.kind.clone());
    match kind {
        None => Err(Error::Missing(id)),
        Some(Kind::Draft) => $callee(shared, id + $a).await,
        Some(Kind::Queued { attempts }) => {
            pause().await;
            Ok(u64::from(attempts) * $c)
        }
        Some(Kind::Sent(at)) => {
            store(at, &at.to_le_bytes()).await?;
            Ok(at)
        }
        Some(Kind::Failed(reason)) => Err(Error::Refused(reason)),
    }
"""),
    ("borrowing", _BORROWING % """\
    let name = shared.names.read().unwrap().first().cloned().unwrap_or_default();
    let lookup = async {
        let bytes = fetch(id + $a).await?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok::<_, Error>(text)
    };
    let text = lookup.await?;
    if text == name {
        store(id, text.as_bytes()).await?;
    }
    Ok(text.len() as u64)
"""),
    ("borrowing", _BORROWING % """\
    let mut done = 0;
    while let Some(record) = shared.take_first() {
        store(record.id, record.name.as_bytes()).await?;
        done += 1;
        if done > $c {
            break;
        }
    }
    pause().await;
    let mut total = shared.total.lock().unwrap();
    *total += done + id;
    Ok(*total)
"""),
    ("borrowing", _BORROWING % """\
    let snapshot = {
        let mut total = shared.total.lock().unwrap();
        *total = total.wrapping_add(id);
        *total
    };
    pause().await;
    $callee(shared, snapshot % $b).await
"""),
    ("borrowing", _BORROWING % """\
    let jobs: Vec<Job<'_>> = vec![
        Box::pin($callee(shared, id)),
        Box::pin($callee2(shared, id + $a)),
        Box::pin(async move { Ok(fetch(id).await?.len() as u64) }),
    ];
    let mut sum = 0;
    for job in jobs {
        sum += job.await.unwrap_or($c);
    }
    Ok(sum)
"""),
    ("borrowing", _BORROWING % """\
    let bytes = fetch(id | $a).await?;
    for (index, chunk) in bytes.chunks($c).enumerate() {
        store(index as u64 + $b, chunk).await?;
    }
    let mut names = shared.names.write().unwrap();
    names.push(format!("$noun {id}"));
    Ok(names.len() as u64)
"""),
    ("borrowing", _BORROWING % """\
    let Some(record) = shared.find(id) else {
        return Err(Error::Missing(id));
    };
    let size = 'search: {
        for step in 0..$c {
            let bytes = fetch(record.id + step).await?;
            if bytes.len() > $a {
                break 'search bytes.len();
            }
        }
        record.name.len()
    };
    Ok(size as u64)
"""),
    ("generic", """\
pub async fn $f<T: AsRef<[u8]> + Send>(shared: &Shared, payload: T) -> Result<usize> {
    let key = *shared.total.lock().unwrap() + $a;
    store(key, payload.as_ref()).await?;
    Ok(payload.as_ref().len())
}
"""),
    ("owning", _OWNING % """\
    let inner = Arc::clone(&shared);
    spawn(async move {
        if let Err(error) = $callee(&inner, id).await {
            inner.names.write().unwrap().push(error.to_string());
        }
    });
    pause().await;
    let count = shared.names.read().unwrap().len();
    Ok(count as u64 + $a)
"""),
    ("owning", _OWNING % """\
    let (left, right) = (Arc::clone(&shared), shared);
    let halves = async move {
        let near = $callee(&left, id).await?;
        let far = async { $callee2(&right, near % $b).await };
        far.await.map(|value| value + near)
    };
    match halves.await {
        Err(Error::Refused(reason)) if reason.len() > $a => Ok(0),
        other => other,
    }
"""),
]

# How a function of this kind is spawned.
STARTS = {
    "borrowing": """\
pub fn start_$f(shared: Arc<Shared>) {
    spawn(async move {
        let result = $f(&shared, $b).await;
        *shared.total.lock().unwrap() += result.unwrap_or($a);
    });
}
""",
    "owning": """\
pub fn start_$f(shared: &Arc<Shared>) {
    spawn($f(Arc::clone(shared), $b));
}
""",
}

STRUCTS = ["""\
#[derive(Debug)]
pub struct $S {
    shared: Arc<Shared>,
    recent: Mutex<Vec<u64>>,
}

impl $S {
    pub fn new(shared: Arc<Shared>) -> Self {
        $S { shared, recent: Mutex::new(Vec::with_capacity($a)) }
    }

    pub async fn push(&self, id: u64) -> Result<()> {
        let value = $callee(&self.shared, id).await?;
        self.recent.lock().unwrap().push(value);
        Ok(())
    }

    pub async fn flush(&self) -> Result<usize> {
        let recent = std::mem::take(&mut *self.recent.lock().unwrap());
        for id in &recent {
            store(*id, &id.to_be_bytes()).await?;
        }
        Ok(recent.len())
    }

    pub async fn run(self: Arc<Self>) -> Result<u64> {
        for id in 1..$b {
            self.push(id).await?;
            if id % $c == 0 && self.flush().await? > $a {
                return Err(Error::Closed);
            }
        }
        $callee2(&self.shared, $a).await
    }

    pub fn start(self: Arc<Self>) {
        spawn(self.run());
    }
}
""", """\
#[derive(Debug, Default)]
pub struct $S {
    entries: BTreeMap<u64, Vec<u8>>,
    misses: u32,
}

impl Source for $S {
    async fn load(&self, id: u64) -> Result<Vec<u8>> {
        match self.entries.get(&id) {
            Some(bytes) => Ok(bytes.clone()),
            None => fetch(id + $a).await,
        }
    }
}

impl $S {
    pub async fn warm(&mut self, ids: &[u64]) -> Result<()> {
        for &id in ids {
            let bytes = self.load(id).await?;
            self.entries.insert(id, bytes);
        }
        Ok(())
    }

    pub async fn get(&mut self, id: u64) -> Option<&[u8]> {
        if !self.entries.contains_key(&id) {
            self.misses += 1;
            let bytes = fetch(id ^ $b).await.ok()?;
            self.entries.insert(id, bytes);
        }
        self.entries.get(&id).map(Vec::as_slice)
    }

    pub fn start(mut self, shared: Arc<Shared>) {
        spawn(async move {
            let ids = [$a, $b, $c];
            let warmed = self.warm(&ids).await;
            if warmed.is_ok() && $callee(&shared, $a).await.is_ok() {
                store(u64::from(self.misses), b"$noun").await
            } else {
                warmed
            }
        });
    }
}
"""]
