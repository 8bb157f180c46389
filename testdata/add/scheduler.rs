// edition:2024
// A planner: tasks with dependencies, a heap of deadlines, an order that depends on a lookup.
// add: cost
// add: Registry::get
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};
use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Task {
    name: String,
    deadline: u32,
    needs: Vec<String>,
}

fn cost(name: &str) -> u32 {
    name.bytes().map(u32::from).sum::<u32>() % 7 + 1
}

#[derive(PartialEq, Eq)]
struct Ranked(Task);

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        (other.0.deadline, cost(&other.0.name))
            .cmp(&(self.0.deadline, cost(&self.0.name)))
            .then_with(|| other.0.name.cmp(&self.0.name))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[derive(Default)]
struct Registry {
    tasks: BTreeMap<String, Task>,
}

#[derive(Debug)]
enum PlanError {
    Unknown { task: String, needs: String },
    Cycle(Vec<String>),
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            PlanError::Unknown { task, needs } => write!(f, "{task} needs unknown {needs}"),
            PlanError::Cycle(path) => write!(f, "cycle: {}", path.join(" -> ")),
        }
    }
}

impl std::error::Error for PlanError {}

impl Registry {
    fn add(&mut self, name: &str, deadline: u32, needs: &[&str]) -> &mut Self {
        let needs = needs.iter().map(|n| n.to_string()).collect();
        self.tasks.insert(name.to_string(), Task { name: name.to_string(), deadline, needs });
        self
    }

    fn get(&self, name: &str) -> Option<&Task> {
        self.tasks.get(name)
    }

    fn visit(
        &self,
        name: &str,
        path: &mut Vec<String>,
        done: &mut BTreeSet<String>,
        order: &mut Vec<Task>,
    ) -> Result<(), PlanError> {
        if done.contains(name) {
            return Ok(());
        }
        if let Some(start) = path.iter().position(|other| other == name) {
            let mut cycle = path[start..].to_vec();
            cycle.push(name.to_string());
            return Err(PlanError::Cycle(cycle));
        }
        let Some(task) = self.get(name) else {
            let task = path.last().cloned().unwrap_or_default();
            return Err(PlanError::Unknown { task, needs: name.to_string() });
        };
        path.push(name.to_string());
        for need in &task.needs {
            self.visit(need, path, done, order)?;
        }
        path.pop();
        done.insert(name.to_string());
        order.push(task.clone());
        Ok(())
    }

    fn plan(&self) -> Result<Vec<Task>, Box<dyn std::error::Error>> {
        let mut order = Vec::new();
        let mut done = BTreeSet::new();
        for name in self.tasks.keys() {
            self.visit(name, &mut Vec::new(), &mut done, &mut order)?;
        }
        Ok(order)
    }

    fn by_deadline(&self) -> Vec<String> {
        let mut heap: BinaryHeap<Ranked> = self.tasks.values().cloned().map(Ranked).collect();
        let mut result = Vec::new();
        while let Some(Ranked(task)) = heap.pop() {
            result.push(format!("{}@{}", task.name, task.deadline));
        }
        result
    }

    fn cheapest_first(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.tasks.keys().map(String::as_str).collect();
        names.sort_by_key(|name| (cost(name), *name));
        names
    }
}

fn simulate(order: &[Task]) -> (u32, Vec<String>) {
    let mut queue: VecDeque<&Task> = order.iter().collect();
    let mut clock = 0;
    let mut late = Vec::new();
    while let Some(task) = queue.pop_front() {
        clock += cost(&task.name);
        if clock > task.deadline {
            late.push(task.name.clone());
        }
    }
    (clock, late)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut registry = Registry::default();
    registry
        .add("deploy", 30, &["test", "package"])
        .add("test", 12, &["build"])
        .add("package", 20, &["build"])
        .add("build", 6, &["fetch"])
        .add("fetch", 2, &[]);
    let order = registry.plan()?;
    println!("{}", order.iter().map(|task| task.name.as_str()).collect::<Vec<_>>().join(" "));
    let (clock, late) = simulate(&order);
    println!("clock {clock} late {late:?}");
    println!("{:?}", registry.by_deadline());
    println!("{:?}", registry.cheapest_first());
    registry.add("fetch", 2, &["deploy"]);
    if let Err(error) = registry.plan() {
        println!("{error}");
    }
    registry.add("fetch", 2, &["network"]);
    match registry.plan() {
        Ok(_) => println!("no error"),
        Err(error) => println!("{error}"),
    }
    Ok(())
}
