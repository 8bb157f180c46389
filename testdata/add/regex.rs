// edition:2021
// A matcher for patterns: mutual recursion with continuations that are closures.
// add: same
// add: Matcher::at
use std::fmt::Write;

#[derive(Debug)]
enum Pattern {
    Empty,
    Char(char),
    Any,
    Class(Vec<(char, char)>, bool),
    Sequence(Vec<Pattern>),
    Either(Box<Pattern>, Box<Pattern>),
    Repeat(Box<Pattern>, usize, Option<usize>),
}

use Pattern::*;

struct Reader<'p> {
    chars: std::iter::Peekable<std::str::Chars<'p>>,
}

impl<'p> Reader<'p> {
    fn alternatives(&mut self) -> Result<Pattern, String> {
        let first = self.sequence()?;
        if self.chars.next_if_eq(&'|').is_some() {
            return Ok(Either(Box::new(first), Box::new(self.alternatives()?)));
        }
        Ok(first)
    }

    fn sequence(&mut self) -> Result<Pattern, String> {
        let mut parts = Vec::new();
        while let Some(c) = self.chars.peek().copied().filter(|c| !matches!(c, '|' | ')')) {
            self.chars.next();
            let part = match c {
                '.' => Any,
                '(' => {
                    let inner = self.alternatives()?;
                    self.chars.next_if_eq(&')').ok_or("missing )")?;
                    inner
                }
                '[' => self.class()?,
                '*' | '+' | '?' => return Err(format!("nothing to repeat before {c}")),
                c => Char(c),
            };
            let part = match self.chars.peek() {
                Some('*') => Repeat(Box::new(part), 0, None),
                Some('+') => Repeat(Box::new(part), 1, None),
                Some('?') => Repeat(Box::new(part), 0, Some(1)),
                _ => {
                    parts.push(part);
                    continue;
                }
            };
            self.chars.next();
            parts.push(part);
        }
        Ok(match parts.len() {
            0 => Empty,
            1 => parts.remove(0),
            _ => Sequence(parts),
        })
    }

    fn class(&mut self) -> Result<Pattern, String> {
        let negated = self.chars.next_if_eq(&'^').is_some();
        let mut ranges = Vec::new();
        loop {
            match self.chars.next().ok_or_else(|| "missing ]".to_string())? {
                ']' => return Ok(Class(ranges, negated)),
                first if self.chars.next_if_eq(&'-').is_some() => {
                    let last = self.chars.next().ok_or("open range")?;
                    ranges.push((first, last));
                }
                only => ranges.push((only, only)),
            }
        }
    }
}

fn same(pattern: &Pattern, c: char) -> bool {
    match pattern {
        Char(expected) => *expected == c,
        Any => true,
        Class(ranges, negated) => ranges.iter().any(|(a, b)| (*a..=*b).contains(&c)) != *negated,
        _ => false,
    }
}

struct Matcher {
    text: Vec<char>,
    steps: usize,
}

impl Matcher {
    fn at(&mut self, index: usize) -> Option<char> {
        self.steps += 1;
        self.text.get(index).copied()
    }

    // All ends of matches that begin at `from`, the longest first.
    fn ends(&mut self, pattern: &Pattern, from: usize) -> Vec<usize> {
        match pattern {
            Empty => vec![from],
            Char(_) | Any | Class(..) => match self.at(from) {
                Some(c) if same(pattern, c) => vec![from + 1],
                _ => Vec::new(),
            },
            Sequence(parts) => {
                let mut ends = vec![from];
                for part in parts {
                    let mut next = Vec::new();
                    for end in ends {
                        for found in self.ends(part, end) {
                            if !next.contains(&found) {
                                next.push(found);
                            }
                        }
                    }
                    ends = next;
                }
                ends
            }
            Either(a, b) => {
                let mut ends = self.ends(a, from);
                ends.extend(self.ends(b, from));
                ends
            }
            Repeat(inner, least, most) => self.repeat(inner, *least, *most, from),
        }
    }

    fn repeat(&mut self, inner: &Pattern, least: usize, most: Option<usize>, from: usize) -> Vec<usize> {
        let mut result = Vec::new();
        if most != Some(0) {
            for end in self.ends(inner, from) {
                if end > from {
                    result.extend(self.repeat(inner, least.saturating_sub(1), most.map(|n| n - 1), end));
                }
            }
        }
        if least == 0 {
            result.push(from);
        }
        result
    }

    fn find(&mut self, pattern: &Pattern) -> Option<(usize, usize)> {
        (0..=self.text.len()).find_map(|from| {
            let end = self.ends(pattern, from).into_iter().next()?;
            Some((from, end))
        })
    }
}

fn main() {
    let mut out = String::new();
    for (pattern, text) in [
        ("a+b", "xaaab"),
        ("(cat|dog)s?", "hotdogs"),
        ("[a-c]*x", "abcabx"),
        ("[^0-9]+", "12ab3"),
        ("q", "none"),
        ("(ab)+c|z", "ababz"),
        ("(", ""),
        ("*", ""),
        ("", "abc"),
    ] {
        let parsed = Reader { chars: pattern.chars().peekable() }.alternatives();
        let line = match parsed {
            Err(error) => format!("error: {error}"),
            Ok(parsed) => {
                let mut matcher = Matcher { text: text.chars().collect(), steps: 0 };
                let found = matcher.find(&parsed).map(|(a, b)| &text[a..b]);
                format!("{found:?} in {} steps", matcher.steps)
            }
        };
        writeln!(out, "{pattern} ~ {text}: {line}").unwrap();
    }
    print!("{out}");
}
