#!/usr/bin/env python3
"""Conversations with the language server: real server, cargo and rustc, small workspaces.

    tools/lsp/run.py [--only NAME].. [--list]

Prints `N passed, M failed` last; the exit code is 0 when nothing failed.
"""

import argparse
import sys
import time
import traceback

sys.dont_write_bytecode = True  # before our own modules are compiled

import capabilities
import endurance
import refusals
from client import Failure


def cases():
    for part in (capabilities, refusals, endurance):
        for case in part.CASES:
            yield f"{part.__name__}:{case.__name__}", case


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", default=[], help="cases whose name contains this")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    chosen = [(name, case) for name, case in cases()
              if not options.only or any(only in name for only in options.only)]
    if options.list:
        print("\n".join(name for name, _ in chosen))
        return 0
    failed = 0
    for name, case in chosen:
        start = time.monotonic()
        try:
            case()
        except Exception as problem:  # any failure is one of its case
            failed += 1
            print(f"FAIL  {name}: {problem}")
            if not isinstance(problem, Failure):
                traceback.print_exc(file=sys.stdout)
        else:
            print(f"ok    {name} ({time.monotonic() - start:.1f} s)")
        sys.stdout.flush()
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
