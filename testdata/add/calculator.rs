// edition:2021
// A calculator: text to tokens to a tree to a number, with variables and functions.
// add: Lexer::read_char
// add: Scope::lookup
use std::collections::BTreeMap;
use std::fmt;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(f64),
    Name(String),
    Op(char),
    Open,
    Close,
    Comma,
}

struct Lexer<'a> {
    chars: Vec<char>,
    at: usize,
    source: &'a str,
}

impl<'a> Lexer<'a> {
    fn new(source: &'a str) -> Self {
        Lexer { chars: source.chars().collect(), at: 0, source }
    }

    fn read_char(&mut self) -> Option<char> {
        let found = self.chars.get(self.at).copied();
        self.at += 1;
        found
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn take_while(&mut self, test: impl Fn(char) -> bool) -> String {
        let mut text = String::new();
        while let Some(c) = self.peek() {
            if !test(c) {
                break;
            }
            text.extend(self.read_char());
        }
        text
    }

    fn tokens(mut self) -> Result<Vec<Token>, Failure> {
        let mut list = Vec::new();
        while let Some(c) = self.peek() {
            let token = match c {
                ' ' => {
                    self.read_char();
                    continue;
                }
                '0'..='9' => {
                    let digits = self.take_while(|c| c.is_ascii_digit() || c == '.');
                    Token::Number(digits.parse().map_err(|_| Failure::Number(digits.clone()))?)
                }
                'a'..='z' => Token::Name(self.take_while(char::is_alphanumeric)),
                '(' | ')' | ',' => {
                    self.read_char();
                    match c {
                        '(' => Token::Open,
                        ')' => Token::Close,
                        _ => Token::Comma,
                    }
                }
                _ => Token::Op(self.read_char().ok_or(Failure::End)?),
            };
            list.push(token);
        }
        if list.is_empty() {
            return Err(Failure::Empty(self.source.to_string()));
        }
        Ok(list)
    }
}

#[derive(Debug)]
enum Failure {
    Number(String),
    End,
    Empty(String),
    Unexpected(Token),
    Unknown(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Number(text) => write!(f, "bad number {text}"),
            Failure::End => write!(f, "unexpected end"),
            Failure::Empty(text) => write!(f, "nothing in {text:?}"),
            Failure::Unexpected(token) => write!(f, "unexpected {token:?}"),
            Failure::Unknown(name) => write!(f, "unknown name {name}"),
        }
    }
}

enum Tree {
    Leaf(f64),
    Variable(String),
    Negated(Box<Tree>),
    Binary(char, Box<Tree>, Box<Tree>),
    Call(String, Vec<Tree>),
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn sum(&mut self) -> Result<Tree, Failure> {
        let mut left = self.product()?;
        while let Some(Token::Op(op @ ('+' | '-'))) = self.peek().cloned() {
            self.next();
            left = Tree::Binary(op, Box::new(left), Box::new(self.product()?));
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Tree, Failure> {
        let mut left = self.atom()?;
        while let Some(Token::Op(op @ ('*' | '/'))) = self.peek().cloned() {
            self.next();
            left = Tree::Binary(op, Box::new(left), Box::new(self.atom()?));
        }
        Ok(left)
    }

    fn atom(&mut self) -> Result<Tree, Failure> {
        match self.next().ok_or(Failure::End)? {
            Token::Number(n) => Ok(Tree::Leaf(n)),
            Token::Op('-') => Ok(Tree::Negated(Box::new(self.atom()?))),
            Token::Open => {
                let inner = self.sum()?;
                self.next().filter(|t| *t == Token::Close).ok_or(Failure::End)?;
                Ok(inner)
            }
            Token::Name(name) if self.peek() == Some(&Token::Open) => {
                self.next();
                let mut arguments = Vec::new();
                loop {
                    arguments.push(self.sum()?);
                    match self.next().ok_or(Failure::End)? {
                        Token::Comma => continue,
                        Token::Close => break,
                        other => return Err(Failure::Unexpected(other)),
                    }
                }
                Ok(Tree::Call(name, arguments))
            }
            Token::Name(name) => Ok(Tree::Variable(name)),
            other => Err(Failure::Unexpected(other)),
        }
    }
}

#[derive(Default)]
struct Scope {
    values: BTreeMap<String, f64>,
}

impl Scope {
    fn lookup(&self, name: &str) -> Option<f64> {
        self.values.get(name).copied()
    }

    fn value(&self, tree: &Tree) -> Result<f64, Failure> {
        Ok(match tree {
            Tree::Leaf(n) => *n,
            Tree::Variable(name) => {
                self.lookup(name).ok_or_else(|| Failure::Unknown(name.clone()))?
            }
            Tree::Negated(inner) => -self.value(inner)?,
            Tree::Binary(op, left, right) => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                match op {
                    '+' => left + right,
                    '-' => left - right,
                    '*' => left * right,
                    _ => left / right,
                }
            }
            Tree::Call(name, arguments) => {
                let values = arguments
                    .iter()
                    .map(|argument| self.value(argument))
                    .collect::<Result<Vec<f64>, Failure>>()?;
                match name.as_str() {
                    "max" => values.iter().copied().fold(f64::MIN, f64::max),
                    "sum" => values.iter().sum(),
                    _ => return Err(Failure::Unknown(name.clone())),
                }
            }
        })
    }
}

fn calculate(scope: &Scope, text: &str) -> Result<f64, Failure> {
    let tokens = Lexer::new(text).tokens()?;
    let tree = Parser { tokens, at: 0 }.sum()?;
    scope.value(&tree)
}

fn main() {
    let mut scope = Scope::default();
    scope.values.insert("x".to_string(), 4.0);
    for text in ["1 + 2 * 3", "-(x - 1) * 2", "max(1, x, 3) + sum(1, 2)", "1 + ", "y", "1.2.3", "", ") 1"] {
        match calculate(&scope, text) {
            Ok(value) => println!("{text} = {value}"),
            Err(failure) => println!("{text}: {failure}"),
        }
    }
}
