#!/usr/bin/env python3
"""Breaks one async thing at a time in published crates, and measures how many we mend.

    tools/mutate/run.py generate|measure|report|self-test [--seed N] [--per-operator N] [--only OPERATOR,..]
                        [--crates NAME,..] [--bin DIR] [--jobs N] [--resume] [--quick]

    generate  makes mutants that rustc rejects, as many of each operator as are asked for
    measure   mends each with `cargo async fix`, and with rustc's own suggestions beside it;
              whether the crate compiles again, and for some, whether its tests pass
    report    prints the results of the last measurement
    self-test tries the operators on a few lines, without cargo

Needs cargo and the package registry. The crates, the mutants and the results are kept in
the work directory, so that the same mutants can be measured again. The exit code is 0
when all is as it should be.
"""

import argparse
import pathlib
import sys

sys.dont_write_bytecode = True  # before our own modules are compiled
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "tools"))

import bench
import generate
import measure
import report
import self_test
from operators import OPERATORS
from published import Failure, cache, say

QUICK_CRATES = ("bb8", "bore-cli")
QUICK_OPERATORS = ("drop_await", "drop_move")
QUICK_COUNT = 3


def make(arguments):
    return generate.generate(arguments, list(bench.benches(arguments.work, arguments.crates, alone=arguments.quick)))


def measured(arguments):
    if arguments.quick:
        make(arguments)
    status = measure.measure(arguments)
    report.report(arguments)
    return status


COMMANDS = {"generate": make, "measure": measured, "report": report.report, "self-test": self_test.self_test}


def words(text):
    return tuple(filter(None, text.split(",")))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--seed", type=int, default=1, help="of the candidates' order")
    parser.add_argument("--per-operator", type=int, default=30, metavar="N", help="mutants wanted of each operator")
    parser.add_argument("--only", type=words, default=(), metavar="OPERATOR,..", help="only these operators")
    parser.add_argument("--crates", type=words, default=(), metavar="NAME,..", help="only these crates")
    parser.add_argument("--by", type=words, default=measure.MENDERS, metavar="MENDER,..",
                        help=f"who mends: {', '.join(measure.MENDERS)}")
    parser.add_argument("--limit", type=int, default=0, metavar="N", help="measure only the first N of each operator")
    parser.add_argument("--tests", type=int, default=6, metavar="N", help="restored mutants to test, of each operator")
    parser.add_argument("--resume", action="store_true", help="keep the results that are there")
    parser.add_argument("--results", default="jaa", metavar="NAME", help="of the file for our own results")
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/bin", help="where the programs are")
    parser.add_argument("--work", type=pathlib.Path, default=cache() / "mutate", help="where all that is made is kept")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="crates worked on at a time")
    parser.add_argument("--quick", action="store_true", help="two crates, two operators, three mutants of each")
    arguments = parser.parse_args()
    arguments.work, arguments.bin = arguments.work.resolve(), arguments.bin.resolve()
    if arguments.quick:
        arguments.work /= "quick"
        arguments.crates = arguments.crates or QUICK_CRATES
        arguments.only = arguments.only or QUICK_OPERATORS
        arguments.per_operator, arguments.tests = QUICK_COUNT, 1
    unknown = set(arguments.only) - set(OPERATORS)
    if unknown:
        parser.error(f"no operator {', '.join(sorted(unknown))}; there are {', '.join(OPERATORS)}")
    arguments.only = arguments.only or tuple(OPERATORS)
    try:
        return COMMANDS[arguments.command](arguments)
    except Failure as failure:
        say(f"error: {failure}")
        return 2


if __name__ == "__main__":
    sys.exit(main())
