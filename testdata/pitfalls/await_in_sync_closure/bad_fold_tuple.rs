// edition:2021
async fn depth(well: &str) -> Result<u32, String> {
    if well.is_empty() {
        Err("no well".to_string())
    } else {
        Ok(well.len() as u32)
    }
}

async fn survey(wells: &[&str]) -> Result<(u32, u32), String> {
    let (sum, deepest) = wells.iter().try_fold((0, 0), |(sum, deepest), well| {
        let found = depth(well).await?;
//                  ^^^^^^^^^^^^^^^^^ await_in_sync_closure
        Ok::<_, String>((sum + found, found.max(deepest)))
    })?;
    Ok((sum, deepest))
}

async fn names(wells: &[&str]) -> (String, usize) {
    wells
        .iter()
        .fold((String::new(), 0), |(mut text, count), well| {
            if depth(well).await.is_ok() {
//             ^^^^^^^^^^^^^^^^^ await_in_sync_closure
                text.push_str(well);
            }
            (text, count + 1)
        })
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
