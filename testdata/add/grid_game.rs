// edition:2021
// Rules of a game on a grid: neighbours, waves, scores; operators and indexing of our own.
// add: Rules::alive
// add: Grid::neighbours
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::ops::{Add, Index, IndexMut};

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
struct Point {
    x: i32,
    y: i32,
}

impl Add for Point {
    type Output = Point;

    fn add(self, other: Point) -> Point {
        Point { x: self.x + other.x, y: self.y + other.y }
    }
}

#[derive(Clone, PartialEq)]
struct Grid<const W: usize, const H: usize> {
    cells: [[bool; W]; H],
}

impl<const W: usize, const H: usize> Index<Point> for Grid<W, H> {
    type Output = bool;

    fn index(&self, at: Point) -> &bool {
        &self.cells[at.y as usize][at.x as usize]
    }
}

impl<const W: usize, const H: usize> IndexMut<Point> for Grid<W, H> {
    fn index_mut(&mut self, at: Point) -> &mut bool {
        &mut self.cells[at.y as usize][at.x as usize]
    }
}

const AROUND: [(i32, i32); 8] = [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)];

impl<const W: usize, const H: usize> Grid<W, H> {
    const EMPTY: Self = Grid { cells: [[false; W]; H] };

    fn parse(text: &str) -> Self {
        let mut grid = Self::EMPTY;
        for (y, line) in text.split('/').enumerate().take(H) {
            for (x, c) in line.chars().enumerate().take(W) {
                grid.cells[y][x] = c == '#';
            }
        }
        grid
    }

    fn contains(&self, at: Point) -> bool {
        (0..W as i32).contains(&at.x) && (0..H as i32).contains(&at.y)
    }

    fn neighbours(&self, at: Point) -> Vec<Point> {
        AROUND.iter().map(|&(x, y)| at + Point { x, y }).filter(|p| self.contains(*p)).collect()
    }

    fn points(&self) -> impl Iterator<Item = Point> {
        (0..H as i32).flat_map(|y| (0..W as i32).map(move |x| Point { x, y }))
    }

    fn count(&self, at: Point) -> usize {
        self.neighbours(at).into_iter().filter(|p| self[*p]).count()
    }

    fn step(&self, rules: &dyn Rules) -> Self {
        let mut next = Self::EMPTY;
        for at in self.points() {
            next[at] = rules.alive(self[at], self.count(at));
        }
        next
    }

    fn islands(&self) -> Vec<usize> {
        let mut seen = BTreeSet::new();
        let mut sizes = Vec::new();
        for start in self.points() {
            if !self[start] || !seen.insert(start) {
                continue;
            }
            let mut queue = VecDeque::from([start]);
            let mut size = 0;
            while let Some(at) = queue.pop_front() {
                size += 1;
                for next in self.neighbours(at) {
                    if self[next] && seen.insert(next) {
                        queue.push_back(next);
                    }
                }
            }
            sizes.push(size);
        }
        sizes.sort_by(|a, b| b.cmp(a));
        sizes
    }

    fn text(&self) -> String {
        self.cells
            .iter()
            .map(|row| row.iter().map(|cell| if *cell { '#' } else { '.' }).collect::<String>())
            .collect::<Vec<_>>()
            .join("/")
    }
}

trait Rules {
    fn alive(&self, alive: bool, around: usize) -> bool;
}

struct Conway;
struct Custom {
    born: Vec<usize>,
    stays: Vec<usize>,
    asked: std::cell::RefCell<HashMap<usize, u32>>,
}

impl Rules for Conway {
    fn alive(&self, alive: bool, around: usize) -> bool {
        matches!((alive, around), (true, 2 | 3) | (false, 3))
    }
}

impl Rules for Custom {
    fn alive(&self, alive: bool, around: usize) -> bool {
        *self.asked.borrow_mut().entry(around).or_default() += 1;
        let list = if alive { &self.stays } else { &self.born };
        list.iter().any(|n| *n == around)
    }
}

fn lasts<const W: usize, const H: usize>(start: &Grid<W, H>, rules: &dyn Rules) -> Option<usize> {
    let mut seen = vec![start.clone()];
    let mut now = start.clone();
    for _ in 0..12 {
        now = now.step(rules);
        if let Some(before) = seen.iter().position(|other| *other == now) {
            return Some(seen.len() - before);
        }
        seen.push(now.clone());
    }
    None
}

fn main() {
    let blinker: Grid<5, 5> = Grid::parse("...../..#../..#../..#../.....");
    let glider: Grid<8, 6> = Grid::parse(".#....../..#...../###...../......../......##/......##");
    let custom = Custom { born: vec![1], stays: vec![1, 2], asked: Default::default() };
    println!("{}", blinker.step(&Conway).text());
    println!("{:?} {:?}", lasts(&blinker, &Conway), lasts(&blinker, &custom));
    println!("{:?} {:?}", glider.islands(), glider.step(&Conway).islands());
    println!("{}", (0..4).fold(glider.clone(), |grid, _| grid.step(&Conway)).text());
    let corners = glider.neighbours(Point { x: 0, y: 0 });
    println!("{corners:?}");
    let mut asked: Vec<_> = custom.asked.borrow().iter().map(|(n, times)| (*n, *times)).collect();
    asked.sort();
    println!("{asked:?}");
}
