// edition:2021
struct Post {
    id: u32,
    title: &'static str,
}

async fn is_visible(post: &Post) -> bool {
    println!("may one see {}?", post.id);
    post.id != 2
}

async fn timeline(posts: Vec<Post>) -> Vec<&'static str> {
    let mut collected = Vec::new();
    for post in posts {
        if !is_visible(&post).await {
            continue;
        }
        //                     ^^^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        collected.push(post.title);
        if collected.len() == 2 {
            break;
        }
    }
    collected
}

fn main() {
    let posts = (1..6).zip(["a", "b", "c", "d", "e"]).map(|(id, title)| Post { id, title });
    println!("{:?}", rt::block_on(timeline(posts.collect())));
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
