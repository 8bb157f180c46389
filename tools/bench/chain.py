#!/usr/bin/env python3
"""How often the compiler runs until a function is async through a chain of callers.

    tools/bench/chain.py [--jaa build/bin/jaa] [LENGTH ..]

The innermost of LENGTH functions, each calling the next, becomes async, up to `main`. Prints the compiler's runs and
the time, beside one compile of the program.
"""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
RUNS = re.compile(r"^note: (\d+) runs? of the compiler$", re.MULTILINE)
LENGTHS = [1, 2, 5, 10, 20, 50]


def program(length):
    functions = [f"fn step{n}(x: u32) -> u32 {{ step{n + 1}(x + 1) }}" for n in range(length - 1)]
    functions.append(f"fn step{length - 1}(x: u32) -> u32 {{ x * 2 }}")
    return "\n".join([*functions, 'fn main() { println!("{}", step0(1)); }', ""])


def timed(command):
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True)
    return done, time.monotonic() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jaa", type=pathlib.Path, default=ROOT / "build/bin/jaa")
    parser.add_argument("lengths", nargs="*", type=int, default=LENGTHS)
    arguments = parser.parse_args()
    print("| chain | runs of the compiler | seconds | one compile, s |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for length in arguments.lengths:
            source = pathlib.Path(folder) / "chain.rs"
            source.write_text(program(length))
            compile_one = ["rustc", "--edition", "2021", "--emit=metadata", "-Awarnings", "--out-dir", folder, source]
            compiled, one = timed(compile_one)
            done, seconds = timed([arguments.jaa, "add", "--edition", "2021", source, f"step{length - 1}"])
            runs = RUNS.search(done.stderr + done.stdout)
            if compiled.returncode or done.returncode or not runs or "async fn step0" not in source.read_text():
                sys.exit(f"chain of {length}: exit code {done.returncode}\n{done.stderr}")
            print(f"| {length} | {runs[1]} | {seconds:.2f} | {one:.2f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
