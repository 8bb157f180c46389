"""Which futures of the crates are `Send`: rustc's answer for a sample of them."""

import collections
import concurrent.futures
import itertools
import hashlib
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys

from published import Failure

SEED = 20_260
SAMPLE = 300
PER_CRATE = 40
# What rustc says when a future is not `Send`; whatever else it says is no answer.
ANSWERS = ("cannot be sent between threads safely", "cannot be shared between threads safely")
# Types are told apart by what would be left out of them.
WHOLE_TYPES = ("-Ztrim-diagnostic-paths=no", "-Zwrite-long-types-to-disk=no")


def import_probes(work):
    """The module that needs a parser of Rust, which is installed in the work directory."""
    site = work / "python"
    if not site.exists():
        done = subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--root-user-action=ignore",
                               "--target", site, "tree_sitter==0.26.1", "tree_sitter_rust==0.24.2"])
        if done.returncode:
            shutil.rmtree(site, ignore_errors=True)
            raise Failure("tree_sitter could not be installed")
    sys.path.insert(0, str(site))
    import probes
    return probes


class Copy:
    """A copy of a crate's sources with questions in it."""

    def __init__(self, project, crate, probes):
        self.crate = crate
        self.probes = probes
        self.unit = project.unit(crate)
        self.folder = project.work / "send" / str(crate)
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.unit.sources, self.folder / "source")
        self.root = str(self.unit.root).replace(str(self.unit.sources), str(self.folder / "source"), 1)
        self.files = {}
        # Tests and examples are other crates.
        for path in sorted(pathlib.Path(self.root).parent.rglob("*.rs")):
            source = path.read_bytes()
            if b"async" in source or str(path) == self.root:
                self.files[str(path)] = probes.File(str(path.relative_to(self.folder / "source")), source)

    def candidates(self):
        return [probe for file in self.files.values() for probe in file.probes]

    def errors(self, asked, bound):
        """Compiles it with these questions: rustc's errors."""
        by_file = {path: [probe for probe in asked if probe.file == file.path] for path, file in self.files.items()}
        for path, file in self.files.items():
            text = self.probes.edited(file.source, by_file[path])
            if path == self.root:
                text += self.probes.HELPER.format(bound=bound).encode()
            with open(path, "wb") as out:
                out.write(text)
        scratch = self.folder / "scratch"
        flags = ("--emit=metadata", "--out-dir", str(scratch), *WHOLE_TYPES)
        done = self.unit.replay(flags, self.root)
        shutil.rmtree(scratch, ignore_errors=True)
        messages = [json.loads(line) for line in done.stderr.decode(errors="replace").splitlines() if line[:1] == "{"]
        errors = [message for message in messages if message.get("level") == "error" and message["spans"]]
        if done.returncode and not errors:
            raise Failure(f"{self.crate}: {done.stderr.decode(errors='replace')[-2000:]}")
        ranges = [(path, *probe.applied(probes), probe) for path, probes in by_file.items() for probe in probes]
        return [(error, *about(error, ranges)) for error in errors]

    def demanded(self, error):
        return any(f"`{self.probes.DEMAND}`" in child["message"] for child in error["children"])

    def answers(self, error):
        return self.demanded(error) and any(words in error["message"] for words in ANSWERS)

    def said(self, error):
        """A message with its labels, and its notes with theirs, the files as they are in the crate."""
        lines = []
        for message in (error, *error["children"]):
            lines.append(message["message"])
            lines += [f"  {span['label']}" for span in message["spans"] if span["label"]]
        return "\n".join(lines).replace(f"{self.folder / 'source'}/", "")

    def truth(self, choice):
        """{question: rustc's objection or None}, for a random part of those that rustc meets and can answer."""
        # Nothing implements this trait, so whatever rustc does not object to is not compiled.
        met = {probe for error, probe, _ in self.errors(self.candidates(), f"crate::{self.probes.NEVER}")
               if probe and self.demanded(error)}
        asked = sorted(met, key=lambda probe: (probe.file, probe.line, probe.column))
        asked = choice.sample(asked, min(len(asked), PER_CRATE))
        objections = {}
        # An error can hide others, in the same function or where the future is used.
        while errors := self.errors(asked, self.probes.SEND):
            answered, puzzled = {}, set()
            for error, probe, nearest in errors:
                if probe and self.answers(error):
                    answered.setdefault(probe, self.said(error))
                elif nearest:
                    puzzled.add(nearest)
                else:
                    raise Failure(f"{self.crate}: {self.said(error)}")
            objections |= {probe: text for probe, text in answered.items() if probe not in puzzled}
            asked = [probe for probe in asked if probe not in answered and probe not in puzzled]
        shutil.rmtree(self.folder)
        return {probe: objections.get(probe) for probe in [*asked, *objections]}


def chain(span):
    """A span and those of the macro calls that it came from."""
    while span:
        yield span
        span = (span.get("expansion") or {}).get("span")


def about(error, ranges):
    """The innermost question around what an error is about, if any, and the nearest one, which may have caused it."""
    spans = [place for span in sorted(error["spans"], key=lambda span: not span["is_primary"]) for place in chain(span)]
    for span in spans:
        distances = [(max(begin - span["byte_start"], span["byte_end"] - end, 0), end - begin, probe)
                     for path, begin, end, probe in ranges if path == span["file_name"]]
        if distances:
            distance, _, probe = min(distances, key=lambda found: found[:2])
            return None if distance else probe, probe
    return None, None


def ask(project, crate, probes):
    """What rustc says about some futures of a crate, as JSON objects."""
    found = Copy(project, crate, probes).truth(random.Random(f"{SEED} {crate}"))
    return [{"crate": crate.name, "version": crate.version, "file": probe.file, "line": probe.line,
             "column": probe.column, "kind": probe.kind, "name": probe.name, "body": probe.body,
             "send": text is None, "rustc": text}
            for probe, text in sorted(found.items(), key=lambda item: (item[0].file, item[0].line, item[0].column))]


def reason(future):
    """What it is that is not `Send`, or what is."""
    if future["send"]:
        return future["kind"]
    named = re.search(r"(?:has type|on type|trait `std::marker::Send` is not implemented for) `(.*?)`(?:,| which|\n|$)",
                      future["rustc"])
    return named[1] if named else future["rustc"].split("\n", 1)[0]


def sample(futures):
    """As many that are `Send` as are not where there are enough, of all crates and for all reasons."""
    chosen = []
    for send in (False, True):
        choice = random.Random(SEED)
        piles = collections.defaultdict(list)
        for future in choice.sample(futures, len(futures)):
            if future["send"] == send:
                piles[future["crate"], reason(future)].append(future)
        rounds = itertools.zip_longest(*choice.sample(list(piles.values()), len(piles)))
        wanted = SAMPLE // 2 if not send else SAMPLE - len(chosen)
        chosen += itertools.islice((future for taken in rounds for future in taken if future), wanted)
    return sorted(chosen, key=lambda future: (future["crate"], future["file"], future["line"], future["column"]))


def truth(project):
    """The sample, made anew when the crates or the way of asking have changed."""
    path = project.work / "send/truth.jsonl"
    stamp = path.with_suffix(".stamp")
    here = pathlib.Path(__file__).resolve().parent
    made_of = [(here / name).read_text() for name in ("probes.py", "send.py", "crates.toml")]
    mark = hashlib.sha256("\0".join(made_of).encode()).hexdigest() + "\n"
    if not (path.exists() and stamp.exists() and stamp.read_text() == mark):
        probes = import_probes(project.work)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            running = [pool.submit(ask, project, crate, probes) for crate in project.dependencies]
            futures = [future for answers in running for future in answers.result()]
        path.write_text("".join(json.dumps(future) + "\n" for future in sample(futures)))
        stamp.write_text(mark)
    names = {crate.name for crate in project.crates}
    return [future for future in map(json.loads, path.read_text().splitlines()) if future["crate"] in names]
