trait Layout {
    fn children(&self, widget: usize) -> Vec<usize>;
    fn own_height(&self, widget: usize) -> u32;

    async fn gap(&self) -> u32 {
        1
    }

    async fn height(&self, widget: usize) -> u32 {
        let gap = self.gap().await;
        let mut total = self.own_height(widget);
        for child in self.children(widget) {
            total += gap + self.height(child).await;
        }
        total
    }
}

struct Form {
    parents: Vec<Option<usize>>,
    labels: Vec<&'static str>,
}

impl Layout for Form {
    fn children(&self, widget: usize) -> Vec<usize> {
        (0..self.parents.len())
            .filter(|&child| self.parents[child] == Some(widget))
            .collect()
    }

    fn own_height(&self, widget: usize) -> u32 {
        self.labels[widget].lines().count() as u32
    }
}

struct Flat(u32);

impl Layout for Flat {
    fn children(&self, widget: usize) -> Vec<usize> {
        if widget == 0 { vec![1, 2] } else { vec![] }
    }

    fn own_height(&self, _widget: usize) -> u32 {
        self.0
    }

    async fn gap(&self) -> u32 {
        0
    }
}

fn main() {
    let form = Form {
        parents: vec![None, Some(0), Some(1), Some(1), Some(0)],
        labels: vec!["Sign in", "User\nname", "", "Hint", "Pass"],
    };
    println!("form {}", ui::block_on(form.height(0)));
    println!("part {}", ui::block_on(form.height(1)));
    println!("flat {}", ui::block_on(Flat(4).height(0)));
}

mod ui {
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
}
