// edition:2021
// Callbacks kept in structs: a bus of events, filters, and things that count.
// add: Log::write
// add: threshold
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

#[derive(Default)]
struct Log {
    lines: RefCell<Vec<String>>,
}

impl Log {
    fn write(&self, text: &str) -> usize {
        self.lines.borrow_mut().push(text.to_string());
        self.lines.borrow().len()
    }
}

#[derive(Clone, Debug)]
struct Event {
    topic: String,
    value: i32,
}

struct Handler {
    name: String,
    accepts: Box<dyn Fn(&Event) -> bool>,
    handle: Box<dyn Fn(&Event) -> i32>,
}

#[derive(Default)]
struct Bus {
    handlers: BTreeMap<String, Vec<Handler>>,
}

fn threshold(topic: &str) -> i32 {
    match topic {
        "temperature" => 30,
        "pressure" => 100,
        _ => 0,
    }
}

impl Bus {
    fn on(
        &mut self,
        topic: &str,
        name: &str,
        accepts: impl Fn(&Event) -> bool + 'static,
        handle: impl Fn(&Event) -> i32 + 'static,
    ) {
        self.handlers.entry(topic.to_string()).or_default().push(Handler {
            name: name.to_string(),
            accepts: Box::new(accepts),
            handle: Box::new(handle),
        });
    }

    fn send(&self, event: &Event) -> Vec<(String, i32)> {
        let mut results = Vec::new();
        for handler in self.handlers.get(&event.topic).into_iter().flatten() {
            if (handler.accepts)(event) {
                results.push((handler.name.clone(), (handler.handle)(event)));
            }
        }
        results
    }
}

struct Counter<F: FnMut(i32) -> i32> {
    step: F,
    total: i32,
}

impl<F: FnMut(i32) -> i32> Counter<F> {
    fn add(&mut self, n: i32) {
        self.total += (self.step)(n);
    }
}

fn main() {
    let log = Rc::new(Log::default());
    let mut bus = Bus::default();
    let for_alarm = Rc::clone(&log);
    bus.on(
        "temperature",
        "alarm",
        |event| event.value > threshold(&event.topic),
        move |event| for_alarm.write(&format!("alarm at {}", event.value)) as i32,
    );
    let for_all = log.clone();
    bus.on("temperature", "record", |_| true, move |event| {
        let line = format!("{}={}", event.topic, event.value);
        for_all.write(&line);
        event.value * 2
    });
    bus.on("pressure", "drop", |event| event.value < threshold("pressure"), |event| -event.value);
    for (topic, value) in [("temperature", 20), ("temperature", 35), ("pressure", 90), ("noise", 1)] {
        let event = Event { topic: topic.to_string(), value };
        println!("{event:?} -> {:?}", bus.send(&event));
    }
    let mut calls = 0;
    let mut counter = Counter {
        step: |n| {
            calls += 1;
            n + threshold("temperature")
        },
        total: 0,
    };
    counter.add(1);
    counter.add(2);
    println!("total {}", counter.total);
    println!("calls {calls}");
    for line in log.lines.borrow().iter() {
        println!("{line}");
    }
}
