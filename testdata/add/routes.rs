// edition:2024
// Routes with parameters, middleware that wraps handlers, and responses.
// add: Database::user
// add: log
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

#[derive(Debug, Clone, PartialEq)]
struct Response {
    status: u16,
    body: String,
}

struct Request<'r> {
    path: &'r str,
    parameters: HashMap<&'r str, &'r str>,
    session: Option<&'r str>,
}

type Handler = Box<dyn Fn(&Request, &App) -> Response>;
type Middleware = fn(&Request, &App) -> Option<Response>;

struct Route {
    pattern: &'static str,
    before: Vec<Middleware>,
    handler: Handler,
}

#[derive(Default)]
struct Database {
    users: HashMap<u32, (String, bool)>,
    queries: RefCell<u32>,
}

impl Database {
    fn user(&self, id: u32) -> Option<(String, bool)> {
        *self.queries.borrow_mut() += 1;
        self.users.get(&id).cloned()
    }
}

struct App {
    database: Database,
    lines: Rc<RefCell<Vec<String>>>,
}

fn log(app: &App, line: String) {
    app.lines.borrow_mut().push(line);
}

fn ok(body: impl Into<String>) -> Response {
    Response { status: 200, body: body.into() }
}

fn error(status: u16, body: &str) -> Response {
    Response { status, body: body.to_string() }
}

fn signed_in(request: &Request, app: &App) -> Option<Response> {
    let id = request.session.and_then(|session| session.parse().ok());
    match id {
        Some(id) if app.database.user(id).is_some() => None,
        Some(_) => Some(error(403, "unknown user")),
        None => Some(error(401, "sign in first")),
    }
}

fn logged(request: &Request, app: &App) -> Option<Response> {
    log(app, format!("GET {}", request.path));
    None
}

fn only_admin(request: &Request, app: &App) -> Option<Response> {
    let id = request.session?.parse().ok()?;
    let (name, is_admin) = app.database.user(id)?;
    if is_admin {
        None
    } else {
        log(app, format!("{name} is no admin"));
        Some(error(403, "admins only"))
    }
}

fn show_user(request: &Request, app: &App) -> Response {
    let Some(id) = request.parameters.get("id").and_then(|text| text.parse::<u32>().ok()) else {
        return error(400, "bad id");
    };
    if let Some((name, true)) = app.database.user(id) {
        ok(format!("{name} (admin)"))
    } else if let Some((name, _)) = app.database.user(id) {
        ok(name)
    } else {
        error(404, "no such user")
    }
}

fn matches<'r>(pattern: &'r str, path: &'r str) -> Option<HashMap<&'r str, &'r str>> {
    let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    if pattern.len() != path.len() {
        return None;
    }
    let mut parameters = HashMap::new();
    for (expected, found) in pattern.into_iter().zip(path) {
        match expected.strip_prefix(':') {
            Some(name) => {
                parameters.insert(name, found);
            }
            None if expected == found => {}
            None => return None,
        }
    }
    Some(parameters)
}

struct Router {
    routes: Vec<Route>,
}

impl Router {
    fn new() -> Self {
        let greeting = String::from("welcome");
        Router {
            routes: vec![
                Route { pattern: "/", before: vec![logged], handler: Box::new(move |_, _| ok(greeting.clone())) },
                Route { pattern: "/users/:id", before: vec![logged, signed_in], handler: Box::new(show_user) },
                Route {
                    pattern: "/stats",
                    before: vec![signed_in, only_admin],
                    handler: Box::new(|_, app| {
                        log(app, "stats".to_string());
                        ok(format!("{} queries", app.database.queries.borrow()))
                    }),
                },
            ],
        }
    }

    fn answer(&self, path: &str, session: Option<&str>, app: &App) -> Response {
        for route in &self.routes {
            let Some(parameters) = matches(route.pattern, path) else { continue };
            let request = Request { path, parameters, session };
            for middleware in &route.before {
                if let Some(response) = middleware(&request, app) {
                    return response;
                }
            }
            return (route.handler)(&request, app);
        }
        error(404, "no route")
    }
}

fn main() {
    let mut database = Database::default();
    database.users.insert(1, ("ann".into(), true));
    database.users.insert(2, ("bob".into(), false));
    let app = App { database, lines: Rc::default() };
    let router = Router::new();
    for (path, session) in [
        ("/", None),
        ("/users/2", Some("1")),
        ("/users/1", Some("2")),
        ("/users/9", Some("2")),
        ("/users/x", Some("2")),
        ("/users/1", None),
        ("/users/1", Some("7")),
        ("/stats", Some("2")),
        ("/stats", Some("1")),
        ("/nowhere", None),
    ] {
        let response = router.answer(path, session, &app);
        println!("{path} {session:?} -> {} {}", response.status, response.body);
    }
    println!("{}", app.lines.borrow().join("; "));
}
