// edition:2021
// The futures outlive the round in which a value before the statement would live.
async fn length(text: &str) -> usize {
    text.len()
}

async fn all(numbers: &[u32]) -> usize {
    let mut lengths = Vec::new();
    for number in numbers {
        lengths.push(length(&number.to_string()));
        //                   ^^^^^^^^^^^^^^^^^^ future_borrows_temporary
    }
    let mut total = 0;
    for length in lengths {
        total += length.await;
    }
    total
}

// The value changes what is read before it.
async fn show(number: u32, text: &str) -> String {
    format!("{number} {text}")
}

async fn changed(mut number: u32) -> String {
    let shown = show(number, &{
        //                    ^ future_borrows_temporary
        number += 1;
        number.to_string()
    });
    println!("showing {number}");
    shown.await
}

fn main() {
    drop(all(&[1, 2]));
    drop(changed(0));
}
