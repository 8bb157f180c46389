"""A published crate made ready to be broken: a copy with a manifest of its own, and cargo run in it.

    <work>/bench/<crate>-<version>/         the copy, its target directory inside stays warm
    <work>/bench/<crate>-<version>.lock     held by who works on it

A broken crate is mended only where it is: what tests and benchmarks need is left out of
the manifest of a crate whose tests are not run, and lints that deny something warn.
"""

import contextlib
import dataclasses
import fcntl
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time
import tomllib

from published import Crate, Failure, environment, fetch, say, table, write_project
from source import Source

HERE = pathlib.Path(__file__).resolve().parent
TOOLCHAIN = "stable"
SECONDS = 180
# Parts of a manifest that are not about the crate itself.
ASIDE = re.compile(r"\[\[?(?:target\..*\.)?(?:dev-dependencies|bench|example|test)\b")
UNWANTED = re.compile(r"\[\[?(?:lints|bench|example|profile|badges)\b")
DENY = re.compile(r"^#!\[(?:deny|forbid)\((?!unsafe_code)", re.MULTILINE)
PREPARED = "1\n"


@dataclasses.dataclass
class Done:
    status: int  # None when time ran out
    stdout: str
    stderr: str
    seconds: float


def run(command, folder, env, seconds=SECONDS):
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, start_new_session=True)
    try:
        out, err = process.communicate(timeout=seconds)
        status = process.returncode
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        status = None
    return Done(status, out.decode(errors="replace"), err.decode(errors="replace"), time.monotonic() - started)


def wanted(names=()):
    """The crates to break, with what cargo is told: [(crate, options, arguments of `cargo test` or None)]."""
    known = {crate.name: crate for crate in table()}
    chosen = []
    for name, says in tomllib.loads((HERE / "crates.toml").read_text()).items():
        if "version" in says:
            line = f'{name} = {{ version = "{says["version"]}", features = {json.dumps(says.get("features", []))} }}'
            crate = Crate(name, says["version"].removeprefix("="), line)
        elif name in known:
            crate = known[name]
        else:
            raise Failure(f"no version of {name} is known")
        (_, requirement), = tomllib.loads(crate.requirement).items()
        requirement = {} if isinstance(requirement, str) else requirement
        options = ["--no-default-features"] if not requirement.get("default-features", True) else []
        if requirement.get("features"):
            options += ["--features", ",".join(requirement["features"])]
        chosen.append((crate, options, says.get("tests")))
    unknown = set(names) - {crate.name for crate, _, _ in chosen}
    if unknown:
        raise Failure(f"not in {HERE.name}/crates.toml: {', '.join(sorted(unknown))}")
    return chosen


def benches(work, names=(), alone=False):
    """The crates, fetched and prepared; one that does not compile as it is is named and left out.

    `alone` fetches none but those: crates decide on each other's dependencies, so the
    work directory should be another then.
    """
    chosen = [one for one in wanted(names) if not alone or one[0].name in names]
    folder = work / "project"
    write_project(folder, "mutants", [crate for crate, _, _ in chosen])
    places = fetch(folder, [crate for crate, _, _ in chosen], TOOLCHAIN)
    for crate, options, tests in chosen:
        if names and crate.name not in names:
            continue
        bench = Bench(work, crate, options, tests)
        with bench.held():
            bench.prepare(places[crate], folder / "Cargo.lock")
            if not bench.compiles_untouched():
                say(f"warning: {crate} does not compile as it is")
                continue
        yield bench


class Bench:
    def __init__(self, work, crate, options, tests):
        self.crate = crate
        self.options = options
        self.tests = tests
        self.folder = work / "bench" / str(crate)
        self.target = self.folder / "target"
        self.env = environment(TOOLCHAIN)
        self._original = None

    @contextlib.contextmanager
    def held(self):
        """Nobody else works on the copy meanwhile."""
        lock = self.folder.with_name(f"{self.folder.name}.lock")
        lock.parent.mkdir(parents=True, exist_ok=True)
        with open(lock, "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def prepare(self, place, lock):
        stamp = self.folder / ".prepared"
        if stamp.exists() and stamp.read_text() == PREPARED:
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(place, self.folder)
        manifest = self.folder / "Cargo.toml"
        manifest.write_text(own_manifest(manifest.read_text(), self.tests is not None))
        shutil.copyfile(lock, self.folder / "Cargo.lock")
        for file in self.rust_files():
            text = file.read_text()
            if DENY.search(text):
                file.write_text(DENY.sub("#![warn(", text))
        originals = self.folder / ".originals"
        shutil.copytree(self.folder / "src", originals)
        stamp.write_text(PREPARED)

    def rust_files(self):
        return sorted((self.folder / "src").rglob("*.rs"))

    @property
    def original(self):
        """{file: text} of all files below `src`, as bytes read as Latin-1."""
        if self._original is None:
            top = self.folder / ".originals"
            self._original = {f"src/{file.relative_to(top)}": file.read_bytes().decode("latin-1")
                              for file in sorted(top.rglob("*.rs"))}
        return self._original

    def put(self, texts):
        """Writes these files and the original of the rest."""
        for file, text in (self.original | texts).items():
            path = self.folder / file
            now = path.read_bytes().decode("latin-1") if path.exists() else None
            if now != text:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.encode("latin-1"))
        for file in self.rust_files():
            if str(file.relative_to(self.folder)) not in self.original:
                file.unlink()

    def now(self):
        """{file: text} of the files that are not as they originally were."""
        texts = {str(file.relative_to(self.folder)): file.read_bytes().decode("latin-1")
                 for file in self.rust_files()}
        return {file: text for file, text in texts.items() if self.original.get(file) != text}

    def cargo(self, *words, bin_folder=None, seconds=SECONDS):
        env = self.env
        if bin_folder:
            env = env | {"PATH": f"{bin_folder}:{env['PATH']}"}
        return run(["cargo", *words], self.folder, env, seconds)

    def check(self, seconds=SECONDS):
        """Plain cargo's verdict on the copy as it is: whether it compiles, and the errors."""
        done = self.cargo("check", "--quiet", "--message-format=json", *self.options, seconds=seconds)
        return done.status == 0, errors_of(done.stdout), done

    def compiles_untouched(self):
        """Asked until it does."""
        stamp = self.folder / ".compiles"
        if stamp.exists():
            return True
        self.put({})
        # The first time, all that it depends on is compiled too.
        good, errors, done = self.check(5 * SECONDS)
        if good:
            stamp.touch()
        else:
            say(done.stderr[-1500:] + "".join(error["rendered"] for error in errors[:3]))
        return good

    def test(self):
        return self.cargo("test", "--quiet", *self.options, *self.tests)

    def mended_targets(self):
        """Tests that are run are mended with what they test: the targets for `cargo async fix`."""
        if not self.tests_pass_untouched():
            return []
        return ["--lib", "--tests"] if self.tests[0] == "--lib" else ["--lib", "--bins", "--tests"]

    def tests_pass_untouched(self):
        """Asked once; a crate whose tests fail as they are has none."""
        if self.tests is None:
            return False
        stamp = self.folder / ".tests"
        mark = json.dumps(self.tests)
        if not stamp.exists() or not stamp.read_text().startswith(mark):
            self.put({})
            # The first time, what the tests need is compiled too.
            done = self.cargo("test", "--quiet", *self.options, *self.tests, seconds=5 * SECONDS)
            stamp.write_text(f"{mark} {done.status}")
            if done.status != 0:
                say(f"warning: the tests of {self.crate} fail as they are\n{done.stdout[-1500:]}{done.stderr[-1500:]}")
        return stamp.read_text() == f"{mark} 0"

    def sources(self):
        """The files that were compiled, read: those of modules that only tests have are left out."""
        compiled = set()
        for listed in (self.target / "debug/deps").glob("*.d"):
            for word in listed.read_text().replace("\\ ", "\0").split():
                compiled.add(word.rstrip(":").replace("\0", " "))
        every = [Source(file, text) for file, text in self.original.items()
                 if file in compiled or str(self.folder / file) in compiled]
        tests = set().union(*(source.test_modules() for source in every)) if every else set()
        return [source for source in every if not tests & set(pathlib.PurePath(source.file).with_suffix("").parts)]


def own_manifest(text, with_tests):
    """The manifest of a project of its own, without what does not matter here."""
    parts = re.split(r"^(?=\[)", text, flags=re.MULTILINE)
    kept = [part for part in parts if not UNWANTED.match(part) and (with_tests or not ASIDE.match(part))]
    return "".join(kept) + ("" if any(part.startswith("[workspace]") for part in kept) else "\n[workspace]\n")


def messages_of(output):
    """The compiler's messages in what cargo printed."""
    for line in output.splitlines():
        if line.startswith("{"):
            said = json.loads(line)
            if said.get("reason") == "compiler-message":
                yield said["message"]


def errors_of(output):
    """Errors but for the ones that only count the others."""
    return [one for one in messages_of(output) if one["level"].startswith("error")
            and not one["message"].startswith(("aborting due to", "could not compile"))]


def codes_of(errors):
    return sorted({code_of(error) for error in errors})


def code_of(error):
    """Some errors of rustc have no code: the first words stand for it."""
    code = (error.get("code") or {}).get("code")
    return code or " ".join(re.sub(r"`[^`]*`", "_", error["message"].split("\n")[0]).split()[:6])
