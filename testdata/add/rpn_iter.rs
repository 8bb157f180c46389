// edition:2021
// Hand-written iterators, `impl Iterator` and `impl Fn` returns, `?` chains, FromStr and TryFrom.
// add: Scanner::bump
// add: precedence
// add: width
use std::convert::TryFrom;
use std::iter::Peekable;
use std::str::{Chars, FromStr};

#[derive(Debug, Clone, PartialEq)]
enum Tok {
    Num(i64),
    Sym(char),
}

struct Scanner<'s> {
    chars: Peekable<Chars<'s>>,
    seen: usize,
}

impl<'s> Scanner<'s> {
    fn new(text: &'s str) -> Scanner<'s> {
        Scanner { chars: text.chars().peekable(), seen: 0 }
    }

    fn bump(&mut self) -> Option<char> {
        self.seen += 1;
        self.chars.next()
    }
}

impl Iterator for Scanner<'_> {
    type Item = Result<Tok, String>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut c = self.bump()?;
        while c == ' ' {
            c = self.bump()?;
        }
        if let Some(digit) = c.to_digit(10) {
            let mut value = i64::from(digit);
            while let Some(more) = self.chars.peek().and_then(|c| c.to_digit(10)) {
                self.bump();
                value = value * 10 + i64::from(more);
            }
            return Some(Ok(Tok::Num(value)));
        }
        match c {
            '+' | '-' | '*' | '(' | ')' => Some(Ok(Tok::Sym(c))),
            other => Some(Err(format!("{other:?} at {}", self.seen))),
        }
    }
}

fn precedence(op: char) -> u8 {
    match op {
        '*' => 2,
        '+' | '-' => 1,
        _ => 0,
    }
}

struct Rpn(Vec<Tok>);

impl FromStr for Rpn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut out = Vec::new();
        let mut ops: Vec<char> = Vec::new();
        for tok in Scanner::new(text) {
            match tok? {
                Tok::Sym('(') => ops.push('('),
                Tok::Sym(')') => {
                    while let Some(op) = ops.pop() {
                        if op == '(' {
                            break;
                        }
                        out.push(Tok::Sym(op));
                    }
                }
                Tok::Sym(op) => {
                    while ops.last().is_some_and(|top| precedence(*top) >= precedence(op)) {
                        out.extend(ops.pop().map(Tok::Sym));
                    }
                    ops.push(op);
                }
                number => out.push(number),
            }
        }
        out.extend(ops.into_iter().rev().map(Tok::Sym));
        Ok(Rpn(out))
    }
}

impl TryFrom<Rpn> for i64 {
    type Error = String;

    fn try_from(rpn: Rpn) -> Result<i64, String> {
        let mut stack = Vec::new();
        for tok in rpn.0 {
            let value = match tok {
                Tok::Num(n) => n,
                Tok::Sym(op) => {
                    let b: i64 = stack.pop().ok_or("too few")?;
                    let a: i64 = stack.pop().ok_or("too few")?;
                    match op {
                        '+' => a + b,
                        '-' => a - b,
                        _ if precedence(op) == 2 => a * b,
                        _ => return Err(format!("left over {op}")),
                    }
                }
            };
            stack.push(value);
        }
        stack.pop().ok_or_else(|| "nothing".to_string())
    }
}

fn width(n: i64) -> usize {
    n.to_string().len()
}

fn wide<'a>(list: &'a [i64], least: usize) -> impl Iterator<Item = i64> + 'a {
    list.iter().copied().filter(move |n| width(*n) >= least)
}

fn padder(target: usize) -> impl Fn(i64) -> String {
    move |n| format!("{}{n}", ".".repeat(target.saturating_sub(width(n))))
}

fn counting() -> impl Iterator<Item = usize> {
    [5, 50, 500].into_iter().map(width)
}

fn solve(text: &str) -> Result<i64, String> {
    let rpn = text.parse::<Rpn>()?;
    let value = i64::try_from(rpn)?;
    Ok(value)
}

fn main() {
    for text in ["1 + 2 * 3", "(1+2)*3", "7 - 10 - 2", "4 $ 4", "+", "", "(3"] {
        match solve(text) {
            Ok(value) => println!("{text} = {value}"),
            Err(reason) => println!("{text}: {reason}"),
        }
    }
    let list = [1, -22, 333, 44, -5];
    println!("{:?}", wide(&list, 2).collect::<Vec<_>>());
    let mut pairs = wide(&list, 1).zip(counting());
    while let Some((n, w)) = pairs.next() {
        println!("{n} {w}");
    }
    let pad = padder(4);
    println!("{}", list.iter().map(|n| pad(*n)).collect::<Vec<_>>().join("|"));
    let (ok, bad): (Vec<_>, Vec<_>) = Scanner::new("1 x 2 y").partition(|tok| tok.is_ok());
    println!("{} {}", ok.len(), bad.len());
}
