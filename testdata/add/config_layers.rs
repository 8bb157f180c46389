// edition:2021
// Values with From and TryFrom, Index by key, macros that make tables, guards, while-let, lazy defaults.
// add: Value::as_int
// add: Layer::lookup
// add: expand
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Index;

#[derive(Debug, Clone, PartialEq)]
enum Value {
    Int(i64),
    Text(String),
    List(Vec<Value>),
}

macro_rules! from {
    ($($type:ty => |$value:ident| $make:expr),* $(,)?) => {
        $(impl From<$type> for Value {
            fn from($value: $type) -> Value {
                $make
            }
        })*
    };
}

from! {
    i64 => |n| Value::Int(n),
    &str => |text| Value::Text(text.to_string()),
    Vec<Value> => |list| Value::List(list),
}

macro_rules! table {
    ($($key:ident : $value:expr),* $(,)?) => {{
        let mut layer = Layer::default();
        $( layer.set(stringify!($key), $value); )*
        layer
    }};
}

impl Value {
    fn as_int(&self) -> Option<i64> {
        match self {
            Value::Int(n) => Some(*n),
            Value::Text(text) => text.trim().parse().ok(),
            Value::List(list) if list.len() == 1 => list[0].as_int(),
            Value::List(list) => list.iter().map(Value::as_int).sum(),
        }
    }
}

impl TryFrom<&Value> for u8 {
    type Error = String;
    fn try_from(value: &Value) -> Result<u8, String> {
        let n = value.as_int().ok_or_else(|| format!("{value} is no number"))?;
        n.try_into().map_err(|error| format!("{n}: {error}"))
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Int(n) => n.fmt(f),
            Value::Text(text) => write!(f, "{text:?}"),
            Value::List(list) => {
                let mut items = list.iter();
                f.write_str("[")?;
                if let Some(first) = items.next() {
                    first.fmt(f)?;
                }
                items.try_for_each(|item| write!(f, ", {item}"))?;
                f.write_str("]")
            }
        }
    }
}

#[derive(Debug, Default)]
struct Layer {
    values: BTreeMap<String, Value>,
    below: Option<Box<Layer>>,
}

impl Layer {
    fn set(&mut self, key: &str, value: impl Into<Value>) -> &mut Self {
        self.values.insert(key.replace('_', "."), value.into());
        self
    }

    fn over(mut self, below: Layer) -> Layer {
        self.below = Some(Box::new(below));
        self
    }

    fn lookup(&self, key: &str) -> Option<&Value> {
        let mut layer = Some(self);
        while let Some(at) = layer {
            if let found @ Some(_) = at.values.get(key) {
                return found;
            }
            layer = at.below.as_deref();
        }
        None
    }

    fn int_or(&self, key: &str, default: impl FnOnce() -> i64) -> i64 {
        self.lookup(key).and_then(Value::as_int).unwrap_or_else(default)
    }
}

impl Index<&str> for Layer {
    type Output = Value;
    fn index(&self, key: &str) -> &Value {
        const NONE: &Value = &Value::Int(0);
        self.lookup(key).unwrap_or(NONE)
    }
}

fn expand<'t>(text: &'t str, layer: &Layer, depth: usize) -> Result<Cow<'t, str>, String> {
    let Some(start) = text.find("${") else { return Ok(Cow::Borrowed(text)) };
    if depth == 0 {
        return Err(format!("too deep at {text:?}"));
    }
    let (before, rest) = text.split_at(start);
    let (key, after) = rest[2..].split_once('}').ok_or("no end")?;
    let inner = match layer.lookup(key) {
        Some(Value::Text(inner)) => expand(inner, layer, depth - 1)?.into_owned(),
        Some(value) if value.as_int().is_some_and(|n| n > 0) => value.as_int().unwrap_or_default().to_string(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    Ok(format!("{before}{inner}{}", expand(after, layer, depth)?).into())
}

fn main() {
    let base = table! { port: 80, host_name: "example", url: "http://${host.name}:${port}/${path}", loop_a: "${loop.a}" };
    let layer = table! { port: "8080 ", path: "${sizes}", sizes: vec![Value::from(1), "2".into()], one: vec![Value::Int(300)] }.over(base);
    for key in ["port", "host.name", "sizes", "url", "one", "none"] {
        println!("{key} = {} as {:?}, {:?}", layer[key], layer[key].as_int(), u8::try_from(&layer[key]));
    }
    for text in ["plain", "${url}", "a ${port} b ${none}.", "${loop.a}", "${x"] {
        println!("{:?}", expand(text, &layer, 3));
    }
    let total = ["port", "sizes", "missing"].iter().fold(0, |sum, key| sum * 10 + layer.int_or(key, || layer["one"].as_int().unwrap_or(7)));
    println!("{total} {}", matches!(layer.lookup("one"), Some(Value::List(list)) if list.len() == 1));
}
