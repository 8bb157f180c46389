"""One case for each small program: it is refused for one cause; `jaa` finds the line, mends it, and the program prints
what it should. One that compiles is left alone. What is not mended yet is marked `open`, so that the day is noticed."""

import json
import pathlib
import tempfile

from harness import ROOT, environment, expect, run

PROGRAMS = ROOT / "testdata/programs"
SLACK = 1  # lines between a cause and where it is told


def cases():
    for folder in sorted(PROGRAMS.glob("*/*/")):
        yield (f"program:{folder.parent.name}/{folder.name}",
               lambda templates, f=folder: check_program(templates, f))


def check_program(templates, folder):
    head = json.loads((folder / "case.json").read_text())
    original = (folder / "main.rs").read_text()
    with tempfile.TemporaryDirectory() as scratch:
        program = pathlib.Path(scratch, "main.rs")
        program.write_text(original)
        jaa, env = templates.bin / "jaa", environment(templates.bin)
        done = run([jaa, "check", "--message-format=jsonl", "--edition", head["edition"], program], scratch, env)
        findings = [item for item in map(json.loads, done.stdout.splitlines()) if "code" in item]
        if not head["lines"]:
            expect(not findings, lambda: f"a false alarm: {findings}")
        run([jaa, "fix", "--edition", head["edition"], program], scratch, env).expect_no_crash()
        mended = program.read_text()
        if head.get("open"):
            expect(mended == original, "it is mended now: take `open` out of its case.json")
            return
        expect((mended != original) == bool(head["lines"]), "it should be mended" if head["lines"] else "it was edited")
        told = [line for finding in findings for line in [finding["line"], *finding["lines"]]]
        expect(not head["lines"] or any(abs(line - cause) <= SLACK for line in told for cause in head["lines"]),
               lambda: f"expected one of the lines {head['lines']}, told were {told}")
        out = pathlib.Path(scratch, "program")
        run(["rustc", "--edition", head["edition"], "-o", out, program], scratch).expect_status(0)
        ran = run([out], scratch).expect_status(0)
        expect(ran.stdout == head["stdout"], lambda: f"it prints something else:\n{ran.stdout}")
