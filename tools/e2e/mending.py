"""How `cargo async fix` gets to its end: several findings, crates and rounds, questions, exports, interrupts, and a
world that is against it. The crates are small and need nothing but std, so each case takes a second or two."""

import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

from harness import Place, Skip, environment, expect, run

HEAD = """use std::future::Future;
use std::sync::{Arc, Mutex};

pub fn spawn<F: Future + Send + 'static>(_future: F) {}

pub async fn tick() {}
"""


def holder(name):
    """A future that is not `Send` for a guard, and a demand that it be."""
    return f"""
pub async fn {name}(count: Arc<Mutex<u32>>) -> u32 {{
    let mut held = count.lock().unwrap();
    *held += 1;
    let seen = *held;
    tick().await;
    seen
}}

pub fn start_{name}(count: Arc<Mutex<u32>>) {{
    spawn({name}(count));
}}
"""


# Its only fixes change what the program does, so it takes a `--pick`.
ASKS = """
pub async fn asks(count: Arc<Mutex<u32>>) {
    let mut held = count.lock().unwrap();
    *held += 1;
    tick().await;
    *held += 1;
}

pub fn start_asks(count: Arc<Mutex<u32>>) {
    spawn(asks(count));
}
"""


class Small(Place):
    """A workspace of crates, given by their files."""

    def __init__(self, templates, files, members=("app",)):
        self.workspace = "small"
        self.folder = self.root = pathlib.Path(tempfile.mkdtemp(prefix="small-", dir=templates.scratch))
        self.bin = templates.bin
        self.env = environment(self.bin)
        names = ", ".join(f'"{name}"' for name in members)
        self.write("Cargo.toml", f'[workspace]\nresolver = "2"\nmembers = [{names}]\n')
        for name in members:
            needs = "".join(f'{other} = {{ path = "../{other}" }}\n' for other in members[:members.index(name)])
            self.write(f"{name}/Cargo.toml", f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "2021"\n'
                                             f"\n[dependencies]\n{needs}")
        for name, text in files.items():
            self.write(name, text)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def read(self, name):
        return (self.folder / name).read_text()

    def mend(self, *arguments, stdin=None, env=None):
        return run(["cargo", "async", "fix", "--allow-no-vcs", *arguments], self.root, env or self.env,
                   stdin).expect_no_crash()

    def watched(self, script=""):
        """An environment whose rustc writes down each call, after `script`."""
        real = run(["rustc", "--print=sysroot"], self.root, self.env).stdout.strip() + "/bin/rustc"
        self.write("rustc", f'#!/bin/sh\necho "${{JAA_MODE:-run}} $*" >> "{self.folder}/calls"\n{script}\n'
                            f'exec "{real}" "$@"\n')
        (self.folder / "rustc").chmod(0o755)
        return self.env | {"RUSTC": str(self.folder / "rustc")}

    def calls(self, crate="app"):
        """How often the crate was compiled since the last time: by cargo for the user, and in trials."""
        log = self.folder / "calls"
        lines = [line for line in log.read_text().splitlines()
                 if f"--crate-name {crate} " in line and "dump-mir" not in line] if log.exists() else []
        log.unlink(missing_ok=True)
        trials = sum(line.startswith("trial ") for line in lines)
        return len(lines) - trials, trials


@contextlib.contextmanager
def small(templates, files, members=("app",)):
    place = Small(templates, files, members)
    try:
        yield place
    finally:
        place.close()


def cases():
    yield from ((f"mend:{name}", function) for name, function in {
        "ten_findings": ten_findings, "partly_fixed": partly_fixed, "crates_in_turn": crates_in_turn,
        "overlapping": overlapping, "interactive": interactive, "only_and_pick": only_and_pick,
        "export": export, "changed_meanwhile": changed_meanwhile, "interrupted": interrupted,
        "killed": killed, "outside": outside, "read_only": read_only, "generated": generated,
        "not_utf8": not_utf8, "build_script_fails": build_script_fails, "compiler_hangs": compiler_hangs,
        "no_space": no_space, "made_worse": made_worse, "single_file": single_file}.items())


def expect_compiles(place):
    place.cargo("check", "--all-targets").expect_status(0)


def ten_findings(templates):
    """All ten are on trial together, and no alternative is tried where nobody asked for one."""
    names = [f"holder_{number}" for number in range(10)]
    with small(templates, {"app/src/lib.rs": HEAD + "".join(map(holder, names))}) as place:
        done = place.mend(env=place.watched()).expect_status(0)
        expect("(10 fixes)" in done.stderr, lambda: f"not all at once:\n{done}")
        runs, trials = place.calls()
        expect((runs, trials) == (2, 1), f"compiled {runs} times for the user and {trials} times in trials\n{done}")
        # A second run has nothing to do and tries nothing.
        place.mend(env=place.watched()).expect_status(0)
        expect(place.calls()[1] == 0, "a trial where nothing is left to fix")


def partly_fixed(templates):
    """What is left of a crate was tried in the first round; neither the second nor another run tries it again."""
    text = HEAD + holder("one") + ASKS
    with small(templates, {"app/src/lib.rs": text}) as place:
        env = place.watched()
        place.cargo("async", "check", env=env).expect_status(101)
        _, first = place.calls()
        expect(first > 0, "no trial at all")
        place.cargo("async", "check", env=env).expect_status(101)
        expect(place.calls() == (1, 0), "the same was tried again")
        done = place.mend(env=env).expect_status(101)
        expect("held += 1;\n    let seen" in text and place.read("app/src/lib.rs") != text, f"nothing fixed:\n{done}")
        expect("--pick guard_across_await=" in done.stderr, lambda: f"no word of the pick:\n{done}")
        runs, trials = place.calls()
        expect((runs, trials) == (2, 0), f"{runs} runs and {trials} trials, but all was known\n{done}")
        # Another text is another question.
        place.write("app/src/lib.rs", place.read("app/src/lib.rs") + "\npub fn more() {}\n")
        place.cargo("async", "check", env=env).expect_status(101)
        expect(place.calls()[1] > 0, "a verdict of another text was taken")


def crates_in_turn(templates):
    """A dependant is reached only when its dependency compiles; both are mended in one go."""
    with small(templates, {"base/src/lib.rs": HEAD + holder("low"),
                           "app/src/lib.rs": "use base::{spawn, tick};\nuse std::sync::{Arc, Mutex};\n" + holder("high")},
               ("base", "app")) as place:
        done = place.mend().expect_status(0)
        for file in ("base/src/lib.rs", "app/src/lib.rs"):
            expect(f"Fixed {file} (1 fix)" in done.stderr, lambda: f"no word of {file}:\n{done}")
        expect_compiles(place)
    with small(templates, {"base/src/lib.rs": HEAD + holder("low"),
                           "app/src/lib.rs": "use base::{spawn, tick};\nuse std::sync::{Arc, Mutex};\n" + holder("high")},
               ("base", "app")) as place:
        done = place.mend("--max-iterations=1").expect_status(101)
        expect("stopped after 1 round" in done.stderr, lambda: f"no word of the limit:\n{done}")


def overlapping(templates):
    """Two findings want the same lines: one waits, and both are mended in the end."""
    text = HEAD + """
pub async fn both(a: Arc<Mutex<u32>>, b: Arc<Mutex<u32>>) -> u32 {
    let first = a.lock().unwrap();
    let second = b.lock().unwrap();
    let sum = *first + *second;
    tick().await;
    sum
}

pub fn start(a: Arc<Mutex<u32>>, b: Arc<Mutex<u32>>) {
    spawn(both(a, b));
}
"""
    with small(templates, {"app/src/lib.rs": text}) as place:
        place.mend().expect_status(0)
        expect_compiles(place)


def interactive(templates):
    files = {"app/src/lib.rs": HEAD + holder("one") + holder("two")}
    with small(templates, files) as place:
        done = place.mend("--interactive", stdin="n\ny\n").expect_status(101)
        expect(done.stderr.count("apply a fix? [") == 2, lambda: f"expected two questions:\n{done}")
        expect("+++ b/app/src/lib.rs" in done.stderr, lambda: f"no diff:\n{done}")
        changed = place.read("app/src/lib.rs")
        one, two = changed.split("pub async fn two")
        expect(one + "pub async fn two" in files["app/src/lib.rs"] and two not in files["app/src/lib.rs"],
               f"expected a change in the second function alone:\n{changed}")
        # The end of the input is quit, and what was chosen before is applied.
        done = place.mend("--interactive").expect_status(101)
        expect(place.read("app/src/lib.rs") == changed, lambda: f"changed unasked:\n{done}")
        place.mend("--interactive", stdin="a\n").expect_status(0)
        expect_compiles(place)
    with small(templates, {"app/src/lib.rs": HEAD + ASKS}) as place:
        done = place.mend("--interactive", stdin="1\n").expect_status(0)
        expect("it may change what the program does" in done.stderr, lambda: f"no word of what it costs:\n{done}")


def only_and_pick(templates):
    with small(templates, {"app/src/lib.rs": HEAD + holder("one") + ASKS}) as place:
        before = place.read("app/src/lib.rs")
        place.mend("--only", "rc_across_await,refcell_across_await").expect_status(101)
        expect(place.read("app/src/lib.rs") == before, "changed what was not to be")
        done = place.mend("--only=rc_across_awaits")
        expect(done.status == 1 and "no such lint" in done.stderr, lambda: f"no usage error:\n{done}")
        done = place.mend().expect_status(101)
        pick = re.search(r"--pick (\S+=\w+)", done.stderr)
        expect(pick, lambda: f"nothing to pick:\n{done}")
        place.mend("--pick", pick[1]).expect_status(0)
        expect_compiles(place)


def export(templates):
    """The replacements of `check` and of `fix` make the same of the first texts as `fix` itself."""
    files = {"base/src/lib.rs": HEAD + holder("low") + holder("lower"),
             "app/src/lib.rs": "use base::{spawn, tick};\nuse std::sync::{Arc, Mutex};\n" + holder("ä_high")}
    with small(templates, files, ("base", "app")) as place:
        first = place.folder / "first.yaml"
        place.cargo("async", "check", f"--export-fixes={first}").expect_status(101)
        last = place.folder / "last.yaml"
        place.mend("--export-fixes", str(last)).expect_status(0)
        mended = {name: place.read(name) for name in files}
        expect(all(mended[name] != text for name, text in files.items()), "not all files were mended")
        for file in (first, last):
            for name, text in files.items():
                place.write(name, text)
            apply_replacements(place, file)
            made = {name: place.read(name) for name in files}
            wanted = mended if file == last else mended | {"app/src/lib.rs": files["app/src/lib.rs"]}
            expect(made == wanted, f"{file.name} makes\n{made}\nexpected\n{wanted}\n{file.read_text()}")
        done = place.cargo("async", "check", "--export-fixes=/nowhere/file")
        expect("/nowhere/file" in done.stderr, lambda: f"no word of the file:\n{done}")


def apply_replacements(place, file):
    """By Clang's own program where there is one."""
    tool = shutil.which("clang-apply-replacements-19") or shutil.which("clang-apply-replacements")
    if tool:
        folder = place.folder / "export"
        folder.mkdir()
        shutil.copy(file, folder)
        run([tool, folder], place.root, place.env).expect_status(0)
        shutil.rmtree(folder)
        return
    text = file.read_text()
    entry = re.compile(r"FilePath:\s+(\S+)\n\s+Offset:\s+(\d+)\n\s+Length:\s+(\d+)\n\s+ReplacementText:\s+(.*)\n")
    expect(len(entry.findall(text)) == text.count("FilePath:"), f"not understood:\n{text}")
    for path, offset, length, new in reversed(entry.findall(text)):
        path, offset, length = pathlib.Path(path.strip("'\"")), int(offset), int(length)
        old = path.read_bytes()
        if new[0] == '"':
            new = new[1:-1].encode().decode("unicode_escape").encode("latin-1").decode()
        elif new[0] == "'":
            new = new[1:-1].replace("''", "'")
        path.write_bytes(old[:offset] + new.encode() + old[offset + length:])


def started(place, *arguments, env=None):
    return subprocess.Popen(["cargo", "async", "fix", "--allow-no-vcs", *arguments], cwd=place.root,
                            env=env or place.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, start_new_session=True)


def asked(place):
    """A run that waits for an answer."""
    process = started(place, "--interactive")
    said = b""
    while not said.endswith(b"?] "):
        byte = process.stderr.read(1)
        expect(byte, lambda: f"no question in {said.decode()}")
        said += byte
    return process


def changed_meanwhile(templates):
    """An editor saves between the check and the answer: the fix is not applied over it."""
    with small(templates, {"app/src/lib.rs": HEAD + holder("one")}) as place:
        process = asked(place)
        saved = "// saved\n" + place.read("app/src/lib.rs")
        place.write("app/src/lib.rs", saved)
        _, rest = process.communicate(b"y\n", timeout=60)
        expect(b"has changed since it was checked" in rest, f"no word of it: {rest.decode()}")
        expect(place.read("app/src/lib.rs") == saved, "what was saved is lost")
        # A signal at the question, when it waits for the answer.
        process = asked(place)
        time.sleep(1)
        os.killpg(process.pid, signal.SIGINT)
        _, rest = process.communicate(timeout=60)
        expect(b"interrupted; nothing was changed" in rest, f"no word of it: {rest.decode()}")
        expect(process.returncode in (128 + signal.SIGINT, -signal.SIGINT), f"exit code {process.returncode}")


def leftovers(place):
    return [path for path in place.folder.rglob("*.just-async-*") if "target" not in path.parts]


def interrupted(templates):
    """In the second round, when the first has written: it says so, and leaves nothing lying about."""
    files = {"base/src/lib.rs": HEAD + holder("low"),
             "app/src/lib.rs": "use base::{spawn, tick};\nuse std::sync::{Arc, Mutex};\n" + holder("high")}
    for number in (signal.SIGINT, signal.SIGTERM):
        with small(templates, files, ("base", "app")) as place:
            flag = place.folder / "reached"
            env = place.watched('case "$JAA_MODE $*" in trial*) ;; *"--crate-name app "*) '
                                f'touch "{flag}"; exec sleep 300 ;; esac')
            process = started(place, env=env)
            until = time.monotonic() + 180
            while not flag.exists() and time.monotonic() < until:
                time.sleep(0.05)
            os.killpg(process.pid, number)
            out, said = process.communicate(timeout=120)
            expect(process.returncode in (128 + number, -number), f"exit code {process.returncode}: {said.decode()}")
            expect(b"Fixed base/src/lib.rs (1 fix)" in said and b"interrupted; the files named above" in said,
                   f"no word of what was applied: {said.decode()}")
            expect(place.read("app/src/lib.rs") == files["app/src/lib.rs"], "changed after the interrupt")
            expect(place.read("base/src/lib.rs") != files["base/src/lib.rs"], "not fixed, though it says so")
            expect(not leftovers(place), f"left behind: {leftovers(place)}")


def killed(templates):
    """Whenever it dies, each file has its old or its new text."""
    files = {"app/src/lib.rs": HEAD + "pub mod a;\npub mod b;\n" + holder("one"),
             "app/src/a.rs": "use crate::*;\n" + holder("two"), "app/src/b.rs": "use crate::*;\n" + holder("three")}
    with small(templates, files) as place:
        start = time.monotonic()
        place.mend().expect_status(0)
        seconds = time.monotonic() - start
        mended = {name: place.read(name) for name in files}
        for step in range(1, 7):
            for name, text in files.items():
                place.write(name, text)
            process = started(place)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=seconds * step / 6)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            for name, text in files.items():
                expect(place.read(name) in (text, mended[name]), f"{name} is neither old nor new:\n{place.read(name)}")
        place.mend().expect_status(0)
        expect_compiles(place)


def expect_untouched(place, done, before, *words):
    expect(done.status == 101, lambda: f"expected exit code 101:\n{done}")
    for word in words:
        expect(word in done.stderr, lambda: f"expected '{word}' in\n{done}")
    after = {name: text for name, text in place.snapshot().items() if name in before}
    expect(after == before, lambda: f"files were changed:\n{done}")


def outside(templates):
    """A module that stands outside of the workspace, and is under no version control with it."""
    with small(templates, {"w/app/src/lib.rs": HEAD + '#[path = "../../../elsewhere/far.rs"]\npub mod far;\n',
                           "elsewhere/far.rs": "use crate::*;\n" + holder("one")}) as place:
        shutil.move(place.folder / "app/Cargo.toml", place.folder / "w/app/Cargo.toml")
        shutil.move(place.folder / "Cargo.toml", place.folder / "w/Cargo.toml")
        place.root = place.folder / "w"
        before = place.snapshot()
        expect_untouched(place, place.mend(), before, "was not applied", "is outside the workspace")


def read_only(templates):
    with small(templates, {"app/src/lib.rs": HEAD + holder("one")}) as place:
        (place.folder / "app/src/lib.rs").chmod(0o444)
        before = place.snapshot()
        expect_untouched(place, place.mend(), before, "app/src/lib.rs is read-only")


def generated(templates):
    """What a build script writes is told of, and never edited."""
    body = (HEAD + holder("one")).replace("\\", "\\\\").replace('"', '\\"')
    with small(templates, {"app/build.rs": f'fn main() {{\n    let out = std::env::var("OUT_DIR").unwrap();\n'
                                           f'    std::fs::write(out + "/made.rs", "{body}").unwrap();\n}}\n',
                           "app/src/lib.rs": 'include!(concat!(env!("OUT_DIR"), "/made.rs"));\n'}) as place:
        before = place.snapshot()
        done = place.mend()
        expect_untouched(place, done, before)
        made = next(place.folder.glob("target/debug/build/app-*/out/made.rs"))
        expect(made.read_text() == HEAD + holder("one"), f"the generated file was edited\n{done}")
        expect("in a dependency or was generated" in done.stderr, lambda: f"no word of why not:\n{done}")


def not_utf8(templates):
    with small(templates, {"app/src/lib.rs": (HEAD + "pub mod part;\n" + holder("one")).encode(),
                           "app/src/part.rs": "// gr".encode() + b"\xfc\xdfe\n"}) as place:
        before = place.snapshot()
        expect_untouched(place, place.mend(), before, "UTF-8")


def build_script_fails(templates):
    with small(templates, {"app/build.rs": 'fn main() {\n    panic!("no such luck");\n}\n',
                           "app/src/lib.rs": HEAD + holder("one")}) as place:
        before = place.snapshot()
        expect_untouched(place, place.mend(), before, "no such luck")


def compiler_hangs(templates):
    """In a trial, where nobody sees it: the trial is given up, and the fix with it."""
    with small(templates, {"app/src/lib.rs": HEAD + holder("one"),
                           "just-async.toml": "trial-timeout-seconds = 2\n"}) as place:
        env = place.watched('case "$JAA_MODE $*" in trial*"--crate-name app "*) exec sleep 300 ;; esac')
        before = place.snapshot()
        done = place.mend(env=env)
        expect_untouched(place, done, before, "ran out of time")
        # In the run for MIR: messages and syntax still speak.
        env = place.watched('case "$*" in *dump-mir*) exec sleep 300 ;; esac')
        start = time.monotonic()
        done = place.mend(env=env)
        expect(time.monotonic() - start < 30, lambda: f"waited for a compiler that hangs:\n{done}")


def no_space(templates):
    """In our own folder below the target directory, and in the temporary one of `jaa`."""
    probe = run(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], "/")
    if probe.status != 0:
        raise Skip("no private mounts here")
    with small(templates, {"app/src/lib.rs": HEAD + holder("one")}) as place:
        before = place.snapshot()
        (place.root / "target/just-async").mkdir(parents=True)
        full = ["unshare", "-m", "sh", "-c",
                'mount -t tmpfs -o size=32k none "$0" && dd if=/dev/zero of="$0/fill" 2>/dev/null; exec "$@"']
        done = run([*full, place.root / "target/just-async", "cargo", "async", "fix", "--allow-no-vcs"], place.root,
                   place.env).expect_no_crash()
        expect_untouched(place, done, before, "No space left on device")
        temporary = place.folder / "temporary"
        temporary.mkdir()
        done = run([*full, temporary, place.bin / "jaa", "fix", "app/src/lib.rs"], place.root,
                   place.env | {"TMPDIR": str(temporary)}).expect_no_crash()
        expect(done.status in (1, 101) and "No space left" in done.stderr, lambda: f"no word of it:\n{done}")
        expect(place.read("app/src/lib.rs") == before["app/src/lib.rs"].decode(), "the file was changed")


def made_worse(templates):
    """A compiler that finds more errors in what it has accepted: the round is taken back, unless told otherwise."""
    error = ('{"$message_type":"diagnostic","message":"worse NUMBER","code":null,"level":"error","spans":[{"file_name":'
             '"app/src/lib.rs","byte_start":0,"byte_end":1,"line_start":1,"line_end":1,"column_start":1,"column_end":2,'
             '"is_primary":true,"text":[],"label":null,"suggested_replacement":null,"suggestion_applicability":null,'
             '"expansion":null}],"children":[],"rendered":"worse NUMBER\\n"}')
    lines = "\n".join(f"printf '%s\\n' '{error.replace('NUMBER', str(number))}' >&2" for number in range(3))
    with small(templates, {"app/src/lib.rs": HEAD + holder("one")}) as place:
        env = place.watched('case "$JAA_MODE $*" in trial*) ;; *"--crate-name app "*)\n'
                            f"if grep -q 'seen = {{' '{place.folder}/app/src/lib.rs'; then\n{lines}\nexit 1\nfi ;;\nesac")
        before = place.snapshot()
        done = place.mend(env=env)
        expect_untouched(place, done, before, "worse 2", "taken back", "Restored app/src/lib.rs")
        done = place.mend("--broken-code", env=env).expect_status(101)
        expect("let seen = {" in place.read("app/src/lib.rs"), lambda: f"not kept:\n{done}")


def single_file(templates):
    """`jaa` over one file: only what is named, exported, and nothing of a file that may not be written."""
    with small(templates, {"one.rs": HEAD + holder("one") + "fn main() {}\n"}, ()) as place:
        before = place.read("one.rs")

        def jaa(*arguments):
            return run([place.bin / "jaa", *arguments], place.root, place.env).expect_no_crash()

        jaa("fix", "--only=rc_across_await,cell_across_await", "one.rs").expect_status(101)
        expect(place.read("one.rs") == before, "changed what was not to be")
        (place.folder / "one.rs").chmod(0o444)
        done = jaa("fix", "one.rs").expect_status(101)
        expect("is read-only" in done.stderr and place.read("one.rs") == before, lambda: f"no word of it:\n{done}")
        (place.folder / "one.rs").chmod(0o644)
        exported = place.folder / "fixes.yaml"
        jaa("check", f"--export-fixes={exported}", "one.rs").expect_status(101)
        expect(place.read("one.rs") == before, "`check` changed the file")
        apply_replacements(place, exported)
        mended = place.read("one.rs")
        place.write("one.rs", before)
        jaa("fix", "--export-fixes", exported, "one.rs").expect_status(0)
        expect(place.read("one.rs") == mended, f"expected\n{mended}\nfound\n{place.read('one.rs')}")
