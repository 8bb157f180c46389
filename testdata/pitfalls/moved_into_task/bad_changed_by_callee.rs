// edition:2021
// A clone would be painted, and the board printed as it was.
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

#[derive(Clone)]
struct Board {
    cells: Vec<char>,
}

async fn paint(mut board: Board, brush: char) {
    for cell in &mut board.cells {
        *cell = brush;
    }
    show(&board).await;
}

async fn show(board: &Board) {
    println!("{:?}", board.cells);
}

pub async fn run() {
    let board = Board { cells: vec!['.'; 3] };
    spawn(paint(board, '#'));
    //    ^^^^^^^^^^^^^^^^^ moved_into_task
    show(&board).await;
}

fn main() {}
