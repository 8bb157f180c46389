"""Functions of each crate, compiled in a slice of it: their MIR must be that of the whole crate.

The slice is what a facts run compiles first. Where rustc finds an error in it, or does not
write the body, the product goes on with the next reduction; a body that differs would be a
mistake, and makes the exit code 1.
"""

import pathlib
import random
import re
import resource
import shutil
import subprocess
import tempfile

import dumps
from published import say

SEED = 20_261
EACH = 10
# `m-name-{closure#0}`: the function whose coroutine or closure it is.
BODY = re.compile(r"^[^.]+\.(?:.*-)?([A-Za-z_]\w*)-\{closure#0\}\.[^.]+\.built\.after\.mir$")
ERROR = b'"level":"error"'
# The numbers of crates, of the crate's items and constants and of the expansions of macros, of
# which a slice has fewer. The tables of memory behind a body hold paths of files.
NUMBER = re.compile(r"(?<=DefId\()\d+:(?:(?<=\(0:)\d+)?|(?<=\{impl#)\d+|(?<=\balloc)\d+|(?<= \(#)\d+(?=\))")
# A path goes through whichever crate shows the thing, of those that are loaded.
PANIC = re.compile("std::rt::panic_fmt")
TABLES = re.compile(r"(?<=\n}\n).*", re.DOTALL)


def functions(folder):
    """The names of those that have a coroutine or closure."""
    return sorted({found[1] for path in folder.iterdir() if (found := BODY.match(path.name))})


def plain(text):
    return PANIC.sub("core::panicking::panic_fmt", NUMBER.sub("N", TABLES.sub("", text)))


def bodies(folder, name):
    """The texts of what is inside functions of this name, sorted."""
    return sorted(plain(path.read_text(errors="replace")) for path in folder.glob("*.built.after.mir")
                  if f"-{name}-{{closure#0}}" in f"-{path.name.split('.')[1]}")


def cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def outcome(arguments, unit, whole, name):
    """`same`, `error`, `missing`, `not found` or `differs`, and the seconds of processor time that rustc took."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = pathlib.Path(scratch).resolve() / "crate"
        shutil.copytree(unit.sources, copy)
        root = copy / (pathlib.Path(unit.cwd) / unit.root).relative_to(unit.sources)
        files = sorted(root.parent.rglob("*.rs"))
        done = subprocess.run([arguments.bin / "crate_slice", name, *files], capture_output=True)
        if done.returncode:
            return "not found" if done.returncode == 1 else done.stderr.decode(errors="replace"), 0
        place, out = copy.with_name("dumps"), copy.with_name("out")
        place.mkdir()
        out.mkdir()
        before = cpu()
        done = unit.replay((*dumps.COMMON, *dumps.SPANS, f"-Zdump-mir=built & closure & {name}",
                            "--emit=metadata", "--out-dir", str(out), f"-Zdump-mir-dir={place}"), root)
        seconds = cpu() - before
        wanted = bodies(whole, name)
        # Places are named from where the root is named.
        found = [text.replace(str(copy), str(unit.sources)) for text in bodies(place, name)]
        if done.returncode or ERROR in done.stderr:
            return "error", seconds
        if len(found) < len(wanted):
            return "missing", seconds
        return ("same" if sorted(found) == wanted else "differs"), seconds


def compare(arguments, project):
    good = True
    total = {}
    print(f"{'':28} {'functions':>9} {'same':>6} {'next':>6} {'differ':>6} {'s, slice':>9} {'s, crate':>9}")
    choice = random.Random(SEED)
    for crate in project.crates:
        unit = project.unit(crate)
        whole = dumps.folder(project, crate) / "passes-spans"
        names = functions(whole)
        names = sorted(choice.sample(names, min(EACH, len(names))))
        with tempfile.TemporaryDirectory() as scratch:
            before = cpu()
            unit.replay(("--emit=metadata", "--out-dir", scratch))
            check = cpu() - before
        seen, spent = {}, []
        for name in names:
            answer, seconds = outcome(arguments, unit, whole, name)
            seen.setdefault(answer, []).append(name)
            spent.append(seconds)
        for answer, of in seen.items():
            total[answer] = total.get(answer, 0) + len(of)
            if answer != "same":
                say(f"{crate}: {answer}: {', '.join(of)}")
        count = {answer: len(of) for answer, of in seen.items()}
        differ = count.get("differs", 0)
        good &= differ == 0
        middle = sorted(spent)[len(spent) // 2] if spent else 0
        print(f"{str(crate):28} {len(names):9} {count.get('same', 0):6} "
              f"{len(names) - count.get('same', 0) - differ:6} {differ:6} {middle:9.2f} {check:9.2f}", flush=True)
    print(", ".join(f"{count} {answer}" for answer, count in sorted(total.items())))
    return 0 if good else 1
