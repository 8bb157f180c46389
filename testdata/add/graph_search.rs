// edition:2021
// Searches over a graph that is asked for edge by edge: generic over the graph and the cost.
// add: Graph::edges
// add: Maze::is_open
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet};
use std::fmt::Debug;
use std::hash::Hash;

trait Graph {
    type Node: Copy + Eq + Hash + Ord + Debug;

    fn edges(&self, node: Self::Node) -> Vec<(Self::Node, u32)>;

    fn degree(&self, node: Self::Node) -> usize {
        self.edges(node).len()
    }

    fn neighbours(&self, node: Self::Node) -> BTreeSet<Self::Node> {
        self.edges(node).into_iter().map(|(next, _)| next).collect()
    }
}

struct Roads {
    list: BTreeMap<char, Vec<(char, u32)>>,
}

impl Graph for Roads {
    type Node = char;

    fn edges(&self, node: char) -> Vec<(char, u32)> {
        self.list.get(&node).cloned().unwrap_or_default()
    }
}

struct Maze {
    rows: Vec<&'static str>,
}

impl Maze {
    fn is_open(&self, x: i32, y: i32) -> bool {
        usize::try_from(y)
            .ok()
            .and_then(|y| self.rows.get(y))
            .and_then(|row| row.as_bytes().get(usize::try_from(x).ok()?))
            .is_some_and(|cell| *cell != b'#')
    }
}

impl Graph for Maze {
    type Node = (i32, i32);

    fn edges(&self, (x, y): (i32, i32)) -> Vec<((i32, i32), u32)> {
        let mut list = Vec::new();
        for (dx, dy) in [(1, 0), (0, 1), (-1, 0), (0, -1)] {
            if self.is_open(x + dx, y + dy) {
                list.push(((x + dx, y + dy), 1));
            }
        }
        list
    }
}

struct Undirected<'g, G>(&'g G, Vec<(char, char, u32)>);

impl<'g, G: Graph<Node = char>> Graph for Undirected<'g, G> {
    type Node = char;

    fn edges(&self, node: char) -> Vec<(char, u32)> {
        let mut list = self.0.edges(node);
        list.extend(self.1.iter().filter(|(_, to, _)| *to == node).map(|(from, _, cost)| (*from, *cost)));
        list
    }
}

fn cheapest<G: Graph>(graph: &G, from: G::Node, to: G::Node) -> Option<(u32, Vec<G::Node>)> {
    let mut costs: HashMap<G::Node, (u32, Option<G::Node>)> = HashMap::new();
    let mut heap = BinaryHeap::from([Reverse((0, from, None))]);
    while let Some(Reverse((cost, node, before))) = heap.pop() {
        if costs.contains_key(&node) {
            continue;
        }
        costs.insert(node, (cost, before));
        if node == to {
            let mut path = vec![node];
            while let Some((_, Some(before))) = costs.get(path.last()?) {
                path.push(*before);
            }
            path.reverse();
            return Some((cost, path));
        }
        for (next, more) in graph.edges(node) {
            heap.push(Reverse((cost + more, next, Some(node))));
        }
    }
    None
}

fn reachable<G: Graph + ?Sized>(graph: &G, from: G::Node, seen: &mut HashSet<G::Node>) -> usize {
    if !seen.insert(from) {
        return 0;
    }
    1 + graph.edges(from).iter().map(|(next, _)| reachable(graph, *next, seen)).sum::<usize>()
}

fn busiest<G: Graph>(graph: &G, nodes: &[G::Node]) -> Option<G::Node> {
    nodes.iter().copied().max_by(|a, b| graph.degree(*a).cmp(&graph.degree(*b)).then(b.cmp(a)))
}

fn main() {
    let roads = Roads {
        list: BTreeMap::from([
            ('a', vec![('b', 4), ('c', 1)]),
            ('b', vec![('d', 1)]),
            ('c', vec![('b', 2), ('d', 7)]),
            ('e', vec![('a', 1)]),
        ]),
    };
    println!("{:?}", cheapest(&roads, 'a', 'd'));
    println!("{:?}", cheapest(&roads, 'a', 'e'));
    println!("{} {:?}", reachable(&roads, 'a', &mut HashSet::new()), roads.neighbours('c'));
    println!("{:?}", busiest(&roads, &['a', 'b', 'c', 'd', 'e']));
    let both = Undirected(&roads, vec![('e', 'a', 1), ('b', 'd', 1)]);
    println!("{:?} {}", cheapest(&both, 'd', 'e'), both.degree('d'));
    let maze = Maze { rows: vec!["..#..", ".#...", "...#.", "##..."] };
    println!("{:?}", cheapest(&maze, (0, 0), (3, 0)).map(|(cost, path)| (cost, path.len())));
    println!("{} {}", reachable(&maze, (0, 0), &mut HashSet::new()), maze.is_open(-1, 0));
}
