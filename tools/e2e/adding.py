"""`cargo async add` and `remove` in workspaces of a few crates that need nothing but std."""

from harness import expect, run
from mending import expect_compiles, small

LIBRARY = """#![allow(deprecated)]
pub mod store;
pub trait Plugin {
    fn weigh(&self, n: u32) -> u32;
}
pub fn total(plugins: &[Box<dyn Plugin>]) -> u32 {
    plugins.iter().map(|plugin| plugin.weigh(3)).sum()
}
pub const fn limit() -> u32 {
    7
}
#[cfg(test)]
mod tests {
    #[test]
    fn reads() {
        assert_eq!(super::store::read(1), 2);
    }
}
"""
STORE = """pub fn read(n: u32) -> u32 {
    n + 1
}
pub fn depth(n: u32) -> u32 {
    if n == 0 { read(0) } else { depth(n - 1) + 1 }
}
"""
PROGRAM = """use base::{store::depth, Plugin};
struct Deep;
impl Plugin for Deep {
    fn weigh(&self, n: u32) -> u32 {
        depth(n)
    }
}
fn main() {
    println!("{} {}", base::total(&[Box::new(Deep)]), depth(2));
}
"""
# A caller that nobody can edit.
MADE = "macro_rules! make {\n    ($name:ident) => {\n        pub fn $name() -> u32 {\n            store::read(4)\n" \
       "        }\n    };\n}\nmake!(made);\n"
FILES = {"base/src/lib.rs": LIBRARY, "base/src/store.rs": STORE, "app/src/main.rs": PROGRAM,
         "base/tests/outside.rs": "#[test]\nfn outside() {\n    assert_eq!(base::store::depth(1), 2);\n}\n"}


def cases():
    yield from ((f"add:{name}", function) for name, function in {
        "workspace": workspace, "there_and_back": there_and_back, "refusals": refusals,
        "stops": stops, "begun_by_hand": begun_by_hand, "begun_and_stopped": begun_and_stopped}.items())


def project(templates):
    return small(templates, FILES, ("base", "app"))


def change(place, verb, *arguments):
    return run(["cargo", "async", verb, "--allow-no-vcs", *arguments], place.root, place.env).expect_no_crash()


def output(place):
    return place.cargo("run", "--quiet").expect_status(0).stdout


def workspace(templates):
    """A function that programs, tests and implementations in other crates reach, in two runs of the compiler."""
    with project(templates) as place:
        before = output(place)
        shown = place.snapshot()
        dry = change(place, "add", "store::read", "--dry-run").expect_status(0)
        expect("+pub async fn read" in dry.stdout and place.snapshot() == shown, lambda: f"no dry run:\n{dry}")
        done = change(place, "add", "base::store::read").expect_status(0)
        expect("boxed   Plugin::weigh" in done.stderr, lambda: f"the trait is not in the tree:\n{done}")
        expect("pub async fn depth" in place.read("base/src/store.rs"), "the caller is not async")
        expect_compiles(place)
        expect(output(place) == before, "the program prints something else")
        place.cargo("test", "--quiet").expect_status(0)


def there_and_back(templates):
    """What was added for a function that awaits nothing is taken back, through its callers."""
    with project(templates) as place:
        before = output(place)
        change(place, "add", "depth", "--to", "Plugin::weigh").expect_status(0)
        done = change(place, "remove", "depth").expect_status(0)
        expect("async fn depth" not in place.read("base/src/store.rs"), lambda: f"it is still async:\n{done}")
        expect_compiles(place)
        expect(output(place) == before, "the program prints something else")


def refusals(templates):
    """What cannot become async is named, and nothing is written."""
    with project(templates) as place:
        was = place.snapshot()
        for path, status, said in [("nothing", 1, "no function `nothing`"), ("limit", 1, "`const fn`"),
                                   ("main", 101, "`main`"), ("std::fs::read", 1, "no function")]:
            done = change(place, "add", path).expect_status(status)
            expect(said in done.stderr, lambda: f"it does not say {said}:\n{done}")
        change(place, "remove", "depth").expect_status(1)
        change(place, "add").expect_status(1)
        place.write("app/src/main.rs", PROGRAM + "fn broken() -> u32 { \"\" }\n")
        done = change(place, "add", "depth").expect_status(101)
        expect("does not compile as it is" in done.stderr and "E0308" in done.stderr, lambda: f"not told why:\n{done}")
        place.write("app/src/main.rs", PROGRAM)
        expect(place.snapshot() == was | {"Cargo.lock": place.snapshot()["Cargo.lock"]}, "something was written")


def stops(templates):
    """A caller that a macro makes cannot be edited: all files stay as they were."""
    with project(templates) as place:
        place.write("base/src/lib.rs", LIBRARY + MADE)
        output(place)
        was = place.snapshot()
        done = change(place, "add", "store::read").expect_status(101)
        expect("a function that a macro makes" in done.stderr, lambda: f"not told at what it stops:\n{done}")
        expect(place.snapshot() == was, "something was written")


def begin(place):
    """`async` is typed at the function that reads, and at nothing else."""
    place.write("base/src/store.rs", STORE.replace("pub fn read", "pub async fn read"))


def begun_by_hand(templates):
    """`fix` carries it through as `add` would: shown, asked about, exported, written."""
    with project(templates) as place:
        before = output(place)
        change(place, "add", "store::read", "--allow-dirty").expect_status(0)
        wanted = place.snapshot()
        for name, text in FILES.items():
            place.write(name, text)
        begin(place)
        was = place.snapshot()
        dry = place.mend("--dry-run")
        expect("+pub async fn depth" in dry.stdout and place.snapshot() == was, lambda: f"no dry run:\n{dry}")
        asked = place.mend("--interactive", stdin="n\nq\n")
        expect("carry `async` through the callers" in asked.stderr and place.snapshot() == was,
               lambda: f"not asked about:\n{asked}")
        place.mend("--only", "guard_across_await")
        expect(place.snapshot() == was, "another finding was asked for")
        done = place.mend("--all-targets", "--export-fixes", str(place.root / "fixes.yaml")).expect_status(0)
        expect("boxed   Plugin::weigh" in done.stderr, lambda: f"the plan is not shown:\n{done}")
        expect("FilePath" in place.read("fixes.yaml"), "nothing is exported")
        (place.root / "fixes.yaml").unlink()
        expect(place.snapshot() == wanted, "it is not what `add` makes")
        expect_compiles(place)
        expect(output(place) == before, "the program prints something else")


def begun_and_stopped(templates):
    """At what it stops is said, and errors that have a remedy of their own get it."""
    with project(templates) as place:
        place.write("base/src/lib.rs", LIBRARY + MADE)
        begin(place)
        done = place.mend()
        expect("not carried through as a whole: the change stops at" in done.stderr, lambda: f"not told why:\n{done}")
