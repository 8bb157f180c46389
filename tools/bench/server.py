#!/usr/bin/env python3
"""Measures how quickly the language server answers.

    tools/bench/server.py [--files 200] [--requests 10000] [--edits 100000] [--rounds 3] [--quick]

A workspace of so many files, each with an await and some with a guard that lives across it.
One client over a pipe, which waits for each answer before it asks again. What else the
machine does only ever makes an answer later, so of several rounds the best one counts; all
are shown. The report is Markdown. Beside it, where it is installed, another server (clangd
or rust-analyzer) that gets the same kind of question. The exit code says whether the targets
were met.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # before our own modules are compiled
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lsp"))

from client import ABLE, MANIFEST, Client, expect, uri_of

SHARED = """\
use std::future::Future;

pub fn spawn(_future: impl Future<Output = ()> + Send) {}

pub async fn tick() {}
"""


def part(number, is_guarded):
    hold = ("    let mut guard = total.lock().unwrap();\n    *guard += 1;\n" if is_guarded
            else "    *total.lock().unwrap() += 1;\n")
    filler = "".join(f"\npub fn helper_{number}_{at}(x: u32) -> u32 {{\n    let y = x + {at};\n    y * 2\n}}\n"
                     for at in range(30))
    return ("use crate::{spawn, tick};\nuse std::sync::Mutex;\n\npub async fn count(total: &Mutex<u32>) {\n" + hold +
            "    tick().await;\n}\n\npub fn start(total: &'static Mutex<u32>) {\n    spawn(count(total));\n}\n" + filler)


def write_workspace(folder, files):
    (folder / "src").mkdir(parents=True)
    (folder / "Cargo.toml").write_text(MANIFEST)
    for number in range(files):
        (folder / f"src/part_{number}.rs").write_text(part(number, number % 40 == 0))
    (folder / "src/lib.rs").write_text(SHARED + "".join(f"pub mod part_{number};\n" for number in range(files)))


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


class Row:
    """One figure with its target: p50 and p99 in milliseconds, of several rounds."""

    def __init__(self, what, p50, p99):
        self.what, self.targets, self.rounds = what, (p50, p99), []

    def add(self, seconds):
        self.rounds.append((1e3 * percentile(seconds, 0.5), 1e3 * percentile(seconds, 0.99)))

    def best(self):
        return [min(round_[at] for round_ in self.rounds) for at in (0, 1)]

    def is_met(self):
        return all(target is None or value <= target for value, target in zip(self.best(), self.targets))

    def line(self):
        best = self.best()
        target = " / ".join("–" if value is None else f"{value:g}" for value in self.targets)
        every = ", ".join(f"{p50:.2f}/{p99:.2f}" for p50, p99 in self.rounds)
        return f"| {self.what} | {best[0]:.2f} | {best[1]:.2f} | {target} | {'yes' if self.is_met() else 'NO'} | {every} |"


def timed(client, method, params):
    start = time.perf_counter()
    client.result(method, params)
    return time.perf_counter() - start


def measure(ask, count):
    return [ask(number) for number in range(count)]


def rss(process):
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0


def exit_times(log):
    return [float(line) for line in log.read_text().split()] if log.exists() else []


def rustc_that_logs(folder, log):
    """A `rustc` that notes when the compiler ended. The clock is the one that we read."""
    real = subprocess.run(["rustc", "--print", "sysroot"], capture_output=True, text=True, check=True).stdout.strip()
    program = folder / "rustc"
    # A run for facts is ended once they are there, by a signal.
    program.write_text(f"#!/bin/sh\ntrap \"date +%s.%N >>'{log}'; exit 143\" TERM\n'{real}/bin/rustc' \"$@\"\n"
                       f"code=$?\ntrap '' TERM\ndate +%s.%N >>'{log}'\nexit $code\n")
    program.chmod(0o755)
    return program


def first_findings(folder, rounds, files):
    """From the end of the last compiler that a finding needs to its publishing. The first
    finding needs rustc's own run and the one for its MIR; trials come later."""
    seconds = []
    for _ in range(rounds):
        place = pathlib.Path(tempfile.mkdtemp(prefix="publish-", dir=folder))
        write_workspace(place / "w", files)
        log = place / "ended"
        client = Client(env=os.environ | {"RUSTC": str(rustc_that_logs(place, log))})
        # The reader's clock is monotonic; the log's is the wall's.
        offset = time.time() - time.monotonic()
        client.start(place / "w")
        client.open(Place(place / "w"), "src/part_0.rs")

        def published():
            return [one for one in client.told if one["method"] == "textDocument/publishDiagnostics"
                    and one["params"]["diagnostics"]]
        client.until("the first finding", published)
        at = published()[0]["at"] + offset
        before = [ended for ended in exit_times(log) if ended <= at]
        expect(before, "no compiler ended before the finding")
        seconds.append(at - max(before))
        client.wait_for_check()
        client.close()
        shutil.rmtree(place, ignore_errors=True)
    return seconds


class Place:
    """What `Client.open` wants of a workspace."""

    def __init__(self, folder):
        self.folder = folder

    def uri(self, name):
        return uri_of(self.folder / name)

    def read(self, name):
        return (self.folder / name).read_text()


def other_server(folder, requests):
    """Hover over the same pipe with whatever other server is here: its name and its seconds."""
    for name, suffix, text, place in (
            ("rust-analyzer", "rs", None, None),
            ("clangd", "cpp", "int twice(int x) { return 2 * x; }\nint main() { return twice(4); }\n", (1, 22)),
            ("clangd-19", "cpp", "int twice(int x) { return 2 * x; }\nint main() { return twice(4); }\n", (1, 22))):
        program = shutil.which(name)
        if program is None or subprocess.run([program, "--version"], capture_output=True).returncode != 0:
            continue
        if text is None:
            file, place = folder / "src/part_1.rs", (6, 9)
        else:
            file = folder / f"other.{suffix}"
            file.write_text(text)
        client = Client(program=program)
        client.start(folder)
        uri = client.open(Place(folder), str(file.relative_to(folder)))
        params = {"textDocument": {"uri": uri}, "position": {"line": place[0], "character": place[1]}}
        end = time.monotonic() + 120
        while not client.answer(client.ask("textDocument/hover", params)).get("result") and time.monotonic() < end:
            time.sleep(0.2)
        seconds = measure(lambda _: timed(client, "textDocument/hover", params), requests)
        client.process.kill()
        return name, seconds
    return None, []


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--requests", type=int, default=10000)
    parser.add_argument("--edits", type=int, default=100000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    options = parser.parse_args()
    if options.quick:
        options.requests //= 10
        options.edits //= 10
    folder = pathlib.Path(tempfile.mkdtemp(prefix="server-bench-"))
    rows = [Row("hover", 1, 10), Row("code actions", 1, 10), Row("keystroke to findings of the syntax", None, 20)]
    publish = Row("last compiler's end to the finding", None, 100)
    try:
        workspace = Place(folder / "w")
        write_workspace(workspace.folder, options.files)
        client = Client().start(workspace.folder)
        uri = client.open(workspace, "src/part_0.rs")
        client.wait_for_check()
        client.wait_for_findings(uri, "guard_across_await")
        hover = {"textDocument": {"uri": uri}, "position": client.position(uri, "await;")}
        expect(client.result("textDocument/hover", hover), "nothing to hover over")
        at = client.position(uri, "guard = total")
        action = {"textDocument": {"uri": uri}, "range": {"start": at, "end": at}, "context": {"diagnostics": []}}
        expect(client.result("textDocument/codeAction", action), "no code action")

        def type_await(number):
            """An await is typed into a plain function, or taken out: the findings change each time."""
            client.told.clear()
            old, new = ("    y * 2", "    y.await * 2")[::1 if number % 2 == 0 else -1]
            start = time.perf_counter()
            client.change(uri, old, new)
            client.until("the findings", lambda: client.published(uri))
            return time.perf_counter() - start

        for _ in range(options.rounds):
            rows[0].add(measure(lambda _: timed(client, "textDocument/hover", hover), options.requests // 2))
            rows[1].add(measure(lambda _: timed(client, "textDocument/codeAction", action), options.requests // 2))
            rows[2].add(measure(type_await, options.requests // 20 * 2))
        # Memory: a line is typed and taken back, all over the file.
        def edit_much(count):
            lines = client.texts[uri].count("\n") - 20
            for number in range(count):
                line = 20 + number // 2 % lines
                place = {"line": line, "character": 0}
                end = {"line": line, "character": 3} if number % 2 else place
                client.versions[uri] += 1
                client.tell("textDocument/didChange", {
                    "textDocument": {"uri": uri, "version": client.versions[uri]},
                    "contentChanges": [{"range": {"start": place, "end": end}, "text": "" if number % 2 else "// "}]})
                if number % 500 == 0:
                    client.settle(0)
            client.result("textDocument/hover", hover)
            client.told.clear()

        edit_much(options.edits // 100 * 2)
        before = rss(client.process)
        start = time.perf_counter()
        edit_much(options.edits)
        took = time.perf_counter() - start
        growth = 100 * (rss(client.process) / before - 1)
        client.close()
        for seconds in first_findings(folder, max(3, options.rounds), options.files):
            publish.add([seconds])
        rows.append(publish)
        name, seconds = other_server(workspace.folder, options.requests // 10)

        print(f"{options.files} files, {options.requests} requests a round, best of {options.rounds} rounds; "
              f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
        print("| milliseconds | p50 | p99 | target | met | rounds |\n|---|---|---|---|---|---|")
        for row in rows:
            print(row.line())
        if name:
            other = Row(f"hover, {name}", None, None)
            other.add(seconds)
            print(other.line())
        is_flat = growth <= 10
        print(f"\n{options.edits} edits: {before:.1f} MB and {growth:+.1f} % (target: at most 10 %), "
              f"{1e6 * took / options.edits:.0f} µs an edit: {'yes' if is_flat else 'NO'}")
        return 0 if is_flat and all(row.is_met() for row in rows) else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
