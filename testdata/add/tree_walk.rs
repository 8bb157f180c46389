// edition:2021
// A tree of files in memory: sizes, searches, printing; functions that call one another.
// add: Disk::size_of
// add: matches
use std::collections::BTreeMap;

#[derive(Default)]
struct Disk {
    sizes: BTreeMap<String, u64>,
}

impl Disk {
    fn size_of(&self, name: &str) -> u64 {
        self.sizes.get(name).copied().unwrap_or(name.len() as u64)
    }
}

enum Node {
    File(String),
    Folder(String, Vec<Node>),
    Link(String),
}

use Node::*;

impl Node {
    fn name(&self) -> &str {
        match self {
            File(name) | Folder(name, _) | Link(name) => name,
        }
    }

    fn size(&self, disk: &Disk) -> u64 {
        match self {
            File(name) => disk.size_of(name),
            Folder(_, children) => children.iter().map(|child| child.size(disk)).sum::<u64>() + 1,
            Link(_) => 0,
        }
    }

    fn depth(&self) -> usize {
        match self {
            Folder(_, children) => 1 + children.iter().map(Node::depth).max().unwrap_or(0),
            _ => 0,
        }
    }

    fn find<'a>(&'a self, pattern: &str, path: &mut Vec<String>, into: &mut Vec<String>) {
        path.push(self.name().to_string());
        if matches(pattern, self.name()) {
            into.push(path.join("/"));
        }
        if let Folder(_, children) = self {
            for child in children {
                child.find(pattern, path, into);
            }
        }
        path.pop();
    }

    fn largest<'a>(&'a self, disk: &Disk) -> Option<(&'a str, u64)> {
        match self {
            File(name) => Some((name, disk.size_of(name))),
            Folder(_, children) => {
                let mut best: Option<(&str, u64)> = None;
                for child in children {
                    if let Some(found) = child.largest(disk) {
                        if best.is_none_or(|known| found.1 > known.1) {
                            best = Some(found);
                        }
                    }
                }
                best
            }
            Link(_) => None,
        }
    }
}

fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((head, tail)) => match name.strip_prefix(head) {
            None => false,
            Some(rest) => (0..=rest.len())
                .filter(|at| rest.is_char_boundary(*at))
                .any(|at| matches(tail, &rest[at..])),
        },
    }
}

fn print(node: &Node, disk: &Disk, depth: usize, into: &mut String) {
    let indent = "  ".repeat(depth);
    match node {
        Folder(name, children) => {
            into.push_str(&format!("{indent}{name}/ {}\n", node.size(disk)));
            print_all(children, disk, depth + 1, into);
        }
        File(name) => into.push_str(&format!("{indent}{name} {}\n", disk.size_of(name))),
        Link(name) => into.push_str(&format!("{indent}{name} -> ?\n")),
    }
}

fn print_all(nodes: &[Node], disk: &Disk, depth: usize, into: &mut String) {
    for node in nodes {
        print(node, disk, depth, into);
    }
}

fn is_even(n: usize, disk: &Disk) -> bool {
    if n == 0 { disk.size_of("") == 0 } else { is_odd(n - 1, disk) }
}

fn is_odd(n: usize, disk: &Disk) -> bool {
    if n == 0 { false } else { is_even(n - 1, disk) }
}

fn main() {
    let mut disk = Disk::default();
    disk.sizes.insert("main.rs".into(), 120);
    disk.sizes.insert("lib.rs".into(), 300);
    let root = Folder(
        "root".into(),
        vec![
            File("readme".into()),
            Folder(
                "src".into(),
                vec![
                    File("main.rs".into()),
                    File("lib.rs".into()),
                    Folder("bin".into(), vec![File("tool.rs".into()), Link("lib.rs".into())]),
                ],
            ),
            Folder("empty".into(), vec![]),
        ],
    );
    let mut text = String::new();
    print(&root, &disk, 0, &mut text);
    print!("{text}");
    println!("depth {} largest {:?}", root.depth(), root.largest(&disk));
    for pattern in ["*.rs", "l*b*", "src", "*", "zzz*"] {
        let mut found = Vec::new();
        root.find(pattern, &mut Vec::new(), &mut found);
        println!("{pattern}: {}", found.join(", "));
    }
    println!("{} {}", is_even(10, &disk), is_odd(7, &disk));
}
