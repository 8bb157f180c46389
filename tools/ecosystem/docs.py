"""What rustdoc knows of the project's crates, all that they depend on included, as JSON.

    <work>/docs/<toolchain>/<crate>-<version>.json

Made by running rustdoc the way that cargo had rustc check a crate, and kept until its
arguments change. Tells what the bodies' dumps leave out: which types are `Send`, the
bounds of generics, and what traits and their impls say.
"""

import concurrent.futures
import hashlib
import pathlib
import shutil
import subprocess

from published import Failure, say

FLAGS = ("-Zunstable-options", "--output-format", "json", "--document-private-items", "--document-hidden-items",
         "--cap-lints", "allow")
# What only a compiler is told, with the number of words that follow.
DROPPED = {"--out-dir": 1, "--error-format=json": 0}


def folder(project):
    return project.work / "docs" / project.toolchain


def document(project, name):
    """Makes the JSON of one recorded crate, unless it is there and was made the same way."""
    unit = project.unit(name)
    place = folder(project) / f"{name}.json"
    stamp = place.with_name(f"{name}.stamp")
    argv = [str(pathlib.Path(unit.argv[0]).with_name("rustdoc"))]
    words = iter(unit.argv[1:])
    for word in words:
        if word in DROPPED:
            for _ in range(DROPPED[word]):
                next(words)
        elif not word.startswith(("--emit=", "--json=", "--diagnostic-width")):
            argv.append(word)
    argv += FLAGS
    mark = hashlib.sha256("\0".join(argv).encode()).hexdigest() + "\n"
    if place.exists() and stamp.exists() and stamp.read_text() == mark:
        return
    scratch = place.with_name(f"{name}.scratch")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    done = subprocess.run([*argv, "--out-dir", str(scratch)], cwd=unit.cwd, env=unit.env | {"RUSTC_BOOTSTRAP": "1"},
                          stdin=subprocess.DEVNULL, capture_output=True)
    made = list(scratch.glob("*.json"))
    if done.returncode or len(made) != 1:
        shutil.rmtree(scratch)
        raise Failure(f"{name}, rustdoc, {project.toolchain}: {done.stderr.decode(errors='replace')[-2000:]}")
    made[0].replace(place)
    shutil.rmtree(scratch)
    stamp.write_text(mark)


def document_all(project, jobs=2):
    """Crates that rustdoc fails on are named and left out: what needs them stays unknown."""
    names = sorted(unit.name.removesuffix(".argv") for unit in project.units.glob("*.argv"))
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        failures = [future.exception() for future in [pool.submit(document, project, name) for name in names]]
    for failure in filter(None, failures):
        if not isinstance(failure, Failure):
            raise failure
        say(f"warning: {failure}")
