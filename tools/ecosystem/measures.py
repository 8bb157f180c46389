"""What mir_check finds in the dumps, as tables."""

import json
import subprocess

import dumps
from published import Failure

# The share of lines that must be understood. Printing must give back every body that is
# understood whole.
UNDERSTOOD = 0.999
# What may be saved beyond rustc's layouts, as a share of all that is.
EXTRA = 0.02
# The body that rustc decides on, which the layouts must agree with; `built` comes before
# constants are promoted, so more is a local there.
DECISIVE = "SimplifyCfg-promote-consts"


def mir_check(arguments, *words):
    command = [str(word) for word in (arguments.bin / "mir_check", *words)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    except FileNotFoundError:
        raise Failure(f"{command[0]} is not built") from None
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError:
        raise Failure(f"'{' '.join(command)}' exited with {done.returncode}: {done.stderr[-2000:]}") from None


def total(results):
    """The sums of all numbers, also those in objects; what is no number is left out."""
    sums = {}
    for result in results:
        for name, value in result.items():
            if isinstance(value, dict):
                sums[name] = total([sums.get(name, {}), value])
            elif isinstance(value, (int, float)):
                sums[name] = sums.get(name, 0) + value
    return sums


def rows(arguments, projects, names, *words):
    """Asks about each crate's sets of these names: (label, answer), for the toolchains' sums too."""
    for project in projects:
        answers = []
        for crate in project.crates:
            for name in names:
                answer = mir_check(arguments, *words, dumps.folder(project, crate) / name)
                answers.append(answer)
                yield f"{project.toolchain} {crate} {name}", answer
        yield f"{project.toolchain}, all", total(answers)


def coverage(arguments, projects):
    good = True
    print(f"{'':50} {'lines':>10} {'understood':>10} {'bodies':>7} {'opaque':>6} {'printed':>7} {'renumbered':>10} "
          f"{'s':>6}")
    for label, of in rows(arguments, projects, dumps.SETS, "--threads", "2"):
        share = of["understood"] / of["lines"] if of["lines"] else 1
        print(f"{label:50} {of['lines']:10} {100 * share:9.4f}% {of['bodies']:7} {of['opaque_bodies']:6} "
              f"{of['printed_equal']:7} {of['renumbered_equal']:10} {of['seconds']:6.1f}", flush=True)
        for remark in of.get("first", [])[:5]:
            print(f"    {remark}")
        whole = of["bodies"] - of["opaque_bodies"]
        good &= share >= UNDERSTOOD and whole == of["printed_equal"] == of["renumbered_equal"]
    return 0 if good else 1


def layouts(arguments, projects):
    """Every field of a layout must be saved, but for the flags that elaborating drops adds."""
    print(f"{'':50} {'pass':>10} {'coroutines':>10} {'fields':>7} {'flags':>6} {'found':>7} {'saved':>7} "
          f"{'extra':>6}  classes")
    good = True
    for label, passes in rows(arguments, projects, ("passes-spans",), "--layouts"):
        for name, of in sorted(passes.items()):
            classes = ", ".join(f"{kind} {count}" for kind, count in sorted(of["classes"].items()))
            short = "promoted" if name == DECISIVE else name
            print(f"{label:50} {short:>10} {of['coroutines']:10} {of['layout_locals']:7} {of['drop_flags']:6} "
                  f"{of['found']:7} {of['ours']:7} {of['extra']:6}  {classes}", flush=True)
            for remark in of.get("missing", [])[:5]:
                print(f"    {remark}")
            good &= of["layout_locals"] == of["found"] + of["drop_flags"]
            is_sum = label.endswith("all")
            good &= not is_sum or name != DECISIVE or of["extra"] <= EXTRA * of["ours"]
    return 0 if good else 1
