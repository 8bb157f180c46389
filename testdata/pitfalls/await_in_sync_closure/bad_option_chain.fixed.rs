// edition:2021
async fn find(name: &str) -> Result<u32, String> {
    if name.is_empty() {
        Err("no name".to_string())
    } else {
        Ok(name.len() as u32)
    }
}

async fn warn(text: &str) -> usize {
    println!("warning: {text}");
    text.len()
}

async fn order(name: Option<&str>, is_loud: bool) -> Result<usize, String> {
    let value = match name {
        Some(name) => Some(find(name).await),
        None => None,
    };
    let count = match value.transpose() {
        Ok(count) => Ok(count),
        Err(_) => Err(warn("failed").await),
    };
//                              ^^^^^^^^^^^^^^^^ await_in_sync_closure
    let count = count.map_err(|length| format!("{length} letters"))?;
    let warned = if is_loud {
        warn("loud").await
    } else {
        0
    };
//                               ^^^^^^^^^^^^^^^^^^ await_in_sync_closure
    let _ = if is_loud {
        warn("twice").await
    } else {
        Default::default()
    };
//                  ^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
    let length = if !is_loud {
        warn("quiet").await
    } else {
        println!("not quiet");
        7
    };
    let value = if is_loud {
        Some(warn("label").await)
    } else {
        None
    };
    let labelled = value.map(|size| format!("<{size}>"));
//                                 ^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
    println!("{labelled:?}");
    Ok(warned + length + count.map_or(0, |count| count as usize))
}

fn main() {
    println!("{:?}", rt::block_on(order(Some("ab"), true)));
    println!("{:?}", rt::block_on(order(Some(""), true)));
    println!("{:?}", rt::block_on(order(None, false)));
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
