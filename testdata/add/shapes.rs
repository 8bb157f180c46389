// edition:2021
// Shapes behind `dyn`, groups of them that hold others, and visitors.
// add: Table::factor
// add: Shape::area
use std::collections::HashMap;

struct Table {
    factors: HashMap<&'static str, f64>,
}

impl Table {
    fn new() -> Self {
        Table { factors: HashMap::from([("cm", 1.0), ("mm", 0.1), ("m", 100.0)]) }
    }

    fn factor(&self, unit: &str) -> f64 {
        *self.factors.get(unit).unwrap_or(&1.0)
    }
}

trait Shape {
    fn area(&self, table: &Table) -> f64;
    fn name(&self) -> String;
    fn describe(&self, table: &Table) -> String {
        format!("{} of {:.2}", self.name(), self.area(table))
    }
    fn visit(&self, visitor: &mut dyn Visitor, table: &Table) {
        visitor.leaf(&self.name(), self.area(table));
    }
}

trait Visitor {
    fn leaf(&mut self, name: &str, area: f64);
    fn enter(&mut self, _count: usize) {}
    fn leave(&mut self) {}
}

struct Square {
    side: f64,
    unit: &'static str,
}

struct Circle {
    radius: f64,
    unit: &'static str,
}

struct Group {
    name: String,
    parts: Vec<Box<dyn Shape>>,
}

impl Shape for Square {
    fn area(&self, table: &Table) -> f64 {
        let side = self.side * table.factor(self.unit);
        side * side
    }

    fn name(&self) -> String {
        "square".to_string()
    }
}

impl Shape for Circle {
    fn area(&self, table: &Table) -> f64 {
        let radius = self.radius * table.factor(self.unit);
        3.0 * radius * radius
    }

    fn name(&self) -> String {
        "circle".into()
    }
}

impl Shape for Group {
    fn area(&self, table: &Table) -> f64 {
        self.parts.iter().map(|part| part.area(table)).sum()
    }

    fn name(&self) -> String {
        format!("{} ({})", self.name, self.parts.len())
    }

    fn visit(&self, visitor: &mut dyn Visitor, table: &Table) {
        visitor.enter(self.parts.len());
        for part in &self.parts {
            part.visit(visitor, table);
        }
        visitor.leave();
    }
}

#[derive(Default)]
struct Printer {
    depth: usize,
    lines: Vec<String>,
}

impl Visitor for Printer {
    fn leaf(&mut self, name: &str, area: f64) {
        self.lines.push(format!("{}{name}: {area:.1}", "  ".repeat(self.depth)));
    }

    fn enter(&mut self, count: usize) {
        self.lines.push(format!("{}group of {count}", "  ".repeat(self.depth)));
        self.depth += 1;
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }
}

struct Largest(f64);

impl Visitor for Largest {
    fn leaf(&mut self, _name: &str, area: f64) {
        if area > self.0 {
            self.0 = area;
        }
    }
}

fn biggest<'a>(shapes: &'a [Box<dyn Shape>], table: &Table) -> Option<&'a dyn Shape> {
    let mut best: Option<(&dyn Shape, f64)> = None;
    for shape in shapes {
        let area = shape.area(table);
        if best.map_or(true, |(_, other)| area > other) {
            best = Some((shape.as_ref(), area));
        }
    }
    best.map(|(shape, _)| shape)
}

fn main() {
    let table = Table::new();
    let shapes: Vec<Box<dyn Shape>> = vec![
        Box::new(Square { side: 2.0, unit: "cm" }),
        Box::new(Circle { radius: 5.0, unit: "mm" }),
        Box::new(Group {
            name: "pair".into(),
            parts: vec![
                Box::new(Square { side: 0.5, unit: "m" }),
                Box::new(Group {
                    name: "inner".into(),
                    parts: vec![Box::new(Circle { radius: 1.0, unit: "inch" })],
                }),
            ],
        }),
    ];
    for shape in &shapes {
        println!("{}", shape.describe(&table));
    }
    let mut printer = Printer::default();
    let mut largest = Largest(0.0);
    for shape in shapes.iter() {
        shape.visit(&mut printer, &table);
        shape.visit(&mut largest, &table);
    }
    println!("{}\nlargest {:.1}", printer.lines.join("\n"), largest.0);
    if let Some(shape) = biggest(&shapes, &table) {
        println!("biggest: {}", shape.name());
    }
    let total: f64 = shapes.iter().map(|shape| shape.area(&table)).filter(|area| *area < 100.0).sum();
    println!("small ones: {total:.2}");
}
