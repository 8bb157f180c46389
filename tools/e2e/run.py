#!/usr/bin/env python3
"""End-to-end tests: the programs, run by the real cargo in real workspaces.

    tools/e2e/run.py [--only PART ..] [--bin build/bin] [-v]
    tools/e2e/run.py --list

The last line is `N passed, M failed`; the exit code is 0 when nothing failed.
"""

import argparse
import concurrent.futures
import pathlib
import signal
import sys
import time
import traceback

sys.dont_write_bytecode = True  # before our own modules are compiled

import clean
import editor_view
import mending
import programs
import variants
import world
from harness import CARGO_ROOT, ROOT, Failure, Skip, Templates


def all_cases():
    for source in (clean, programs, variants, world, mending, editor_view):
        yield from source.cases()


def run_case(templates, function):
    """(passed or skipped, what is to be said, seconds)"""
    start = time.monotonic()
    try:
        function(templates)
        said, passed = "", True
    except Skip as skip:
        said, passed = f"skipped: {skip}", True
    except Failure as failure:
        said, passed = str(failure), False
    except Exception:  # a case that breaks must not take the others with it
        said, passed = traceback.format_exc(), False
    return passed, said, time.monotonic() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", default=[], metavar="PART",
                        help="only cases whose name contains PART; may be given again")
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/bin", help="where the programs are")
    parser.add_argument("--jobs", type=int, default=2, choices=(1, 2))
    parser.add_argument("--list", action="store_true", help="print the names of the cases")
    parser.add_argument("-v", "--verbose", action="store_true", help="also print the cases that pass")
    arguments = parser.parse_args()
    # A shell that starts us in the background has interrupts ignored, and so would all that we start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    chosen = [(name, function) for name, function in all_cases()
              if not arguments.only or any(part in name for part in arguments.only)]
    if arguments.list:
        print("\n".join(name for name, _ in chosen))
        return 0

    passed = failed = 0
    templates = Templates(arguments.bin.resolve())
    try:
        if any(not name.startswith(("unrelated:", "recorded:", "program:", "mend:")) for name, _ in chosen):
            for workspace in CARGO_ROOT:
                templates.warm(workspace)
        with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
            running = [(name, pool.submit(run_case, templates, function)) for name, function in chosen]
            for name, future in running:
                good, said, seconds = future.result()
                passed, failed = (passed + 1, failed) if good else (passed, failed + 1)
                if not good:
                    print(f"FAIL  {name} ({seconds:.1f} s)\n{said.rstrip()}", flush=True)
                elif arguments.verbose or said:
                    print(f"ok    {name} ({seconds:.1f} s){' ' if said else ''}{said}", flush=True)
    except Failure as failure:
        print(f"FAIL  the templates could not be made\n{failure}")
        failed += 1
    finally:
        templates.close()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
