"""Cases where nothing may be found, and what cargo says must come through as it is."""

import json
import re

from harness import CARGO_ROOT, ROOT, compiler_messages, environment, expect, json_lines, run

HASH = re.compile(r"-[0-9a-f]{16}")
EDITION = re.compile(r"// edition:(\d{4})$")


def cases():
    for workspace in CARGO_ROOT:
        yield f"clean:{workspace}", lambda templates, w=workspace: check_clean(templates, w)
    yield "clean:warning", check_warning
    yield "clean:human", check_human
    for program in sorted((ROOT / "testdata/unrelated").glob("*.rs")):
        yield f"unrelated:{program.stem}", lambda templates, p=program: check_unrelated(templates, p)
    yield "unrelated:samples", check_samples
    yield "recorded:guard", check_recorded


def essence(done):
    """Cargo's JSON without what differs between any two runs: hashes in file names, freshness, order."""
    lines = []
    for line in json_lines(done):
        line.pop("fresh", None)
        lines.append(HASH.sub("-HASH", json.dumps(line, sort_keys=True)))
    return sorted(lines)


def compare_streams(place):
    plain = place.cargo("check", "--all-targets", "--message-format=json").expect_status(0)
    ours = place.check().expect_status(0)
    expect(not place.findings(ours), lambda: f"a finding in a clean workspace:\n{ours}")
    missing = [line for line in essence(plain) if line not in essence(ours)]
    added = [line for line in essence(ours) if line not in essence(plain)]
    expect(not missing and not added, lambda: "cargo's JSON changed; missing:\n" + "\n".join(missing[:5])
           + "\nadded:\n" + "\n".join(added[:5]))
    return ours


def check_clean(templates, workspace):
    place = templates.place(workspace, name="clean")
    try:
        compare_streams(place)
        again = place.check().expect_status(0)
        fresh = [line["fresh"] for line in json_lines(again) if line["reason"] == "compiler-artifact"]
        expect(fresh and all(fresh), "a second run compiles again")
    finally:
        place.close()


def check_warning(templates):
    """rustc's own warning comes through, once for each target as cargo has it, and again when all is fresh."""
    place = templates.place("service", name="warning")
    try:
        source = place.folder / "domain/src/error.rs"
        source.write_text(source.read_text() + "\nfn forgotten() {}\n")
        first = compare_streams(place)
        warnings = [message for message in compiler_messages(first) if "forgotten" in message["message"]]
        expect(len(warnings) == 2, f"expected the warning twice, found it {len(warnings)} times")
        second = place.check().expect_status(0)
        expect(essence(second) == essence(first), "the second run says something else than the first")
    finally:
        place.close()


def check_human(templates):
    place = templates.place("service", name="human")
    try:
        done = place.cargo("async", "check", "--all-targets").expect_no_crash().expect_status(0)
        expect("just_async" not in done.stdout + done.stderr, lambda: f"a finding in a clean workspace:\n{done}")
        expect(done.stdout == "", lambda: f"expected nothing on stdout, found\n{done.stdout}")
        expect("Finished" in done.stderr, lambda: f"cargo's own words are missing:\n{done}")
        quiet = place.cargo("async", "check", "--all-targets", "--quiet").expect_status(0)
        expect(quiet.stdout + quiet.stderr == "", lambda: f"not quiet:\n{quiet}")
    finally:
        place.close()


def check_unrelated(templates, program):
    edition = EDITION.match(program.read_text(encoding="utf-8").split("\n", 1)[0])
    expect(edition, "the first line is not '// edition:<year>'")
    refused = run(["rustc", "--edition", edition[1], "--emit=metadata", "--out-dir", templates.scratch / "unrelated",
                   program], templates.scratch)
    expect(refused.status == 1, lambda: f"rustc should refuse it:\n{refused}")
    done = run([templates.bin / "jaa", "check", "--message-format=jsonl", "--edition", edition[1], program],
               templates.scratch, environment(templates.bin)).expect_no_crash()
    found = [item for item in map(json.loads, done.stdout.splitlines()) if "code" in item]
    expect(not found, lambda: f"a false alarm: {found}")


def check_samples(templates):
    """Each way the compiler refuses async code for other reasons than `Send`: what we find of it, and in no other."""
    expected = json.loads((ROOT / "testdata/dump-samples/found.json").read_text(encoding="utf-8"))
    mistakes = []
    for program in sorted((ROOT / "testdata/dump-samples").glob("*.rs")):
        if program.stem[:3] in ("bck", "dyn", "typ", "lin", "rtn"):
            edition = EDITION.match(program.read_text(encoding="utf-8").split("\n", 1)[0])
            done = run([templates.bin / "jaa", "check", "--message-format=jsonl", "--edition", edition[1], program],
                       templates.scratch, environment(templates.bin)).expect_no_crash()
            found = sorted(line["code"] for line in json_lines(done) if "code" in line)
            if found != expected.get(program.stem, []):
                mistakes.append(f"{program.stem}: {found}")
    expect(not mistakes, lambda: "other findings than expected:\n" + "\n".join(mistakes))


def check_recorded(templates):
    """Dumps of another machine are analysed without any Rust toolchain."""
    folder = "testdata/recorded/guard"
    env = environment(templates.bin) | {"PATH": "/nowhere"}
    done = run([templates.bin / "jaa", "analyze", "--messages", f"{folder}/messages.json", "--mir", f"{folder}/mir",
                "--source", folder], ROOT, env).expect_no_crash()
    output = done.stdout + done.stderr
    for words in ("guard_across_await", "queue.rs:20:", "guard_in_scrutinee", "queue.rs:27:"):
        expect(words in output, lambda: f"expected '{words}' in\n{done}")
