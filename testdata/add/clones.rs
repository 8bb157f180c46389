// edition:2021
// Trait objects that make trait objects: what is returned becomes a `dyn` on its way out.
// add: note
// add: Part::copy
// add: Part::longer
// add: Part::boxed
use std::cell::Cell;

thread_local! {
    static NOTES: Cell<u64> = const { Cell::new(0) };
}

fn note(n: u64) -> u64 {
    NOTES.with(|notes| notes.set(notes.get() * 3 + n));
    n
}

trait Part {
    fn copy(&self) -> Box<dyn Part>;
    fn length(&self) -> u64;
    fn ends(&self) -> &[u64];

    fn longer(&self, by: u64) -> Option<Box<dyn Part>> {
        if by == 0 {
            return None;
        }
        let part = Box::new(Rod { length: self.length() + note(by), ends: [0, by] });
        Some(part)
    }

    fn checked(&self) -> Result<Box<dyn Part>, String> {
        if self.length() > note(4) {
            return Err(format!("{} is too long", self.length()));
        }
        Ok(self.copy())
    }

    fn boxed(self) -> Box<dyn Part>
    where
        Self: Sized + 'static,
    {
        note(5);
        Box::new(self)
    }
}

#[derive(Clone)]
struct Rod {
    length: u64,
    ends: [u64; 2],
}

struct Chain(Vec<Box<dyn Part>>);

impl Part for Rod {
    fn copy(&self) -> Box<dyn Part> {
        note(1);
        Box::new(self.clone())
    }

    fn length(&self) -> u64 {
        self.length
    }

    fn ends(&self) -> &[u64] {
        &self.ends
    }
}

impl Part for Chain {
    fn copy(&self) -> Box<dyn Part> {
        Box::new(Chain(self.0.iter().map(|part| part.copy()).collect()))
    }

    fn length(&self) -> u64 {
        self.0.iter().map(|part| part.length()).sum()
    }

    fn ends(&self) -> &[u64] {
        self.0.last().map_or(&[], |part| part.ends())
    }
}

fn main() {
    let rod = Rod { length: 2, ends: [7, 8] }.boxed();
    let chain: Box<dyn Part> = Chain(vec![rod.copy(), rod.longer(3).unwrap_or_else(|| rod.copy())]).boxed();
    println!("{} {:?} {}", chain.length(), chain.ends(), chain.longer(0).is_none());
    println!("{:?}", rod.checked().map(|part| part.length()));
    println!("{:?}", chain.checked().map(|part| part.length()));
    println!("{}", NOTES.with(|notes| notes.get()));
}
