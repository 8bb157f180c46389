// edition:2021
// Many places keep what implements one trait; the trait is to say that it borrows nothing.
trait Runtime: Clone + Send + 'static {
//    ^^^^^^^ missing_static_bound
    fn name(&self) -> String;
}

trait Handle: Send + 'static {
    fn show(&self) -> String;
}

struct Client<R>(R);

impl<R: Runtime> Handle for Client<R> {
    fn show(&self) -> String {
        self.0.name()
    }
}

struct Server<R>(R);

impl<R: Runtime> Handle for Server<R> {
    fn show(&self) -> String {
        self.0.name()
    }
}

fn keep<R: Runtime>(runtime: R) -> Box<dyn Send> {
    Box::new(runtime)
}

#[derive(Clone)]
struct Local;

impl Runtime for Local {
    fn name(&self) -> String {
        "local".to_string()
    }
}

async fn run(handle: Box<dyn Handle>) -> String {
    handle.show()
}

fn main() {
    let _ = keep(Local);
    let _ = run(Box::new(Client(Local)));
    let _ = run(Box::new(Server(Local)));
}
