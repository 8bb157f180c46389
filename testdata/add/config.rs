// edition:2024
// Settings in layers: parsing with chains of options, lazily made defaults, `let` chains.
// add: Source::get
// add: parse_line
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::OnceLock;

static FALLBACK: OnceLock<BTreeMap<String, String>> = OnceLock::new();

fn parse_line(line: &str) -> Option<(String, String)> {
    let line = line.split('#').next()?.trim();
    let (key, value) = line.split_once('=')?;
    Some((key.trim().to_lowercase(), value.trim().to_string()))
}

fn fallback() -> &'static BTreeMap<String, String> {
    FALLBACK.get_or_init(|| ["port = 80", "host = localhost", "# none"].iter().filter_map(|line| parse_line(line)).collect())
}

#[derive(Debug, PartialEq)]
enum Problem {
    Missing(String),
    Bad { key: String, value: String },
    Cycle(String),
}

trait Source {
    fn name(&self) -> &str;
    fn get(&self, key: &str) -> Option<String>;
    fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }
}

struct Text {
    name: &'static str,
    text: &'static str,
    parsed: OnceCell<BTreeMap<String, String>>,
}

impl Text {
    fn new(name: &'static str, text: &'static str) -> Self {
        Text { name, text, parsed: OnceCell::new() }
    }
}

impl Source for Text {
    fn name(&self) -> &str {
        self.name
    }

    fn get(&self, key: &str) -> Option<String> {
        self.parsed.get_or_init(|| self.text.lines().filter_map(parse_line).collect()).get(key).cloned()
    }
}

struct Fallback;

impl Source for Fallback {
    fn name(&self) -> &str {
        "fallback"
    }

    fn get(&self, key: &str) -> Option<String> {
        fallback().get(key).cloned()
    }
}

struct Prefixed<S> {
    inner: S,
    prefix: &'static str,
}

impl<S: Source> Source for Prefixed<S> {
    fn name(&self) -> &str {
        self.inner.name()
    }

    fn get(&self, key: &str) -> Option<String> {
        self.inner.get(&format!("{}{key}", self.prefix))
    }
}

struct Settings {
    layers: Vec<Box<dyn Source>>,
}

impl Settings {
    fn raw(&self, key: &str) -> Option<(String, &str)> {
        self.layers.iter().find_map(|layer| layer.get(key).map(|value| (value, layer.name())))
    }

    fn expand(&self, text: &str, open: &mut Vec<String>) -> Result<String, Problem> {
        let Some((before, rest)) = text.split_once('$') else { return Ok(text.to_string()) };
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        if open.iter().any(|other| other == key) {
            return Err(Problem::Cycle(open.join(">")));
        }
        open.push(key.to_string());
        let inner = self.text(key).ok_or_else(|| Problem::Missing(key.to_string()))?;
        let expanded = self.expand(&inner, open)?;
        open.pop();
        Ok(format!("{before}{expanded}{}", self.expand(after, open)?))
    }

    fn text(&self, key: &str) -> Option<String> {
        self.raw(key).map(|(value, _)| value)
    }

    fn value<T: FromStr>(&self, key: &str) -> Result<T, Problem> {
        let text = self.text(key).ok_or_else(|| Problem::Missing(key.into()))?;
        let text = self.expand(&text, &mut vec![key.to_string()])?;
        text.parse().map_err(|_| Problem::Bad { key: key.into(), value: text })
    }

    fn origins(&self, keys: &[&str]) -> Vec<String> {
        keys.iter()
            .map(|key| match self.raw(key) {
                Some((_, layer)) if self.layers.len() > 2 => format!("{key}@{layer}"),
                Some(_) => key.to_string(),
                None => format!("{key}?"),
            })
            .collect()
    }
}

fn main() {
    let settings = Settings {
        layers: vec![
            Box::new(Text::new("local", "port = 8080 # mine\nurl = http://$host:$port/\nloop = $loop")),
            Box::new(Prefixed { inner: Text::new("global", "app.debug = true\nport = 1\napp.size = big"), prefix: "app." }),
            Box::new(Fallback),
        ],
    };
    println!("{:?}", settings.value::<u16>("port"));
    println!("{:?}", settings.value::<bool>("debug"));
    println!("{:?}", settings.value::<usize>("size"));
    println!("{:?}", settings.value::<String>("url"));
    println!("{:?}", settings.value::<String>("loop"));
    println!("{:?}", settings.value::<String>("nothing"));
    println!("{:?}", settings.origins(&["port", "host", "debug", "x"]));
    let has: Vec<bool> = settings.layers.iter().map(|layer| layer.has("port")).collect();
    println!("{has:?}");
    if let Some((host, layer)) = settings.raw("host") && host.len() > 3 && settings.text("port").is_some() {
        println!("{host} from {layer}");
    }
}
