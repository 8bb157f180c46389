// edition:2021
// Orders with comparison closures, Ord, Hash and Eq by hand; heaps; mutual recursion; try_fold.
// add: weight
// add: Task::key
// add: Plan::depth
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap, HashSet};
use std::hash::{Hash, Hasher};

fn weight(name: &str) -> u32 {
    name.chars().map(|c| c as u32 % 7).sum()
}

#[derive(Debug, Clone)]
struct Task {
    name: String,
    due: u32,
    needs: Vec<String>,
}

impl Task {
    fn key(&self) -> (u32, Reverse<u32>) {
        (self.due, Reverse(self.needs.len() as u32))
    }
}

impl PartialEq for Task {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Task {}

impl PartialOrd for Task {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Task {
    fn cmp(&self, other: &Self) -> Ordering {
        other.key().cmp(&self.key()).then_with(|| self.name.cmp(&other.name))
    }
}

impl Hash for Task {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
        state.write_u32(self.due);
    }
}

struct Plan {
    tasks: BTreeMap<String, Task>,
}

impl Plan {
    fn new(list: &[(&str, u32, &[&str])]) -> Plan {
        let tasks = list
            .iter()
            .map(|(name, due, needs)| {
                let needs = needs.iter().map(|need| need.to_string()).collect();
                (name.to_string(), Task { name: name.to_string(), due: *due, needs })
            })
            .collect();
        Plan { tasks }
    }

    fn depth(&self, name: &str, open: &mut Vec<String>) -> Result<usize, String> {
        if open.iter().any(|other| other == name) {
            return Err(format!("cycle {}>{name}", open.join(">")));
        }
        let Some(task) = self.tasks.get(name) else {
            return Err(format!("no task {name}"));
        };
        open.push(name.to_string());
        let below = self.deepest(&task.needs, open)?;
        open.pop();
        Ok(1 + below)
    }

    fn deepest(&self, names: &[String], open: &mut Vec<String>) -> Result<usize, String> {
        names.iter().try_fold(0, |most, name| Ok(most.max(self.depth(name, open)?)))
    }

    fn ready(&self, done: &HashSet<&str>) -> Vec<&Task> {
        let mut list: Vec<&Task> = self
            .tasks
            .values()
            .filter(|task| !done.contains(task.name.as_str()))
            .filter(|task| task.needs.iter().all(|need| done.contains(need.as_str())))
            .collect();
        list.sort_by(|a, b| weight(&b.name).cmp(&weight(&a.name)).then(a.name.cmp(&b.name)));
        list
    }

    fn order(&self) -> Vec<String> {
        let mut done = HashSet::new();
        let mut order = Vec::new();
        loop {
            let ready = self.ready(&done);
            let Some(first) = ready.first() else { break };
            done.insert(first.name.as_str());
            order.push(format!("{}:{}", first.name, weight(&first.name)));
        }
        order
    }

    fn by_due(&self) -> Vec<&str> {
        let mut heap: BinaryHeap<&Task> = self.tasks.values().collect();
        let mut names = vec![];
        while let Some(task) = heap.pop() {
            names.push(task.name.as_str());
        }
        names
    }
}

fn main() {
    let plan = Plan::new(&[
        ("walls", 3, &["base"]),
        ("roof", 5, &["walls", "wood"]),
        ("base", 3, &[]),
        ("wood", 1, &[]),
        ("paint", 9, &["walls", "roof"]),
    ]);
    println!("{:?}", plan.order());
    println!("{:?}", plan.by_due());
    for name in ["paint", "wood", "moat"] {
        println!("{name} {:?}", plan.depth(name, &mut Vec::new()));
    }
    let looped = Plan::new(&[("egg", 1, &["hen"]), ("hen", 1, &["egg"])]);
    println!("{:?} {:?}", looped.depth("egg", &mut vec![]), looped.order());
    let set: HashSet<Task> = plan.tasks.values().cloned().chain(looped.tasks.into_values()).collect();
    println!("{}", set.len());
    let lightest = plan.tasks.keys().min_by(|a, b| weight(a).cmp(&weight(b)));
    println!("{lightest:?} {:?}", plan.tasks.values().map(Task::key).max());
    let mut names: Vec<&String> = plan.tasks.keys().collect();
    names.sort_by_cached_key(|name| Reverse(weight(name)));
    println!("{names:?}");
    let (heavy, light): (Vec<&String>, Vec<&String>) = names.iter().partition(|name| weight(name) > 10);
    println!("{} {}", heavy.len(), light.len());
}
