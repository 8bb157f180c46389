// edition:2021
// A small Lisp: closures as values, builtins in an environment, macros of Rust for errors.
// add: Env::find
// add: read_atom
// add: length
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

macro_rules! fail {
    ($($part:tt)*) => { return Err(format!($($part)*)) };
}

macro_rules! evaluate_all {
    ($list:expr, $env:expr) => {{
        let mut values = Vec::new();
        for item in $list.iter() {
            values.push(eval(item, $env)?);
        }
        values
    }};
}

#[derive(Clone)]
enum Value {
    Nil,
    Number(i64),
    Symbol(String),
    List(Rc<Vec<Value>>),
    Builtin(&'static str, fn(&[Value]) -> Result<Value, String>),
    Lambda(Rc<Lambda>),
}

struct Lambda {
    parameters: Vec<String>,
    body: Value,
    env: Rc<Env>,
}

struct Env {
    values: RefCell<HashMap<String, Value>>,
    outer: Option<Rc<Env>>,
}

impl Env {
    fn new(outer: Option<Rc<Env>>) -> Rc<Env> {
        Rc::new(Env { values: RefCell::default(), outer })
    }

    fn find(&self, name: &str) -> Option<Value> {
        if let Some(value) = self.values.borrow().get(name) {
            return Some(value.clone());
        }
        self.outer.as_ref().and_then(|outer| outer.find(name))
    }

    fn set(&self, name: &str, value: Value) {
        self.values.borrow_mut().insert(name.to_owned(), value);
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Nil => f.write_str("nil"),
            Value::Number(n) => write!(f, "{n}"),
            Value::Symbol(name) => f.write_str(name),
            Value::Builtin(name, _) => write!(f, "<{name}>"),
            Value::Lambda(lambda) => write!(f, "<lambda/{}>", lambda.parameters.len()),
            Value::List(items) => {
                f.write_str("(")?;
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        f.write_str(" ")?;
                    }
                    item.fmt(f)?;
                }
                f.write_str(")")
            }
        }
    }
}

fn read_atom(text: &str) -> Value {
    match text.parse() {
        Ok(number) => Value::Number(number),
        Err(_) if text == "nil" => Value::Nil,
        Err(_) => Value::Symbol(text.to_string()),
    }
}

fn read(tokens: &mut std::iter::Peekable<std::vec::IntoIter<String>>) -> Result<Value, String> {
    let Some(token) = tokens.next() else { fail!("unexpected end") };
    match token.as_str() {
        ")" => fail!("unexpected {token}"),
        "(" => {
            let mut items = Vec::new();
            while tokens.peek().is_some_and(|next| next != ")") {
                items.push(read(tokens)?);
            }
            if tokens.next().is_none() {
                fail!("missing )");
            }
            Ok(Value::List(Rc::new(items)))
        }
        atom => Ok(read_atom(atom)),
    }
}

fn number(value: &Value) -> Result<i64, String> {
    match value {
        Value::Number(n) => Ok(*n),
        other => Err(format!("{other} is no number")),
    }
}

fn add(values: &[Value]) -> Result<Value, String> {
    values.iter().map(number).sum::<Result<i64, _>>().map(Value::Number)
}

fn less(values: &[Value]) -> Result<Value, String> {
    let numbers: Vec<i64> = values.iter().map(number).collect::<Result<_, _>>()?;
    Ok(if numbers.windows(2).all(|pair| pair[0] < pair[1]) { Value::Number(1) } else { Value::Nil })
}

fn length(values: &[Value]) -> Result<Value, String> {
    match values {
        [Value::List(items)] => Ok(Value::Number(items.len() as i64)),
        [Value::Nil] => Ok(Value::Number(0)),
        _ => Err("length wants a list".to_string()),
    }
}

fn eval(value: &Value, env: &Rc<Env>) -> Result<Value, String> {
    let items = match value {
        Value::Symbol(name) => {
            return env.find(name).ok_or_else(|| format!("unbound {name}"));
        }
        Value::List(items) if !items.is_empty() => items,
        other => return Ok(other.clone()),
    };
    if let Value::Symbol(head) = &items[0] {
        match (head.as_str(), &items[1..]) {
            ("quote", [quoted]) => return Ok(quoted.clone()),
            ("if", [test, then, otherwise]) => {
                let chosen = if matches!(eval(test, env)?, Value::Nil) { otherwise } else { then };
                return eval(chosen, env);
            }
            ("define", [Value::Symbol(name), value]) => {
                let value = eval(value, env)?;
                env.set(name, value.clone());
                return Ok(value);
            }
            ("lambda", [Value::List(parameters), body]) => {
                let parameters = parameters.iter().map(|p| p.to_string()).collect();
                return Ok(Value::Lambda(Rc::new(Lambda { parameters, body: body.clone(), env: env.clone() })));
            }
            _ => {}
        }
    }
    let function = eval(&items[0], env)?;
    let arguments = evaluate_all!(items[1..], env);
    apply(&function, &arguments)
}

fn apply(function: &Value, arguments: &[Value]) -> Result<Value, String> {
    match function {
        Value::Builtin(_, run) => run(arguments),
        Value::Lambda(lambda) => {
            if lambda.parameters.len() != arguments.len() {
                fail!("expected {} arguments, found {}", lambda.parameters.len(), arguments.len());
            }
            let inner = Env::new(Some(lambda.env.clone()));
            for (name, value) in lambda.parameters.iter().zip(arguments) {
                inner.set(name, value.clone());
            }
            eval(&lambda.body, &inner)
        }
        other => fail!("{other} is no function"),
    }
}

fn run(text: &str, env: &Rc<Env>) -> Result<Value, String> {
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<String> = spaced.split_whitespace().map(str::to_string).collect();
    eval(&read(&mut tokens.into_iter().peekable())?, env)
}

fn main() {
    let env = Env::new(None);
    let builtins: [(&'static str, fn(&[Value]) -> Result<Value, String>); 3] =
        [("+", add), ("<", less), ("length", length)];
    for (name, function) in builtins {
        env.set(name, Value::Builtin(name, function));
    }
    for text in [
        "(+ 1 2 (+ 3 4))",
        "(define sum (lambda (n) (if (< n 1) 0 (+ n (sum (+ n -1))))))",
        "(sum 10)",
        "(define twice (lambda (f x) (f (f x))))",
        "(twice (lambda (x) (+ x x)) 5)",
        "(length (quote (a b (c d))))",
        "(length 3)",
        "(missing 1)",
        "(sum 1 2)",
        "(+ 1",
        "(if (< 2 1) yes (quote no))",
        "length",
    ] {
        match run(text, &env) {
            Ok(value) => println!("{text} => {value}"),
            Err(error) => println!("{text} => error: {error}"),
        }
    }
}
