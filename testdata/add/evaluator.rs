// edition:2021
// Expressions with operator traits, Rc<dyn Fn> functions, generic folds, closures that call themselves.
// add: Env::get
// add: power
// add: Fold::node
use std::collections::HashMap;
use std::fmt;
use std::ops::{Add, Deref, Mul, Sub};
use std::rc::Rc;

#[derive(Clone, Copy, PartialEq, PartialOrd, Debug, Default)]
struct Num(i64);

impl Add for Num {
    type Output = Num;
    fn add(self, other: Num) -> Num {
        Num(self.0 + other.0)
    }
}
impl Sub for Num {
    type Output = Num;
    fn sub(self, other: Num) -> Num {
        Num(self.0 - other.0)
    }
}
impl Mul<u32> for Num {
    type Output = Num;
    fn mul(self, times: u32) -> Num {
        Num(self.0 * power(2, times))
    }
}
impl From<i64> for Num {
    fn from(n: i64) -> Num {
        Num(n)
    }
}
impl Deref for Num {
    type Target = i64;
    fn deref(&self) -> &i64 {
        &self.0
    }
}

fn power(base: i64, times: u32) -> i64 {
    if times == 0 { 1 } else { base * power(base, times - 1) }
}

type Native = Rc<dyn Fn(&[Num]) -> Result<Num, Fault>>;

#[derive(Debug, PartialEq)]
enum Fault {
    Missing(String),
    Arity { wanted: usize, got: usize },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "no {name}"),
            Self::Arity { wanted, got } => write!(f, "{got} for {wanted}"),
        }
    }
}

enum Tree {
    Leaf(Num),
    Name(String),
    Call(String, Vec<Tree>),
    Shift(Box<Tree>, u32),
}

#[derive(Default)]
struct Env<'o> {
    outer: Option<&'o Env<'o>>,
    values: HashMap<String, Num>,
    natives: HashMap<String, Native>,
}

impl<'o> Env<'o> {
    fn get(&self, name: &str) -> Result<Num, Fault> {
        match (self.values.get(name), self.outer) {
            (Some(num), _) => Ok(*num),
            (None, Some(outer)) => outer.get(name),
            (None, None) => Err(Fault::Missing(name.to_string())),
        }
    }

    fn native(&self, name: &str) -> Option<Native> {
        self.natives.get(name).cloned().or_else(|| self.outer.and_then(|outer| outer.native(name)))
    }

    fn define(&mut self, name: &str, arity: usize, f: impl Fn(&[Num]) -> Num + 'static) -> &mut Self {
        let checked = move |args: &[Num]| {
            if args.len() != arity {
                return Err(Fault::Arity { wanted: arity, got: args.len() });
            }
            Ok(f(args))
        };
        self.natives.insert(name.into(), Rc::new(checked));
        self
    }

    fn eval(&self, tree: &Tree) -> Result<Num, Fault> {
        Ok(match tree {
            Tree::Leaf(num) => *num,
            Tree::Name(name) => self.get(name)?,
            Tree::Shift(inner, by) => self.eval(inner)? * *by,
            Tree::Call(name, args) => {
                let native = self.native(name).ok_or_else(|| Fault::Missing(format!("{name}()")))?;
                let args: Vec<Num> = args.iter().map(|arg| self.eval(arg)).collect::<Result<_, _>>()?;
                native(&args)?
            }
        })
    }
}

trait Fold {
    type Out: Default;
    fn node(&mut self, tree: &Tree, below: Vec<Self::Out>) -> Self::Out;
    fn fold(&mut self, tree: &Tree) -> Self::Out {
        let below = match tree {
            Tree::Call(_, args) => args.iter().map(|arg| self.fold(arg)).collect(),
            Tree::Shift(inner, _) => vec![self.fold(inner)],
            _ => Vec::new(),
        };
        self.node(tree, below)
    }
}

struct Depth;
#[derive(Default)]
struct Names(Vec<String>);

impl Fold for Depth {
    type Out = usize;
    fn node(&mut self, _: &Tree, below: Vec<usize>) -> usize {
        below.into_iter().max().unwrap_or(0) + 1
    }
}

impl Fold for Names {
    type Out = ();
    fn node(&mut self, tree: &Tree, _: Vec<()>) {
        if let Tree::Name(name) | Tree::Call(name, _) = tree {
            self.0.push(name.clone());
        }
    }
}

fn main() {
    let mut base = Env::default();
    base.values.insert("ten".into(), 10.into());
    base.define("add", 2, |args| args[0] + args[1]).define("cube", 1, |args| Num(power(*args[0], 3))).define("zero", 0, |_| Num::default());
    let local = Env { outer: Some(&base), values: HashMap::from([("x".to_string(), Num(3))]), ..Env::default() };
    let leaf = |n: i64| Tree::Leaf(n.into());
    let name = |s: &str| Tree::Name(s.to_string());
    let trees = [
        Tree::Call("add".into(), vec![name("ten"), Tree::Call("cube".into(), vec![name("x")])]),
        Tree::Shift(Box::new(Tree::Call("zero".into(), vec![leaf(1)])), 2),
        Tree::Shift(Box::new(leaf(5)), 3),
        Tree::Call("sub".into(), vec![]),
        name("y"),
    ];
    for tree in &trees {
        let mut names = Names::default();
        names.fold(tree);
        match local.eval(tree) {
            Ok(num) if *num > 9 && power(2, 3) < *num => println!("big {num:?}"),
            Ok(num) => println!("{num:?}"),
            Err(fault) => println!("error: {fault}"),
        }
        println!("  {} {:?}", Depth.fold(tree), names.0);
    }
    println!("{:?}", local.get("ten").and_then(|ten| base.get("x").map(|x| ten - x)));
}
