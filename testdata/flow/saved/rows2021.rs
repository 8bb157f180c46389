// edition:2021
//! The rows whose answer depends on the edition: temporaries of `if let` live through
//! `else` before 2024, and those of a block's tail to the end of the statement.
#![allow(dead_code, unused, clippy::all)]

pub struct NS(*const u8);
impl NS {
    fn new() -> NS {
        NS(std::ptr::null())
    }
    fn n(&self) -> u32 {
        1
    }
    fn o(&self) -> Option<u32> {
        None
    }
}
impl Drop for NS {
    fn drop(&mut self) {}
}
async fn leaf() -> u32 {
    1
}

// saved: yes
async fn if_let_else() {
    if let Some(_) = NS::new().o() {
    } else {
        leaf().await;
    }
}

// saved: no
async fn tail_temporary() {
    let x = { NS::new().n() };
    leaf().await;
}
