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
    posts
        .into_iter()
        .filter(|post| is_visible(post).await)
//                     ^^^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        .take(2)
        .map(|post| post.title)
        .collect()
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
