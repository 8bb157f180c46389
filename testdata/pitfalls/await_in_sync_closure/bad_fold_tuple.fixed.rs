// edition:2021
async fn depth(well: &str) -> Result<u32, String> {
    if well.is_empty() {
        Err("no well".to_string())
    } else {
        Ok(well.len() as u32)
    }
}

async fn survey(wells: &[&str]) -> Result<(u32, u32), String> {
    let mut folded = (0, 0);
    for well in wells.iter() {
        let (sum, deepest) = folded;
        let found = depth(well).await?;
        //                  ^^^^^^^^^^^^^^^^^ await_in_sync_closure
        folded = (sum + found, found.max(deepest));
    }
    let (sum, deepest) = folded;
    Ok((sum, deepest))
}

async fn names(wells: &[&str]) -> (String, usize) {
    let mut folded = (String::new(), 0);
    for well in wells.iter() {
        let (mut text, count) = folded;
        if depth(well).await.is_ok() {
        //             ^^^^^^^^^^^^^^^^^ await_in_sync_closure
            text.push_str(well);
        }
        folded = (text, count + 1);
    }
    folded
}

fn main() {
    println!("{:?}", rt::block_on(survey(&["a", "bcd"])));
    println!("{:?}", rt::block_on(survey(&["a", ""])));
    println!("{:?}", rt::block_on(names(&["a", "", "b"])));
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
