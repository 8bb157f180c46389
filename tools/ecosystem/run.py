#!/usr/bin/env python3
"""Tries the MIR reader and the analyses on published async crates.

    tools/ecosystem/run.py dump|coverage|layouts|slices|send|std [--work DIR] [--quick] [--crate NAME ..]

    dump      compiles the crates of crates.toml and dumps their bodies, with each
              toolchain that is there (the others do so first where it is missing)
    coverage  every line of the dumps is understood, and printing gives them back
    layouts   what is saved across each await, beside rustc's own layouts
    slices    the MIR of functions in a slice of their crate is that in the whole crate
    send      which futures are `Send`, beside what rustc says about a sample
    std       which types of the standard library are `Send` and `Sync`, beside rustc

Needs cargo, the package registries and some minutes; what was downloaded and made is
kept in the work directory for the next time. The exit code is 0 when all is as it
should be.
"""

import argparse
import pathlib
import sys

sys.dont_write_bytecode = True  # before our own modules are compiled
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "tools"))

import docs
import dumps
import measures
import send
import slices
import std_types
import verdicts
from project import QUICK, Project, toolchains
from published import Failure, cache, say, table


def projects(arguments):
    """Each toolchain's project, checked and dumped."""
    for toolchain in toolchains()[:1 if arguments.quick else None]:
        project = Project(arguments.work, toolchain, table(QUICK if arguments.quick else ()), arguments.crate)
        project.check()
        dumps.dump_all(project)
        yield project


def dump(arguments):
    for project in projects(arguments):
        for name in dumps.SETS:
            files, size = dumps.volume(project, name)
            print(f"{project.toolchain:8} {name:13} {files:7} files {size / 1e6:8.1f} MB")
    return 0


def coverage(arguments):
    return measures.coverage(arguments, projects(arguments))


def layouts(arguments):
    return measures.layouts(arguments, projects(arguments))


def slice_crates(arguments):
    return slices.compare(arguments, next(projects(arguments)))


def compare(arguments):
    # Stable comes first, and is what most people have.
    project = next(projects(arguments))
    docs.document_all(project)
    dumps.dump_used(project)
    return verdicts.compare(arguments, project, send.truth(project))


COMMANDS = {"dump": dump, "coverage": coverage, "layouts": layouts, "slices": slice_crates, "send": compare, "std": std_types.compare}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--work", type=pathlib.Path, default=cache() / "ecosystem", help="where all that is made is kept")
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/bin", help="where the programs are")
    parser.add_argument("--quick", action="store_true", help="two small crates and one toolchain only")
    parser.add_argument("--crate", action="append", default=[], metavar="NAME",
                        help="only this one; may be given again")
    arguments = parser.parse_args()
    # The crates decide on each other's features, so fewer of them are another project.
    arguments.work = arguments.work.resolve() / ("quick" if arguments.quick else "all")
    try:
        return COMMANDS[arguments.command](arguments)
    except Failure as failure:
        say(f"error: {failure}")
        return 2


if __name__ == "__main__":
    sys.exit(main())
