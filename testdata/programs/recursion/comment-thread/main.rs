use std::future::Future;

struct Comment {
    author: &'static str,
    replies: Vec<Comment>,
}

fn comment(author: &'static str, replies: Vec<Comment>) -> Comment {
    Comment { author, replies }
}

struct Count {
    total: usize,
    by_author: usize,
}

async fn is_hidden(comment: &Comment) -> bool {
    forum::pause().await;
    comment.author.is_empty()
}

fn count_replies<'a>(
    root: &'a Comment,
    author: &'a str,
) -> impl Future<Output = Count> + 'a {
    async move {
        let mut count = Count { total: 0, by_author: 0 };
        for reply in &root.replies {
            if is_hidden(reply).await {
                continue;
            }
            let inner = count_replies(reply, author).await;
            count.total += inner.total + 1;
            count.by_author += inner.by_author + usize::from(reply.author == author);
        }
        count
    }
}

fn main() {
    let thread = comment(
        "op",
        vec![
            comment("kim", vec![comment("op", vec![]), comment("", vec![comment("op", vec![])])]),
            comment("lee", vec![comment("kim", vec![comment("op", vec![])])]),
        ],
    );
    let count = forum::block_on(count_replies(&thread, "op"));
    println!("{} replies to {}, {} by op", count.total, thread.author, count.by_author);
}

mod forum {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            std::thread::yield_now();
        }
    }

    pub async fn pause() {
        let mut turns = 1;
        std::future::poll_fn(|_| {
            if turns == 0 {
                return Poll::Ready(());
            }
            turns -= 1;
            Poll::Pending
        })
        .await
    }
}
