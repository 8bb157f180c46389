"""Dumps of the crates' bodies, made by running rustc once more, and kept until the flags change.

    <work>/dumps/<toolchain>/<crate>-<version>/<set>/

and, of the crates that these depend on and whose futures they may hold,

    <work>/dumps/<toolchain>-used/<crate>-<version>/built

The sets are `emit`, the text that `--emit=mir` writes, and `passes`, what `-Zdump-mir`
writes of three passes, each also with the spans of statements.
"""

import concurrent.futures
import hashlib
import pathlib
import re
import shutil

from published import Failure, say

PASSES = ("built", "SimplifyCfg-promote-consts", "coroutine_resume")
# The terms of a filter also match the names of functions; and a pass that writes the
# state before it writes another pass's result.
WANTED = re.compile(rf"\.(?:{'|'.join(PASSES)})\.(?:0|after)\.mir$")
TYPE_SIZES = "type-sizes.txt"
COMMON = ("-Ztrim-diagnostic-paths=no",)
# `--emit=mir` would count as generating code, for which dependencies that were only
# checked hold too little; this writes the same, with the same function of rustc's.
EMIT = ("-Zunpretty=mir",)
SPANS = ("-Zmir-include-spans=on",)
# Spans triple the volume, so only what is or holds a closure or coroutine is dumped with them.
SETS = {
    "emit": EMIT,
    "emit-spans": (*EMIT, *SPANS),
    "passes": (f"-Zdump-mir={' | '.join(PASSES)}", "-Zprint-type-sizes"),
    "passes-spans": ("-Zdump-mir=" + " | ".join(f"{name} & closure" for name in PASSES), *SPANS),
}


def folder(project, crate):
    return project.work / "dumps" / project.toolchain / str(crate)


def make(unit, place, flags):
    """Has rustc write one set of a crate, unless it is there and was made the same way: what it printed."""
    name = place.name
    stamp = place.with_name(f"{name}.stamp")
    flags = (*COMMON, *flags)
    mark = hashlib.sha256("\0".join((*unit.argv, *flags)).encode()).hexdigest() + "\n"
    if stamp.exists() and stamp.read_text() == mark:
        return b""
    scratch = place.with_name(f"{name}.scratch")
    for made in (place, scratch):
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
    stamp.unlink(missing_ok=True)
    if name.startswith("emit"):
        flags += ("-o", str(place / f"{place.parent.name}.mir"))
    else:
        flags += ("--emit=metadata", "--out-dir", str(scratch), f"-Zdump-mir-dir={place}")
    done = unit.replay(flags)
    shutil.rmtree(scratch)
    if done.returncode:
        raise Failure(done.stderr.decode(errors="replace")[-2000:])
    for file in place.iterdir():
        if not (name.startswith("emit") or WANTED.search(file.name)):
            file.unlink()
    stamp.write_text(mark)
    return done.stdout


def dump(project, crate, name):
    """Makes one set of a crate."""
    place = folder(project, crate) / name
    try:
        printed = make(project.unit(crate), place, SETS[name])
    except Failure as failure:
        raise Failure(f"{crate}, {name}, {project.toolchain}: {failure}") from None
    if printed:
        (place.parent / TYPE_SIZES).write_bytes(printed)


def dump_all(project, jobs=2):
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        running = [pool.submit(dump, project, crate, name) for name in SETS for crate in project.crates]
        failures = [future.exception() for future in running if future.exception()]
    for failure in failures:
        say(f"error: {failure}")
    if failures:
        raise Failure(f"{len(failures)} of {len(running)} sets could not be dumped")


# What may hide a body in a type: a coroutine, or a result that is only known by its traits.
HIDES = re.compile(rb"\basync\b|->\s*impl\b")
USED = ("-Zdump-mir=built",)


def used_folder(project, name):
    return project.work / "dumps" / f"{project.toolchain}-used" / name / "built"


def hides_bodies(unit):
    return any(HIDES.search(path.read_bytes()) for path in pathlib.Path(unit.root).parent.rglob("*.rs"))


def dump_used(project, jobs=2):
    """Makes what is wanted of crates that are not in the table; the folders of those that have any."""
    names = sorted(unit.name.removesuffix(".argv") for unit in project.units.glob("*.argv"))
    wanted = [name for name in names if name not in map(str, project.dependencies)
              and hides_bodies(project.unit(name))]
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        running = [pool.submit(make, project.unit(name), used_folder(project, name), USED) for name in wanted]
        for name, future in zip(wanted, running):
            if future.exception():
                say(f"warning: {name}, built, {project.toolchain}: {future.exception()}")
    return [used_folder(project, name) for name in wanted]


def volume(project, name):
    """The files of one set of all crates, and their bytes."""
    sizes = [file.stat().st_size for crate in project.crates for file in (folder(project, crate) / name).iterdir()]
    return len(sizes), sum(sizes)
