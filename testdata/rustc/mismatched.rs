// edition:2021
// Wide, long and deeply indented lines; values of several lines; suggestions.
#![allow(unused)]
fn take(_: u32) {}
fn f() -> u32 {
    let x: u32 = match Some(1) {
        Some(_) => {
            "abc"
        }
        None => "é",
    };
	let y: u32 = "日本語"; let z: u32 = "a";
    take(if true {
        let a = 1;
        let b = 2;
        // comment
        let c = 3;
        let d = 4;
        let e = 5;
        "x"
    } else {

        "y"
    });
    take({
        let q = 4;
        let q = 5;
        let q = 6;
        let q = 7;
        let q = 8;
    });
    let t: u32 = { "a";
    };
    x
}
fn long_indent() {
                                                  if true {
                                                      let x: u32 = "abc";
                                                  }
}
fn wide() { let aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa = 1; let bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb = 2; let ccccccccccccccccccccccccccccc = 3; let x: u32 = "abc"; let ddddddddddddddddddddddddddddddddddddd = 4; }
fn wider() { let x: u32 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; }
fn generic<T>(t: T) -> T { t + t }
fn dereferenced(x: &u32) -> u32 { x }
async fn slow() {}
fn awaits() { slow().await; }
fn arguments() { take("a", 1, 2); take(
    ); }
