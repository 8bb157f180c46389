// edition:2021
// Rules stored as callbacks: Box<dyn Fn>, Rc<dyn Fn>, generic F: Fn, builders, builder chains.
// add: Facts::value
// add: score
use std::collections::BTreeMap;
use std::rc::Rc;

#[derive(Default, Clone)]
struct Facts {
    values: BTreeMap<String, i32>,
}

impl Facts {
    fn value(&self, key: &str) -> i32 {
        self.values.get(key).copied().unwrap_or(-1)
    }

    fn with(mut self, key: &str, value: i32) -> Self {
        self.values.insert(key.to_string(), value);
        self
    }
}

type Test = Rc<dyn Fn(&Facts) -> bool>;

struct Rule {
    name: &'static str,
    when: Test,
    then: Box<dyn FnMut(&mut Facts)>,
    fired: u32,
}

fn above(key: &'static str, least: i32) -> Test {
    Rc::new(move |facts| facts.value(key) > least)
}

fn both(a: Test, b: Test) -> Test {
    Rc::new(move |facts| a(facts) && b(facts))
}

fn not(test: Test) -> Test {
    Rc::new(move |facts| !test(facts))
}

fn score(name: &str, fired: u32) -> u32 {
    name.len() as u32 * 10 + fired
}

struct Engine<F>
where
    F: Fn(&str, u32) -> u32,
{
    rules: Vec<Rule>,
    rank: F,
    limit: u32,
}

impl<F: Fn(&str, u32) -> u32> Engine<F> {
    fn new(rank: F) -> Self {
        Engine { rules: Vec::new(), rank, limit: 8 }
    }

    fn rule(mut self, name: &'static str, when: Test, then: impl FnMut(&mut Facts) + 'static) -> Self {
        self.rules.push(Rule { name, when, then: Box::new(then), fired: 0 });
        self
    }

    fn pick(&self, facts: &Facts) -> Option<usize> {
        self.rules
            .iter()
            .enumerate()
            .filter(|(_, rule)| (rule.when)(facts))
            .max_by_key(|(_, rule)| (self.rank)(rule.name, rule.fired))
            .map(|(index, _)| index)
    }

    fn step(&mut self, facts: &mut Facts) -> bool {
        let Some(index) = self.pick(facts) else { return false };
        let rule = &mut self.rules[index];
        (rule.then)(facts);
        rule.fired += 1;
        true
    }

    fn run(&mut self, facts: &mut Facts) -> u32 {
        let mut steps = 0;
        while steps < self.limit && self.step(facts) {
            steps += 1;
        }
        steps
    }
}

fn apply_twice<T>(value: T, f: impl Fn(T) -> T) -> T {
    f(f(value))
}

fn main() {
    let mut seen = 0;
    let mut engine = Engine::new(score)
        .rule("cool", above("heat", 3), |facts| {
            let heat = facts.value("heat");
            facts.values.insert("heat".into(), heat - 2);
        })
        .rule("feed", both(above("food", 0), not(above("heat", 5))), move |facts| {
            seen += 1;
            let food = facts.value("food");
            facts.values.insert("food".into(), food - seen);
        });
    let mut facts = Facts::default().with("heat", 9).with("food", 4);
    println!("steps {}", engine.run(&mut facts));
    for rule in &engine.rules {
        println!("{} fired {} score {}", rule.name, rule.fired, score(rule.name, rule.fired));
    }
    println!("{:?}", facts.values);
    let by_name = Engine::new(|name, _| score(name, 0) % 7).rule("x", above("heat", 0), |_| {});
    println!("{:?}", by_name.pick(&facts));
    println!("{}", apply_twice(facts.value("heat"), |n| n * 3 + facts.value("none")));
    let tests: [(&str, Test); 2] = [("hot", above("heat", 2)), ("tame", not(above("heat", 2)))];
    let names: Vec<&str> = tests.iter().filter(|(_, test)| test(&facts)).map(|(name, _)| *name).collect();
    println!("{names:?}");
}
