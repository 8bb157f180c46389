// edition:2021
use std::sync::mpsc::Receiver;

pub async fn sum(messages: Receiver<u32>) -> u32 {
    let mut sum = 0;
    for message in messages {
        sum += message;
    }
    sum
}

fn main() {}
