// edition:2021
// Handlers, guards that end with Drop, a journal borrowed across the call, weak references, retries.
// add: Handler::handle
// add: Journal::append
// add: Handler::boxed
use std::cell::{Ref, RefCell};
use std::collections::HashMap;
use std::rc::{Rc, Weak};

#[derive(Debug, Clone, PartialEq)]
enum Event {
    Opened(u32),
    Moved { from: u32, to: u32 },
    Closed,
}

#[derive(Default)]
struct Journal {
    lines: RefCell<Vec<String>>,
    full: usize,
}

impl Journal {
    fn append(&self, line: &str) -> Result<usize, String> {
        let mut lines = self.lines.borrow_mut();
        if lines.len() == self.full {
            return Err(format!("full at {line}"));
        }
        lines.push(line.to_string());
        Ok(lines.len())
    }

    fn view(&self) -> Ref<'_, Vec<String>> {
        self.lines.borrow()
    }
}

struct Span<'j> {
    journal: &'j Journal,
    name: String,
}

impl<'j> Span<'j> {
    fn enter(journal: &'j Journal, name: &str) -> Option<Span<'j>> {
        journal.append(&format!("+{name}")).ok()?;
        Some(Span { journal, name: name.to_owned() })
    }
}

impl Drop for Span<'_> {
    fn drop(&mut self) {
        let _ = self.journal.append(&format!("-{}", self.name));
    }
}

trait Handler {
    fn handle(&self, event: &Event) -> bool;
    fn boxed(self) -> Box<dyn Handler>
    where
        Self: Sized + 'static,
    {
        Box::new(self)
    }
}

impl<F: Fn(&Event) -> bool> Handler for F {
    fn handle(&self, event: &Event) -> bool {
        self(event)
    }
}

struct Logging {
    journal: Rc<Journal>,
    inner: Box<dyn Handler>,
}

impl Handler for Logging {
    fn handle(&self, event: &Event) -> bool {
        let Some(_span) = Span::enter(&self.journal, "log") else { return false };
        let handled = self.inner.handle(event);
        self.journal.append(&format!("{event:?}={handled}")).is_ok() && handled
    }
}

struct Seats {
    taken: RefCell<HashMap<u32, bool>>,
    owner: Weak<Journal>,
}

impl Handler for Seats {
    fn handle(&self, event: &Event) -> bool {
        match event {
            Event::Opened(n) if *n < 10 => self.taken.borrow_mut().insert(*n, true).is_none(),
            Event::Moved { from, to } => {
                let was = self.taken.borrow_mut().remove(from).unwrap_or(false);
                was && self.handle(&Event::Opened(*to))
            }
            Event::Closed => self.owner.upgrade().map(|journal| journal.append("closed").is_ok()).unwrap_or_default(),
            _ => false,
        }
    }
}

struct Bus {
    handlers: Vec<(String, Box<dyn Handler>)>,
}

impl Bus {
    fn send(&self, event: Event) -> Vec<&str> {
        self.handlers.iter().filter(|(_, handler)| handler.handle(&event)).map(|(name, _)| name.as_str()).collect()
    }

    fn first(&self, event: &Event) -> Option<usize> {
        self.handlers.iter().position(|(_, handler)| handler.handle(event))
    }

    fn retry(&self, event: &Event, times: usize) -> Result<usize, String> {
        (1..=times).find(|_| self.handlers.iter().all(|(_, handler)| handler.handle(event))).ok_or_else(|| format!("gave up on {event:?}"))
    }
}

fn main() {
    let journal = Rc::new(Journal { full: 14, ..Journal::default() });
    let seats = Seats { taken: RefCell::default(), owner: Rc::downgrade(&journal) };
    let logging = Logging { journal: Rc::clone(&journal), inner: Box::new(seats) };
    let log = journal.clone();
    let small = move |event: &Event| matches!(event, Event::Opened(n) if *n < 3) && log.append("small").is_ok();
    let bus = Bus { handlers: vec![("log".to_string(), Box::new(logging)), ("small".to_string(), small.boxed())] };
    for event in [Event::Opened(2), Event::Opened(2), Event::Moved { from: 2, to: 7 }, Event::Closed] {
        println!("{:?}", bus.send(event));
    }
    println!("{:?} {:?}", bus.first(&Event::Opened(1)), bus.retry(&Event::Closed, 2));
    println!("{:?} {}", journal.append("end"), journal.view().len());
    for line in journal.view().iter() {
        println!("  {line}");
    }
}
