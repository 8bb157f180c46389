"""Our verdicts on the sample of futures, beside rustc's."""

import collections
import concurrent.futures
import itertools
import json
import pathlib
import subprocess

import docs
import dumps
from published import Failure


def nearest(project):
    """{crate: it and all that it depends on, nearest first}, as far as cargo had rustc check them."""
    units = {unit.name.removesuffix(".argv") for unit in project.units.glob("*.argv")}
    files, externs = {}, {}
    for name in units:
        argv = project.unit(name).argv
        pairs = list(zip(argv, argv[1:]))
        crate = next(word for option, word in pairs if option == "--crate-name")
        suffix = next((word for option, word in pairs if word.startswith("extra-filename=")), "extra-filename=")
        files[f"lib{crate}{suffix.partition('=')[2]}.rmeta"] = name
        externs[name] = [pathlib.Path(word.partition("=")[2]).name for option, word in pairs if option == "--extern"]
    order = {}
    for name in units:
        found = [name]
        for one in found:  # grows
            found += [near for file in externs[one] if (near := files.get(file)) and near not in found]
        order[name] = found
    return order


def our_verdicts(program, project, crate, near):
    """{(file, line, column) of the future's block: (whether it is `Send`, None where that is unknown, and why)}"""
    command = [str(program), *(str(dumps.folder(project, crate) / name) for name in ("passes-spans", "passes"))]
    tabled = {str(one): one for one in project.dependencies}
    for name in near:
        table = docs.folder(project) / f"{name}.json"
        command += ["--docs", str(table)] if table.exists() else []
        if name == str(crate):
            continue
        if name in tabled:
            command += ["--used", str(dumps.folder(project, name) / "passes")]
        elif (made := dumps.used_folder(project, name)).exists():
            command += ["--used", str(made)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    except FileNotFoundError:
        raise Failure(f"{program} is not built") from None
    if done.returncode:
        raise Failure(f"{crate}: {program.name} exited with {done.returncode}: {done.stderr[-2000:]}")
    sources = f"{project.unit(crate).sources}/"
    verdicts = {}
    for one in map(json.loads, done.stdout.splitlines()):
        place = one["file"].removeprefix(sources), one["line"], one["column"]
        # A macro may have made several futures at one place: what they agree on.
        known = verdicts.setdefault(place, (one["send"], one["why"]))
        if known[0] != one["send"]:
            verdicts[place] = None, ["several futures are made here"]
    return verdicts


def compare(arguments, project, futures):
    """Prints where we differ from rustc or cannot tell, and how often we agree."""
    program = arguments.bin / "send_check"
    near = nearest(project)
    by_crate = {crate: list(those) for crate, those in itertools.groupby(futures, key=lambda future: future["crate"])}
    counts = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = pool.map(lambda name: our_verdicts(program, project, project.crate(name),
                                                     near[str(project.crate(name))]), by_crate)
        for (crate, those), verdicts in zip(by_crate.items(), answers):
            for future in those:
                ours, why = verdicts.get((future["file"], *future["body"]), (None, ["no body was found there"]))
                outcome = "unknown" if ours is None else "agreed" if ours == future["send"] else "differ"
                counts[outcome, future["send"]] += 1
                if outcome != "agreed":
                    print(f"{outcome}: {crate} {future['file']}:{future['line']}:{future['column']}: {future['kind']} "
                          f"`{future['name']}` is{'' if future['send'] else ' not'} `Send`")
                    print("".join(f"    {line}\n" for line in (future["rustc"] or "").splitlines()), end="")
                    print("  ours:\n" + "".join(f"    {line}\n" for line in why), end="", flush=True)
    print(f"{'rustc':10} {'agreed':>7} {'differ':>7} {'unknown':>7}")
    for is_send, label in ((True, "Send"), (False, "not Send")):
        print(f"{label:10} " + " ".join(f"{counts[outcome, is_send]:7}" for outcome in ("agreed", "differ", "unknown")))
    return 0 if counts["agreed", True] + counts["agreed", False] == sum(counts.values()) else 1
