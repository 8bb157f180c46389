// edition:2021
// Spans over several lines: nested, elided, overlapping.
#![allow(unused)]
use std::cell::RefCell;
use std::rc::Rc;

fn spawn<F: std::future::Future + Send + 'static>(_: F) {}
async fn leaf() {}

pub fn many(s: &str) {
    let r = Rc::new(RefCell::new(1));
    spawn(async move {
        let g = r.borrow_mut();
        leaf().await;
        drop(g);

        // a comment
        leaf().await;
        println!("{}", s);
    });
}

pub fn borrowed(a: &mut String) {
    let b = &mut *a;
    let c = async {
        a.push('x');
        a.push('y');
    };
    b.push('c');
    drop(c);
}

pub fn unboxed() -> impl std::future::Future<Output = ()> {
    let x = String::new();
    async {
        println!("{}",
            x);
    }
}

pub fn overlapping(mut v: Vec<String>) {
    let x = &v[
       0
    ]; let y = &mut v;
    v.push(String::new()); let z = { let q = &v; let mut w = || {
        v.clear();
        v.push(String::from("日本語")); drop(&v) }; w(); q }; y.clear();
    drop((x,
          z));
}

pub fn tabs_and_wide() {
    let mut keep: Vec<&String> = vec![];
    while keep.len() < 4 {
        let s = String::from("é̀日本");	keep.push(&s);
        let a = 1;
        let a = 1;
        let a = 1;
    }
    drop(keep);
}
