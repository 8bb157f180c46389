// edition:2021
// Templates: parts, filters in a table, options and results handed through combinators.
// add: Context::value
// add: shout
// add: pad
use std::collections::BTreeMap;

enum Part<'t> {
    Text(&'t str),
    Field { name: &'t str, filters: Vec<&'t str> },
    Each { name: &'t str, body: Vec<Part<'t>> },
    When { name: &'t str, body: Vec<Part<'t>>, otherwise: Vec<Part<'t>> },
}

#[derive(Default)]
struct Context<'c> {
    values: BTreeMap<&'c str, String>,
    lists: BTreeMap<&'c str, Vec<Context<'c>>>,
}

impl<'c> Context<'c> {
    fn with(mut self, name: &'c str, value: &str) -> Self {
        self.values.insert(name, value.to_string());
        self
    }

    fn list(mut self, name: &'c str, items: Vec<Context<'c>>) -> Self {
        self.lists.insert(name, items);
        self
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    fn is_set(&self, name: &str) -> bool {
        self.value(name).map_or(false, |text| !text.is_empty())
    }
}

fn shout(text: &str) -> String {
    text.to_uppercase() + "!"
}

fn trim(text: &str) -> String {
    text.trim().to_string()
}

fn pad(text: &str, width: usize) -> String {
    format!("{text:>width$}")
}

struct Filters {
    simple: Vec<(&'static str, fn(&str) -> String)>,
    more: BTreeMap<String, Box<dyn Fn(&str) -> String>>,
}

impl Filters {
    fn new() -> Self {
        let mut more: BTreeMap<String, Box<dyn Fn(&str) -> String>> = BTreeMap::new();
        for width in [4, 8] {
            more.insert(format!("pad{width}"), Box::new(move |text| pad(text, width)));
        }
        more.insert("twice".into(), Box::new(|text| format!("{text}{text}")));
        Filters { simple: vec![("shout", shout), ("trim", trim)], more }
    }

    fn apply(&self, name: &str, text: &str) -> Result<String, String> {
        self.simple
            .iter()
            .find(|(other, _)| *other == name)
            .map(|(_, filter)| filter(text))
            .or_else(|| self.more.get(name).map(|filter| filter(text)))
            .ok_or_else(|| format!("no filter {name}"))
    }
}

fn parse<'t>(text: &'t str, end: &[&str], rest: &mut &'t str) -> Result<(Vec<Part<'t>>, &'t str), String> {
    *rest = text;
    let mut parts = Vec::new();
    loop {
        let Some((before, after)) = rest.split_once('{') else {
            parts.push(Part::Text(rest));
            *rest = "";
            return if end.is_empty() { Ok((parts, "")) } else { Err(format!("missing {}", end[0])) };
        };
        parts.push(Part::Text(before));
        let (tag, after) = after.split_once('}').ok_or("missing brace")?;
        *rest = after;
        if let Some(found) = end.iter().position(|each| *each == tag) {
            return Ok((parts, &tag[..tag.len().min(end[found].len())]));
        }
        if let Some(name) = tag.strip_prefix("each ") {
            let (body, _) = parse(rest, &["end"], rest)?;
            parts.push(Part::Each { name, body });
        } else if let Some(name) = tag.strip_prefix("when ") {
            let (body, ended) = parse(rest, &["end", "else"], rest)?;
            let otherwise =
                if ended == "else" { parse(rest, &["end"], rest)?.0 } else { Vec::new() };
            parts.push(Part::When { name, body, otherwise });
        } else {
            let mut names = tag.split('|');
            let name = names.next().unwrap_or_default();
            parts.push(Part::Field { name, filters: names.collect() });
        }
    }
}

fn render(parts: &[Part], context: &Context, filters: &Filters) -> Result<String, String> {
    let mut out = String::new();
    for part in parts {
        match part {
            Part::Text(text) => out += text,
            Part::Field { name, filters: names } => {
                let value = context.value(name).unwrap_or_else(|| "?");
                let text = names
                    .iter()
                    .try_fold(value.to_string(), |text, filter| filters.apply(filter, &text))?;
                out.push_str(&text);
            }
            Part::Each { name, body } => {
                let items = context.lists.get(name).map(Vec::as_slice).unwrap_or(&[]);
                let texts: Result<Vec<String>, String> =
                    items.iter().map(|item| render(body, item, filters)).collect();
                out += &texts?.join(",");
            }
            Part::When { name, body, otherwise } => {
                let chosen = if context.is_set(name) { body } else { otherwise };
                out += &render(chosen, context, filters)?;
            }
        }
    }
    Ok(out)
}

fn fill(template: &str, context: &Context) -> Result<String, String> {
    let mut rest = "";
    let (parts, _) = parse(template, &[], &mut rest)?;
    render(&parts, context, &Filters::new())
}

fn main() {
    let people = vec![
        Context::default().with("name", "ann").with("age", "31"),
        Context::default().with("name", " bob "),
    ];
    let context = Context::default().with("title", "list").with("empty", "").list("people", people);
    for template in [
        "{title|shout}: {each people}<{name|trim|twice}{when age} {age|pad4}{else} -{end}>{end}",
        "{missing} {when empty}yes{else}no{end}",
        "{title|nothing}",
        "{each people}{name}",
        "plain {title|pad8",
    ] {
        match fill(template, &context) {
            Ok(text) => println!("{text}"),
            Err(error) => println!("error: {error}"),
        }
    }
}
