// edition:2021
// A maze game: operators, consts, array indices, short circuits, nested functions, shadowing.
// add: Grid::at
// add: roll
// add: Dir::turn
use std::collections::{HashMap, VecDeque};
use std::fmt::{self, Display};
use std::ops::{Add, AddAssign, Index, Mul, Neg};

const SIZE: usize = 6;
const fn area(n: usize) -> usize {
    n * n
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
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

impl AddAssign<Dir> for Point {
    fn add_assign(&mut self, dir: Dir) {
        *self = *self + dir.step();
    }
}

impl Mul<i32> for Point {
    type Output = Self;
    fn mul(self, by: i32) -> Self {
        Self { x: self.x * by, y: self.y * by }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Dir {
    North,
    East,
    South,
    West,
}

impl Dir {
    const ALL: [Dir; 4] = [Dir::North, Dir::East, Dir::South, Dir::West];

    fn turn(self, by: i32) -> Dir {
        Self::ALL[(self as i32 + by).rem_euclid(4) as usize]
    }

    fn step(self) -> Point {
        match self {
            Dir::North => Point { x: 0, y: -1 },
            Dir::East => Point { x: 1, y: 0 },
            Dir::South | Dir::West => self.turn(2).step() * -1,
        }
    }
}

impl Neg for Dir {
    type Output = Dir;
    fn neg(self) -> Dir {
        self.turn(2)
    }
}

struct Grid {
    cells: [u8; area(SIZE)],
}

impl Grid {
    fn parse(text: &str) -> Grid {
        let mut cells = [b'#'; area(SIZE)];
        for (cell, byte) in cells.iter_mut().zip(text.bytes().filter(|b| !b.is_ascii_whitespace())) {
            *cell = byte;
        }
        Grid { cells }
    }

    fn at(&self, p: Point) -> Option<u8> {
        let inside = |n: i32| (0..SIZE as i32).contains(&n);
        if inside(p.x) && inside(p.y) {
            Some(self.cells[p.y as usize * SIZE + p.x as usize])
        } else {
            None
        }
    }

    fn open(&self, p: Point) -> bool {
        matches!(self.at(p), Some(b'.' | b'*')) || self.at(p) == Some(b'E')
    }

    fn exits(&self, p: Point) -> usize {
        Dir::ALL.iter().filter(|dir| self.open(p + dir.step())).count()
    }

    fn shortest(&self, from: Point) -> Option<usize> {
        let mut seen = HashMap::from([(from, 0)]);
        let mut queue = VecDeque::from([from]);
        while let Some(p) = queue.pop_front() {
            let far = seen[&p];
            if self.at(p)? == b'E' {
                return Some(far);
            }
            for next in Dir::ALL.into_iter().map(|dir| p + dir.step()).filter(|next| self.open(*next)) {
                seen.entry(next).or_insert_with(|| {
                    queue.push_back(next);
                    far + 1
                });
            }
        }
        None
    }
}

impl Index<Point> for Grid {
    type Output = u8;
    fn index(&self, p: Point) -> &u8 {
        &self.cells[p.y as usize * SIZE + p.x as usize]
    }
}

impl Display for Grid {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for y in 0..SIZE as i32 {
            for x in 0..SIZE as i32 {
                write!(f, "{}", self.at(Point { x, y }).map_or('?', char::from))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

fn roll(seed: &mut u32) -> usize {
    *seed = seed.wrapping_mul(1103515245).wrapping_add(12345);
    (*seed >> 16) as usize % 4
}

struct Walker {
    at: Point,
    facing: Dir,
    coins: u32,
}

fn walk(grid: &Grid, steps: usize, seed: u32) -> Walker {
    fn coin(grid: &Grid, p: Point) -> u32 {
        u32::from(grid.at(p) == Some(b'*'))
    }
    let mut seed = seed;
    let mut counts = [0usize; 4];
    let mut walker = Walker { at: Point { x: 1, y: 1 }, facing: Dir::East, coins: 0 };
    'steps: for step in 0..steps {
        counts[roll(&mut seed)] += roll(&mut seed);
        if step % 2 == 0 && roll(&mut seed) > 1 || !grid.open(walker.at + walker.facing.step()) {
            walker.facing = walker.facing.turn(1);
        }
        let ahead = walker.at + walker.facing.step();
        match grid.at(ahead) {
            Some(b'E') => break 'steps,
            Some(_) if grid.open(ahead) => walker.at += walker.facing,
            _ => walker.facing = -walker.facing,
        }
        walker.coins += coin(grid, walker.at);
    }
    println!("counts {counts:?}");
    walker
}

fn main() {
    let grid = Grid::parse("###### #..*.# #.##.# #*.#.# ##..E# ######");
    print!("{grid}");
    for seed in [1, 7, 42] {
        let Walker { at, facing, coins } = walk(&grid, 12, seed);
        println!("{at:?} {facing:?} {coins} {}", grid[at] as char);
    }
    let start = Point { x: 1, y: 1 };
    println!("{:?} {} {:?}", grid.shortest(start), grid.exits(start), grid.shortest(Point::default()));
}
