"""One case for each variant: a workspace with a planted mistake must be diagnosed, mended and work as before."""

import re

from harness import CARGO_ROOT, WORKSPACES, Done, Failure, compiler_messages, expect, read_variant

COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)


def cases():
    for workspace in CARGO_ROOT:
        for folder in sorted((WORKSPACES / workspace / "variants").iterdir()):
            yield (f"variant:{workspace}/{folder.name}",
                   lambda templates, w=workspace, v=folder.name: check_variant(templates, w, v))


def check_variant(templates, workspace, variant):
    head, causes = read_variant(workspace, variant)
    place = templates.place(workspace, variant, variant)
    try:
        done = place.check().expect_status(101)
        findings = place.findings(done)
        check_findings(findings, causes, done)
        picks = check_fixes(findings, causes)
        place.commit()
        mend(place, picks, causes, head.get("changes", []))
        verify(place, workspace, head["tests"])
    finally:
        place.close()


def check_findings(findings, causes, done: Done):
    """What is found is what was planted, once each; a cause of a later round may be found early."""
    found = sorted(finding.cause for finding in findings)
    expected = sorted(cause for cause, entry in causes if entry.get("round", 1) == 1)
    later = [cause for cause, entry in causes if entry.get("round", 1) > 1]
    early = [cause for cause in found if cause in later]
    expect(len(early) == len(set(early)) and [cause for cause in found if cause not in early] == expected,
           lambda: "expected the findings\n  " + "\n  ".join(map(str, expected)) + "\nfound\n  "
           + ("\n  ".join(map(str, found)) or "none") + f"\n{done.stderr[-3000:]}"
           + "\n".join(message.get("rendered") or "" for message in compiler_messages(done))[-8000:])
    expect(any(message["level"] == "error" and message not in [finding.message for finding in findings]
               for message in compiler_messages(done)), "rustc's own errors are gone")


def check_fixes(findings, causes):
    """Each finding has an accepted fix, and the one the variant names. Returns the flags that pick those."""
    picks = {}
    for finding in findings:
        names = [fix["name"] for fix in finding.fixes]
        shown = ", ".join(f"{fix['name']} ({fix['verdict']}, {fix['applicability']})" for fix in finding.fixes)
        expect(finding.accepted(), f"{finding.cause}: no accepted fix among: {shown or 'none'}")
        expect(len(set(names)) == len(names), f"{finding.cause}: two fixes have one name: {shown}")
        machine = [fix for fix in finding.fixes if fix["applicability"] == "MachineApplicable"]
        expect(len(machine) <= 1, f"{finding.cause}: more than one machine applicable fix: {shown}")
        expect(all(fix["verdict"] == "accepted" for fix in machine),
               f"{finding.cause}: machine applicable, but not accepted: {shown}")
        pick = next(entry.get("pick") for cause, entry in causes if cause == finding.cause)
        if pick is None:
            expect(machine, f"{finding.cause}: no fix keeps the meaning: {shown}")
        else:
            expect(pick in [fix["name"] for fix in finding.accepted()],
                   f"{finding.cause}: no accepted fix '{pick}' among: {shown}")
            picks[finding.cause.code] = pick
    return [word for code, pick in picks.items() for word in ("--pick", f"{code}={pick}")]


def mend(place, picks, causes, elsewhere):
    before = place.snapshot()
    done = place.fix(*picks).expect_status(0)
    after = place.snapshot()
    # A remedy at our end of somebody else's trait is not where the cause is.
    places = {cause.file for cause, _ in causes} | set(elsewhere)
    changed = {file for file in before.keys() | after.keys() if before.get(file) != after.get(file)}
    expect(changed, lambda: f"nothing was changed by\n{done}")
    expect(changed <= places, lambda: f"changed beside the causes: {sorted(changed - places)}\n{done}")
    for file in changed:
        expect(file in after, f"{file} was removed")
        check_form(file, before[file], after[file])


def check_form(file, before, after):
    """A mended file has the line ends, the final newline and the comments it had."""
    if b"\r\n" in before:
        expect(after.count(b"\n") == after.count(b"\r\n"), f"{file}: not all line ends are CRLF any more")
    else:
        expect(b"\r" not in after, f"{file}: a carriage return came in")
    expect(after.endswith(b"\n") == before.endswith(b"\n"), f"{file}: the end of the file changed")
    kept = [comment.strip() for comment in COMMENT.findall(after.decode())]
    for comment in COMMENT.findall(before.decode()):
        expect(comment.strip() in kept, f"{file}: a comment is gone: {comment.strip()}")


def verify(place, workspace, has_tests):
    difference = place.git("diff").stdout
    try:
        done = place.cargo("check", "--all-targets").expect_status(0)
        expect("warning" not in done.stderr, lambda: f"a warning after the fix:\n{done}")
        if has_tests:
            place.cargo("test", "--quiet").expect_status(0)
        done = place.check().expect_status(0)
        expect(not place.findings(done), lambda: f"a finding is left:\n{done}")
    except Failure as failure:
        raise Failure(f"{failure}\nafter\n{difference}") from None
