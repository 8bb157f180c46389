// edition:2021
use std::collections::BTreeMap;

struct Geocoder {
    cache: BTreeMap<&'static str, i32>,
    calls: u32,
}

impl Geocoder {
    async fn remote(&mut self, place: &str) -> i32 {
        self.calls += 1;
        place.len() as i32
    }

    async fn locate(&mut self, place: &'static str) -> i32 {
        let cached = self.cache.get(place).copied();
        let point = match cached {
            Some(point) => point,
            None => self.remote(place).await,
        };
//                                           ^^^^^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        self.cache.insert(place, point);
        point
    }

    async fn doubled(&mut self, place: Option<&'static str>) -> i32 {
        match place {
            Some(name) => self.locate(name).await * 2,
            None => 0,
        }
//                       ^^^^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
    }

    async fn checked(&mut self, place: Result<&'static str, String>) -> Result<i32, String> {
        let value = match place {
            Ok(name) => Ok(self.locate(name).await),
            Err(error) => Err(error),
        };
        value
//                      ^^^^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
            .map_err(|error| format!("{error} after {} calls", self.calls))
    }
}

fn main() {
    let mut coder = Geocoder { cache: BTreeMap::new(), calls: 0 };
    rt::block_on(async {
        println!("{} {}", coder.locate("Delft").await, coder.locate("Delft").await);
        println!("{} {}", coder.doubled(Some("Alba")).await, coder.doubled(None).await);
        println!("{:?} {:?}", coder.checked(Ok("Ulm")).await, coder.checked(Err("no".into())).await);
    });
    println!("{} calls", coder.calls);
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
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
}
