//! One future for each kind of cause.
use std::cell::{Cell, RefCell};
use std::error::Error;
use std::future::Future;
use std::rc::Rc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

mod tracing {
    pub struct Span;

    pub struct Entered<'a>(&'a Span, *mut ());

    impl Span {
        pub fn enter(&self) -> Entered<'_> {
            Entered(self, std::ptr::null_mut())
        }
    }
}

mod runtime {
    #[derive(Default)]
    pub struct Handle(std::marker::PhantomData<std::rc::Rc<()>>);
}

trait Shape {
    fn area(&self) -> u32;
}

trait Form {
    fn area(&self) -> u32;
}

trait Store {
    async fn load(&self) -> u32;
}

trait Cache {
    async fn load(&self) -> u32;
}

struct Page {
    bytes: *mut u8,
}

async fn rc() {
    let name: Rc<str> = Rc::from("a");
    leaf().await;
    drop(name);
}

async fn ref_cell() {
    let cell = RefCell::new(1);
    let shared = &cell;
    leaf().await;
    shared.replace(2);
}

async fn cell() {
    let cell = Cell::new(1);
    let shared = &cell;
    leaf().await;
    shared.set(2);
}

async fn raw_pointer(page: Page) {
    leaf().await;
    drop(page.bytes);
}

async fn error(result: Result<(), Box<dyn Error>>) {
    if let Err(reason) = result {
        leaf().await;
        drop(reason);
    }
}

async fn object(shape: Box<dyn Shape>) {
    leaf().await;
    shape.area();
}

async fn reference(other: &std::sync::mpsc::Receiver<u8>) {
    leaf().await;
    drop(other.recv());
}

async fn handle() {
    let handle = runtime::Handle::default();
    leaf().await;
    drop(handle);
}

async fn span_guard() {
    let span = tracing::Span;
    let entered = span.enter();
    leaf().await;
    drop(entered);
}

async fn bound<T>(value: T) {
    leaf().await;
    drop(value);
}

async fn nothing(closure: impl AsyncFn()) {
    closure().await;
}

fn argument(form: impl Form + 'static) {
    spawn(async move {
        leaf().await;
        form.area();
    });
}

fn generic<T: 'static>(value: T) {
    spawn(bound(value));
}

fn store<S: Store + Send + Sync + 'static>(store: S) {
    spawn(async move { store.load().await });
}

fn cache<C: Cache + Send + Sync + 'static>(cache: C) {
    spawn(async move { cache.load().await });
}

fn format(title: Rc<str>) {
    spawn(async move { println!("{title:?}") });
}

fn asked<F: AsyncFn() + Send + 'static>(closure: F) {
    spawn(nothing(closure));
}

async fn unlabelled() {
    elsewhere::count().await;
}

fn of_rc() {
    spawn(rc());
}

fn of_ref_cell() {
    spawn(ref_cell());
}

fn of_cell() {
    spawn(cell());
}

fn of_raw_pointer(page: Page) {
    spawn(raw_pointer(page));
}

fn of_error() {
    spawn(error(Ok(())));
}

fn of_object(shape: Box<dyn Shape>) {
    spawn(object(shape));
}

fn of_reference() {
    spawn(async {
        let (_sender, receiver) = std::sync::mpsc::channel();
        reference(&receiver).await;
    });
}

fn of_handle() {
    spawn(handle());
}

fn of_span_guard() {
    spawn(span_guard());
}

fn of_unlabelled() {
    spawn(unlabelled());
}
