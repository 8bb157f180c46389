// edition:2021
// A stack machine: tables of functions, a dispatcher, jumps and calls.
// add: Machine::pop
// add: double
use std::collections::HashMap;

#[derive(Debug, Clone, PartialEq)]
enum Op {
    Push(i64),
    Call(&'static str),
    JumpIfZero(usize),
    Jump(usize),
    Dup,
    Print,
    Halt,
}

#[derive(Debug)]
enum Fault {
    Empty(usize),
    Unknown(String),
    TooLong,
}

type Builtin = fn(&mut Machine) -> Result<(), Fault>;

struct Machine {
    stack: Vec<i64>,
    at: usize,
    output: Vec<String>,
    builtins: HashMap<&'static str, Builtin>,
    unary: Vec<(&'static str, fn(i64) -> i64)>,
}

fn double(n: i64) -> i64 {
    n * 2
}

fn square(n: i64) -> i64 {
    n * n
}

fn add(machine: &mut Machine) -> Result<(), Fault> {
    let right = machine.pop()?;
    let left = machine.pop()?;
    machine.stack.push(left + right);
    Ok(())
}

fn subtract(machine: &mut Machine) -> Result<(), Fault> {
    let right = machine.pop()?;
    let left = machine.pop()?;
    machine.stack.push(left - right);
    Ok(())
}

fn swap(machine: &mut Machine) -> Result<(), Fault> {
    let (a, b) = (machine.pop()?, machine.pop()?);
    machine.stack.extend([a, b]);
    Ok(())
}

impl Machine {
    fn new() -> Self {
        let mut builtins: HashMap<&'static str, Builtin> = HashMap::new();
        builtins.insert("add", add);
        builtins.insert("sub", subtract);
        builtins.insert("swap", swap);
        builtins.insert("drop", |machine| machine.pop().map(|_| ()));
        Machine {
            stack: Vec::new(),
            at: 0,
            output: Vec::new(),
            builtins,
            unary: vec![("double", double), ("square", square), ("negate", |n| -n)],
        }
    }

    fn pop(&mut self) -> Result<i64, Fault> {
        self.stack.pop().ok_or(Fault::Empty(self.at))
    }

    fn call(&mut self, name: &str) -> Result<(), Fault> {
        if let Some(builtin) = self.builtins.get(name).copied() {
            return builtin(self);
        }
        let unary = self.unary.iter().find(|(other, _)| *other == name).map(|(_, f)| *f);
        match unary {
            Some(f) => {
                let value = self.pop()?;
                self.stack.push(f(value));
                Ok(())
            }
            None => Err(Fault::Unknown(name.to_string())),
        }
    }

    fn step(&mut self, program: &[Op]) -> Result<bool, Fault> {
        let op = program.get(self.at).cloned().unwrap_or(Op::Halt);
        self.at += 1;
        match op {
            Op::Push(n) => self.stack.push(n),
            Op::Call(name) => self.call(name)?,
            Op::JumpIfZero(target) => {
                if self.pop()? == 0 {
                    self.at = target;
                }
            }
            Op::Jump(target) => self.at = target,
            Op::Dup => {
                let top = self.pop()?;
                self.stack.extend([top, top]);
            }
            Op::Print => {
                let text = self.pop()?.to_string();
                self.output.push(text);
            }
            Op::Halt => return Ok(false),
        }
        Ok(true)
    }

    fn run(&mut self, program: &[Op]) -> Result<usize, Fault> {
        let mut steps = 0;
        while self.step(program)? {
            steps += 1;
            if steps > 500 {
                return Err(Fault::TooLong);
            }
        }
        Ok(steps)
    }
}

fn main() {
    let countdown = vec![
        Op::Push(3),
        Op::Dup,
        Op::Print,
        Op::Push(1),
        Op::Call("sub"),
        Op::Dup,
        Op::JumpIfZero(8),
        Op::Jump(1),
        Op::Halt,
    ];
    let functions = vec![
        Op::Push(5),
        Op::Call("double"),
        Op::Call("square"),
        Op::Call("negate"),
        Op::Push(7),
        Op::Call("swap"),
        Op::Call("add"),
        Op::Print,
    ];
    for program in [countdown, functions, vec![Op::Call("add")], vec![Op::Call("fly")], vec![Op::Jump(0)]] {
        let mut machine = Machine::new();
        let result = machine.run(&program);
        println!("{:?} {:?} {:?}", result, machine.output, machine.stack);
    }
}
