// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

trait Reader {
    fn read<'a>(&'a self, path: &'a str) -> Pin<Box<dyn Future<Output = Vec<u8>> + 'a>>;
//           ^^^^ async_trait_not_dyn
}

trait Writer {
    fn write<'a>(
        &'a self,
        path: &'a str,
        data: &'a [u8],
    ) -> Pin<Box<dyn Future<Output = std::io::Result<usize>> + 'a>>;
//           ^^^^^ async_trait_not_dyn
    fn flush(&self);
}

struct Disk;

impl Reader for Disk {
    fn read<'a>(&'a self, path: &'a str) -> Pin<Box<dyn Future<Output = Vec<u8>> + 'a>> {
        Box::pin(async move { path.as_bytes().to_vec() })
    }
}

impl Writer for Disk {
    fn write<'a>(
        &'a self,
        path: &'a str,
        data: &'a [u8],
    ) -> Pin<Box<dyn Future<Output = std::io::Result<usize>> + 'a>> {
        Box::pin(async move {
            if path.is_empty() {
                Err(std::io::ErrorKind::NotFound)?;
            }
            Ok(data.len())
        })
    }
    fn flush(&self) {}
}

struct Copy {
    from: Arc<dyn Reader>,
//            ---------- here it has to be one type for all
    to: Arc<dyn Writer>,
//          ---------- here it has to be one type for all
}

impl Copy {
    async fn copy(&self, path: &str) -> usize {
        let data = self.from.read(path).await;
        self.to.flush();
        self.to.write(path, &data).await.unwrap_or_default()
    }
}

fn main() {
    let disk = Arc::new(Disk);
    let copy = Copy { from: disk.clone(), to: disk };
    println!("{}", rt::block_on(copy.copy("abc")));
    println!("{}", rt::block_on(copy.copy("")));
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
