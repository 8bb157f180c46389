// edition:2021
async fn read(line: u32) -> Option<u32> {
    (line < 6).then_some(line * 10)
}

struct Lines {
    at: u32,
}

impl Lines {
    async fn next(&mut self) -> Option<u32> {
        let line = read(self.at).await?;
        self.at += 1;
        Some(line)
    }
}

async fn sum(from: u32) -> u32 {
    let mut sum = 0;
    let mut lines_value = Lines { at: from };
    'lines: while let Some(line) = lines_value.next().await {
        //              ^^^^^^^^^^^^^^^^^^^^ async_method_used_as_trait
        if line == 20 {
            continue 'lines;
        }
        sum += line;
    }
    sum
}

async fn header(lines: Lines) -> Vec<String> {
    let mut lines = lines;
    let mut header = Vec::new();
    while let Some(line) = lines.next().await {
        //      ^^^^^^^^^^ async_method_used_as_trait
        if line > 10 {
            break;
        }
        header.push(line.to_string());
    }
    while let Some(line) = lines.next().await {
        //            ^^^^^^ async_method_used_as_trait
        header.push(format!("body {line}"));
        break;
    }
    header.push(lines.at.to_string());
    header
}

async fn large(least: u32, most: usize) -> Vec<String> {
    let mut lines = Lines { at: 0 };
    let mut taken = 0;
    let mut collected = Vec::new();
    while taken < most {
        let Some(line) = lines.next().await else {
            break;
        };
        if !(line >= least) {
            continue;
        }
        taken += 1;
        collected.push(format!("<{line}>"));
    }
    collected
    //    ^^^^^^ async_method_used_as_trait
}

fn main() {
    block_on(async {
        println!("{}", sum(1).await);
        println!("{:?}", header(Lines { at: 0 }).await);
        println!("{:?}", large(20, 2).await);
    });
}

fn block_on<F: std::future::Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}
