#!/usr/bin/env python3
"""Measures how fast MIR is read.

    tools/bench/mir.py [--functions 2000] [--rounds 5] [--bin build/bin] [--largest 1000] [--quick]
                       [--plain FILE..] [--spans FILE..]

The text is the MIR of the crate of generate.py, without and with spans, written by the
stable compiler; or, with `--plain` and `--spans`, that of the files given. `mir_bench`
(tools/bench/mir) reads it several times and gives medians, with a count of the newlines
of the same text in the same run to compare with. Then the plain text is cut or repeated
to sizes from 1 MB to `--largest` MB: what a megabyte costs should stay the same.

The report is Markdown, with how it stands to the bars. One thread is measured in its
processor time; two by the wall, which means something only on a machine that is
otherwise idle. The exit code only says whether the programs did what they had to.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

from generate import crate_size, write_crate

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# form: megabytes a second of one core, and bytes kept for each byte.
BARS = {"plain": (300, 1.0), "spans": (500, 0.5)}
STRETCH = {"plain": 600, "spans": 1000}
SPEEDUP_BAR = 1.8


def emit(folder, functions):
    """The crate's MIR, by form."""
    write_crate(folder, functions, "clean")
    texts = {}
    for form, value in (("plain", "off"), ("spans", "on")):
        path = folder / f"{form}.mir"
        subprocess.run(
            ["rustc", "--crate-type=lib", "--edition=2021", f"--emit=mir={path}", f"-Zmir-include-spans={value}",
             "-Ztrim-diagnostic-paths=no", "src/lib.rs"],
            cwd=folder, env=os.environ | {"RUSTC_BOOTSTRAP": "1"}, check=True)
        texts[form] = [path]
    return texts


def measure(program, files, rounds, megabytes=None):
    command = [program, "--rounds", str(rounds)]
    if megabytes is not None:
        command += ["--megabytes", str(megabytes)]
    done = subprocess.run([*command, *files], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def met(is_met):
    return "met" if is_met else "missed"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--functions", type=crate_size, default=2000, help="async functions of the crate")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/bin", help="where the programs are")
    parser.add_argument("--largest", type=int, default=1000, help="megabytes of the largest text")
    parser.add_argument("--quick", action="store_true", help="200 functions, one round, up to 10 MB")
    parser.add_argument("--plain", type=pathlib.Path, nargs="+", help="MIR without spans to measure with")
    parser.add_argument("--spans", type=pathlib.Path, nargs="+", help="MIR with spans to measure with")
    options = parser.parse_args()
    if options.quick:
        options.functions, options.rounds, options.largest = 200, 1, 10
    program = options.bin / "mir_bench"
    with tempfile.TemporaryDirectory() as folder:
        texts = {"plain": options.plain, "spans": options.spans}
        if not all(texts.values()):
            made = emit(pathlib.Path(folder), options.functions)
            texts = {form: texts[form] or made[form] for form in texts}
        print("| text | MB | newlines, MB/s | read, MB/s | one body at a time, MB/s | two threads, times one "
              "| kept, bytes a byte |")
        print("|---|---|---|---|---|---|---|")
        rows = {}
        for form, files in texts.items():
            row = rows[form] = measure(program, files, options.rounds)
            print(f"| {form} | {row['bytes'] / 1e6:.0f} | {row['newlines_mb_s']:.0f} | {row['read_mb_s']:.0f} "
                  f"| {row['visit_mb_s']:.0f} | {row['two_threads_speedup']:.2f} | {row['kept_per_byte']:.2f} |",
                  flush=True)
        print()
        for form, row in rows.items():
            speed, kept = BARS[form]
            print(f"- {form}: {speed} MB/s {met(row['read_mb_s'] >= speed)}, {STRETCH[form]} MB/s "
                  f"{met(row['read_mb_s'] >= STRETCH[form])}; at most {kept} bytes a byte "
                  f"{met(row['kept_per_byte'] <= kept)}; two threads {SPEEDUP_BAR} times one "
                  f"{met(row['two_threads_speedup'] >= SPEEDUP_BAR)}")
        print()
        print("| plain text, MB | read, MB/s | most memory beside the text, one body at a time and whole, MiB |")
        print("|---|---|---|")
        size = 1
        while size <= options.largest:
            row = measure(program, texts["plain"], 1 if size >= 100 else options.rounds, size)
            print(f"| {size} | {row['read_mb_s']:.0f} | {row['visit_mib']:.0f}, {row['whole_mib']:.0f} |",
                  flush=True)
            size *= 10


if __name__ == "__main__":
    main()
