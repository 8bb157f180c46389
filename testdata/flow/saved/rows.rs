// edition:2024
//! What counts as saved across an await, one coroutine a row. `NS` is not `Send` and
//! has a destructor. The mark above a row says whether rustc refuses to spawn it.
#![allow(dead_code, unused, clippy::all)]

pub struct NS(*const u8);
impl NS {
    fn new() -> NS {
        NS(std::ptr::null())
    }
    fn r(&self) {}
    fn v(self) {}
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
fn two(_: u32, _: u32) {}

// saved: yes
async fn binding() {
    let _g = NS::new();
    leaf().await;
}

// saved: no
async fn wildcard() {
    let _ = NS::new();
    leaf().await;
}

// saved: no
async fn statement_temporary() {
    NS::new().r();
    leaf().await;
}

// saved: no
async fn dropped_never_borrowed() {
    let g = NS::new();
    drop(g);
    leaf().await;
}

// saved: yes
async fn dropped_after_borrow() {
    let g = NS::new();
    g.r();
    drop(g);
    leaf().await;
}

// saved: no
async fn moved_by_method() {
    let g = NS::new();
    g.v();
    leaf().await;
}

// saved: no
async fn inner_block() {
    {
        let g = NS::new();
        g.r();
    }
    leaf().await;
}

// saved: yes
async fn shadowed_after_borrow() {
    let g = NS::new();
    g.r();
    let g = 1;
    leaf().await;
}

// saved: no
async fn dropped_in_branch(b: bool) {
    let g = NS::new();
    if b {
        drop(g);
        leaf().await;
    }
}

// saved: no
async fn returned_in_branch(b: bool) {
    if b {
        let g = NS::new();
        g.r();
        return;
    }
    leaf().await;
}

// saved: no
async fn argument_block() {
    two(
        {
            NS::new().r();
            1
        },
        leaf().await,
    );
}

// saved: no
async fn tail_temporary() {
    let x = { NS::new().n() };
    leaf().await;
}

// saved: yes
async fn match_scrutinee() {
    match NS::new().n() {
        1 => {
            leaf().await;
        }
        _ => {}
    }
}

// saved: yes
async fn while_let_scrutinee() {
    while let Some(_) = NS::new().o() {
        leaf().await;
    }
}

// saved: no
async fn if_condition() {
    if NS::new().n() == 1 {
        leaf().await;
    }
}

// saved: no
async fn while_condition() {
    while NS::new().n() == 1 {
        leaf().await;
    }
}

// saved: no
async fn let_else() {
    let Some(_x) = NS::new().o() else {
        leaf().await;
        return;
    };
}

// saved: no
async fn if_let_else() {
    if let Some(_) = NS::new().o() {
    } else {
        leaf().await;
    }
}

// saved: yes
async fn partly_moved_tuple() {
    let t = (NS::new(), 1);
    let (g, _) = t;
    g.v();
    leaf().await;
}
