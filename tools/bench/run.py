#!/usr/bin/env python3
"""Measures what `cargo async check` costs beside `cargo check` and `cargo clippy`.

    tools/bench/run.py [--functions 2000] [--rounds 3] [--bin build/bin] [--out FILE] [--quick]

The crate is that of generate.py, in a temporary folder. Each round measures all
programs one after the other in each of these situations, so that what else the
machine does falls on all of them alike:

    cold   the program's own target directory is empty
    warm   it holds a clean, successful check and nothing else, after which one edit
           is made: a harmless one (`edited`), or one that brings the errors
    later  as warm, but an earlier error was checked and mended there before, so
           that what is kept between runs can help

CPU is user and system time of the program and all that it started and waited for.
The report is Markdown: what was measured, and how it stands to the bars. Which bar
is met goes by the medians; where the minima say otherwise, the answer is `unclear`.
The exit code only says whether the programs did what they had to.
"""

import argparse
import collections
import dataclasses
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # before our own modules are compiled

from generate import STATES, crate_size, write_crate

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TOOLS = {
    "check": ["cargo", "check"],
    "clippy": ["cargo", "clippy"],
    "never": ["cargo", "async", "check", "--verify=never"],
    "trials": ["cargo", "async", "check"],
}
# In the order of measuring: the first leaves what the warm ones start from, and
# the later one follows upon that with one error.
SITUATIONS = [("cold", "clean"), ("cold", "one"), ("cold", "ten"),
              ("warm", "edited"), ("warm", "ten"), ("warm", "one"), ("later", "ten")]
# Variables that would change what is measured, or that a cargo around us has set.
DROPPED = ("CARGO_TARGET_DIR", "CARGO_INCREMENTAL", "CARGO_BUILD_TARGET", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS",
           "RUSTC", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "RUSTC_BOOTSTRAP", "CARGO_BUILD_RUSTC",
           "CARGO_MAKEFLAGS", "MAKEFLAGS")
TIMES = re.compile(r"^just-async: \S+: facts ([\d.]+) s \(([\d.]+) s CPU.*\), (\d+) trials ([\d.]+) s$", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Sample:
    cpu: float
    wall: float
    # From the statistics of `cargo async`; no number where it had nothing to say.
    facts_cpu: float | None = None
    trials: int = 0
    trial_wall: float = 0


def environment(bin_folder):
    env = {name: value for name, value in os.environ.items() if name not in DROPPED and not name.startswith("JAA_")}
    return env | {"PATH": f"{bin_folder}{os.pathsep}{env['PATH']}", "CARGO_TERM_COLOR": "never", "JAA_STATS": "1"}


class Bench:
    def __init__(self, folder, functions, bin_folder):
        self.folder = folder
        self.functions = functions
        self.env = environment(bin_folder)
        self.samples = collections.defaultdict(list)
        # Where a program said something else than it had to.
        self.remarks = []

    def write(self, state):
        return write_crate(self.folder / "crate", self.functions, state)

    def target(self, tool):
        return self.folder / f"target-{tool}"

    def saved(self, tool):
        return self.folder / f"saved-{tool}"

    def run(self, tool, state):
        """Runs one program to its end, with nothing of ours beside it."""
        with tempfile.TemporaryFile() as output:
            start = time.monotonic()
            process = subprocess.Popen(TOOLS[tool], cwd=self.folder / "crate", stdin=subprocess.DEVNULL,
                                       stdout=output, stderr=output,
                                       env=self.env | {"CARGO_TARGET_DIR": str(self.target(tool))})
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.monotonic() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            text = output.read().decode(errors="replace")
        self.examine(tool, state, process.returncode, text)
        times = TIMES.search(text)
        if times is None:
            return Sample(usage.ru_utime + usage.ru_stime, wall)
        return Sample(usage.ru_utime + usage.ru_stime, wall, float(times[2]), int(times[3]), float(times[4]))

    def examine(self, tool, state, status, text):
        """A time means something only when the work was done."""
        planted = len(STATES[state])
        expected = 101 if planted else 0
        errors = text.count("error: future cannot be sent")
        if (status, errors) != (expected, planted):
            sys.exit(f"{' '.join(TOOLS[tool])}: expected exit code {expected} and {planted} errors for `{state}`, "
                     f"found {status} and {errors}\n{text[-5000:]}")
        found = {"warnings": (text.count("warning:"), 0)}
        if "async" in TOOLS[tool]:
            found["findings"] = (text.count("error[just_async::guard_across_await]"), planted)
        if tool == "trials":
            found["accepted fixes"] = (text.count("checked: this fix compiles"), planted)
        for what, (count, wanted) in found.items():
            if count != wanted:
                self.remarks.append(f"`{' '.join(TOOLS[tool])}`, `{state}`: expected {wanted} {what}, found {count}")

    def measure(self, tools, warmth, state):
        if warmth != "cold":
            self.write("clean")
            for tool in tools:
                if warmth == "warm":
                    self.copy(self.saved(tool), self.target(tool))
                self.run(tool, "clean")
        self.write(state)
        for tool in tools:
            if warmth == "cold":
                shutil.rmtree(self.target(tool), ignore_errors=True)
            sample = self.run(tool, state)
            self.samples[tool, warmth, state].append(sample)
            print(f"{warmth:6}{state:7}{tool:7}{sample.cpu:8.2f} s CPU{sample.wall:8.2f} s wall", file=sys.stderr)
        if (warmth, state) == ("cold", "clean"):
            for tool in tools:
                self.copy(self.target(tool), self.saved(tool))

    @staticmethod
    def copy(source, target):
        """With its times, which cargo looks at, and its hard links."""
        shutil.rmtree(target, ignore_errors=True)
        subprocess.run(["cp", "-a", source, target], check=True)

    def run_round(self, number):
        # Nobody always comes first.
        order = list(TOOLS)
        order = order[number % len(order):] + order[:number % len(order)]
        for warmth, state in SITUATIONS:
            self.measure(order, warmth, state)


@dataclasses.dataclass(frozen=True)
class Ratio:
    """Of two series, by their medians and by their minima."""
    median: float
    minimum: float

    def __str__(self):
        return f"{self.median:.2f} ({self.minimum:.2f})"


class Report:
    def __init__(self, bench):
        self.samples = bench.samples
        self.remarks = sorted(set(bench.remarks))

    def values(self, tool, warmth, state, kind):
        return [getattr(sample, kind) for sample in self.samples[tool, warmth, state]]

    def ratio(self, above, below):
        return Ratio(statistics.median(above) / statistics.median(below), min(above) / min(below))

    def lines(self):
        yield from self.measured()
        yield from self.bars()
        if self.remarks:
            yield from ["", "Not as expected:", "", *(f"- {remark}" for remark in self.remarks)]

    def measured(self):
        yield "Seconds: median (minimum). Ratios to `cargo check` in the same situation: of medians (of minima)."
        yield ""
        yield "| | | program | CPU | wall | CPU ratio | wall ratio | facts CPU | trials |"
        yield "|---|---|---|---|---|---|---|---|---|"
        for warmth, state in SITUATIONS:
            for tool, command in TOOLS.items():
                row = [warmth, state, f"`{' '.join(command)}`"]
                pairs = [(self.values(tool, warmth, state, kind), self.values("check", warmth, state, kind))
                         for kind in ("cpu", "wall")]
                row += [self.seconds(own) for own, _ in pairs]
                row += [str(self.ratio(own, check)) for own, check in pairs]
                facts = [value for value in self.values(tool, warmth, state, "facts_cpu") if value is not None]
                trials = statistics.median(self.values(tool, warmth, state, "trials"))
                row += [self.seconds(facts) if facts else "", f"{trials:.0f}" if trials else ""]
                yield f"| {' | '.join(row)} |"

    @staticmethod
    def seconds(values):
        return f"{statistics.median(values):.2f} ({min(values):.2f})"

    def bars(self):
        yield ""
        yield "| bar | limit | medians | minima | met |"
        yield "|---|---|---|---|---|"
        clean = self.values("check", "cold", "clean", "cpu")
        for tool, name in (("never", "`--verify=never`"), ("trials", "with trials")):
            yield self.bar(f"cold, clean, {name}: CPU to check", 1.03,
                           self.ratio(self.values(tool, "cold", "clean", "cpu"), clean))
        for state in ("one", "ten"):
            never = self.values("never", "cold", state, "cpu")
            yield self.bar(f"cold, {state}, `--verify=never`: CPU to clippy", 1,
                           self.ratio(never, self.values("clippy", "cold", state, "cpu")))
            yield self.bar(f"cold, {state}, `--verify=never`: CPU to clippy in the clean state", None,
                           self.ratio(never, self.values("clippy", "cold", "clean", "cpu")))
        for warmth, state, limit in (("warm", "one", 3), ("warm", "ten", 3), ("later", "ten", None)):
            yield self.bar(f"{warmth}, {state}, `--verify=never`: wall to check", limit,
                           self.ratio(self.values("never", warmth, state, "wall"),
                                      self.values("check", warmth, state, "wall")))
        check = self.values("check", "cold", "clean", "wall")
        for state in ("one", "ten"):
            trials = [sample.trial_wall / sample.trials for sample in self.samples["trials", "warm", state]
                      if sample.trials]
            if trials:
                yield self.bar(f"warm, {state}: wall of a trial to a cold check", 0.3, self.ratio(trials, check))
            else:
                yield f"| warm, {state}: wall of a trial to a cold check | 0.30 | no trials | | no |"

    @staticmethod
    def bar(name, limit, ratio):
        if limit is None:
            return f"| {name} | | {ratio.median:.3f} | {ratio.minimum:.3f} | |"
        met = [value <= limit for value in (ratio.median, ratio.minimum)]
        answer = "unclear" if met[0] != met[1] else "yes" if met[0] else "no"
        return f"| {name} | {limit:.2f} | {ratio.median:.3f} | {ratio.minimum:.3f} | {answer} |"


def first_line(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--functions", type=crate_size, help="async functions of the crate (default 2000)")
    parser.add_argument("--rounds", type=int, help="default 3")
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/bin", help="where the programs are")
    parser.add_argument("--out", type=pathlib.Path, help="write the report there as well")
    parser.add_argument("--quick", action="store_true", help="300 functions, one round")
    arguments = parser.parse_args()
    functions = arguments.functions or (300 if arguments.quick else 2000)
    rounds = arguments.rounds or (1 if arguments.quick else 3)
    if not (arguments.bin / "cargo-async").exists():
        sys.exit(f"no program `cargo-async` in `{arguments.bin}`")

    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="just-async-bench-") as folder:
        # A copy, so that a build in the meantime changes nothing.
        programs = pathlib.Path(folder).resolve() / "bin"
        shutil.copytree(arguments.bin, programs)
        bench = Bench(pathlib.Path(folder), functions, programs)
        lines = bench.write("clean")
        for number in range(rounds):
            print(f"round {number + 1} of {rounds}", file=sys.stderr)
            bench.run_round(number)
    report = [f"{functions} async functions, {lines} lines; {rounds} rounds; {first_line('rustc', '--version')}; "
              f"{os.cpu_count()} cores, load {load:.1f} before and {os.getloadavg()[0]:.1f} after.", "",
              *Report(bench).lines()]
    text = "\n".join(report) + "\n"
    print(text, end="")
    if arguments.out:
        arguments.out.write_text(text)
    return 1 if bench.remarks else 0


if __name__ == "__main__":
    sys.exit(main())
