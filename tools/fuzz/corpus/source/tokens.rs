#![allow(x)]
/* a /* b */ */
macro_rules! m { ($a:ident) => { let $a = "{a:?}"; } }
pub(crate) async unsafe fn f<'a, const N: usize>(&'a mut self, r#in: impl Fn(u8) -> dyn A + 'a) -> Result<(), Box<dyn E + Send>> where T: ?Sized {
	#[cfg(x)] // c
	let S { ref mut a, b: [x @ 1..=2, ..], .. } = &raw const *p else { return };
	select! { v = g().await => println!("{v} {w:>1$.*}", b"\x00", r#"q"#), }
	if let Some(z) = y.lock().unwrap().get(&0) && z > 1 { loop { break 'l 1.0e3 } } else { || async move |q| q? };
	match c { a | B(d) if e => {}, _ => unsafe { 'c' } }
}
impl<T> !Send for S<T> {}
trait T: A { type O<'a>: B where Self: 'a; const C: u8 = 1; async fn h(&self); }
