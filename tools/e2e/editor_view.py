"""Cases about what rust-analyzer shows of our findings when it runs `cargo async` in the place of `cargo check`.

The goldens in `testdata/flycheck` are what a user would see; `JAA_BLESS=1` writes them. The rules are what our
messages must keep to, so that nothing of a finding is lost or offered wrongly on that way.
"""

import json
import os
import re
import shutil
import tempfile

from flycheck import ACCEPTED, Flycheck, apply
from harness import ROOT, SCOPE, Failure, compiler_messages, environment, expect, json_lines, run

GOLDENS = ROOT / "testdata/flycheck"
SOURCE = SCOPE.rstrip(":")
PLACE = ("file_name", "byte_start", "byte_end")
# As `check.overrideCommand` of our README, and as `check.command = "async"` lets rust-analyzer make it.
OVERRIDE = ["async", "check", "--workspace", "--message-format=json", "--all-targets"]
COMMAND = ["async", "--workspace", "--message-format=json-diagnostic-rendered-ansi", "--manifest-path", "Cargo.toml",
           "--keep-going", "--all-targets"]
SHOWN = (("service", "std_mutex_before", OVERRIDE), ("service", "crlf_sessions", COMMAND),
         ("service", "middleware_both_sides", COMMAND), ("service", "struct_of_other_crate", OVERRIDE),
         ("service", "guard_from_macro", COMMAND), ("toolkit", "non_ascii_push", OVERRIDE),
         ("toolkit", "two_in_one_file", COMMAND), ("toolkit", "outside_member", OVERRIDE),
         ("middleware", "task_of_tasks", COMMAND))
# One program each: their findings point into one file, or edit it in several places.
FIXTURES = ("guard_across_await/bad", "rc_across_await/bad", "missing_await/bad", "await_outside_async/bad",
            "closure_returns_borrowing_future/bad_crlf", "async_recursion_unboxed/bad", "spawn_borrows_local/bad",
            "future_not_unpin/bad", "non_send_dyn/bad", "async_trait_not_dyn/bad")


def cases():
    for workspace, variant, command in SHOWN:
        yield (f"flycheck:{workspace}/{variant}",
               lambda templates, w=workspace, v=variant, c=command: check_shown(templates, w, v, c))
    yield "flycheck:fixtures", check_fixtures
    yield "flycheck:save_and_save_again", check_saves


def check_shown(templates, workspace, variant, command):
    place = templates.place(workspace, variant, variant)
    try:
        done = place.cargo(*command).expect_no_crash().expect_status(101)
        check_rules(done, place.root)
        view = Flycheck(place.root)
        view.run(done.stdout.splitlines(), succeeded=False)
        compare(GOLDENS / workspace / f"{variant}.txt", show(view, place.folder))
    finally:
        place.close()


def check_fixtures(templates):
    """Programs without dependencies, as the examples of one package."""
    with tempfile.TemporaryDirectory(prefix="jaa-flycheck-") as scratch:
        scratch = os.path.realpath(scratch)
        os.makedirs(f"{scratch}/examples")
        manifest = '[package]\nname = "fixtures"\nversion = "0.1.0"\nedition = "2021"\nautoexamples = false\n[workspace]\n'
        for fixture in FIXTURES:
            source = ROOT / f"testdata/pitfalls/{fixture}.rs"
            edition = re.match(rb"// edition:(\d+)", source.read_bytes()).group(1).decode()
            name = fixture.replace("/", "-")
            shutil.copy(source, f"{scratch}/examples/{name}.rs")
            manifest += f'[[example]]\nname = "{name}"\npath = "examples/{name}.rs"\nedition = "{edition}"\n'
        os.makedirs(f"{scratch}/src")
        for name, text in (("Cargo.toml", manifest), ("src/lib.rs", "")):
            with open(f"{scratch}/{name}", "w", encoding="utf-8") as file:
                file.write(text)
        done = run(["cargo", *COMMAND, "--target-dir", "target/rust-analyzer"], scratch, environment(templates.bin))
        done.expect_no_crash().expect_status(101)
        check_rules(done, scratch)
        view = Flycheck(scratch)
        view.run(done.stdout.splitlines(), succeeded=False)
        shown = {os.path.basename(path).removesuffix(".rs").replace("-", "/")
                 for path, diagnostics in view.shown().items() for it in diagnostics if it.source == SOURCE}
        expect(set(FIXTURES) <= shown, lambda: f"nothing is shown in {sorted(set(FIXTURES) - shown)}\n{done}")
        compare(GOLDENS / "fixtures.txt", show(view, scratch))


def check_saves(templates):
    """A mistake in each of two crates: mending one by its quick fix clears that crate alone, mending the other all."""
    place = templates.place("service", "two_crates_in_turn", "saves")
    try:
        view = Flycheck(place.root)
        before = set()
        for _ in range(4):
            done = place.cargo(*COMMAND).expect_no_crash()
            check_rules(done, place.root)
            view.run(done.stdout.splitlines(), succeeded=done.status == 0)
            causes = [it for them in view.shown().values() for it in them if it.source == SOURCE and it.severity != "hint"]
            if not causes:
                expect(done.status == 0 and not view.shown(), lambda: f"still shown: {view.shown()}\n{done}")
                expect(not view.fixes, lambda: f"still offered: {view.fixes}")
                break
            now = {(it.location.path, it.message) for it in causes}
            expect(not now & before, lambda: f"the quick fix left what it should mend: {causes}\n{done}")
            before |= now
            fixes = [fix for files in view.fixes.values() for them in files.values() for fix in them]
            fix = next((fix for fix in fixes if fix.is_preferred), None)
            expect(fix, lambda: f"no preferred fix among {fixes}\n{done}")
            expect(any(fix in view.actions(it.location.path, it.location.range) for path in fix.edits
                       for it in view.shown()[path]), f"not offered at any place: {fix}")
            for path, edits in fix.edits.items():
                with open(path, encoding="utf-8", newline="") as file:
                    text = file.read()
                with open(path, "w", encoding="utf-8", newline="") as file:
                    file.write(apply(text, edits))
        else:
            raise Failure("not mended by four quick fixes")
    finally:
        place.close()


def check_rules(done, root):
    """What our messages must be like, each by itself and beside one another."""
    for line in json_lines(done):
        if line["reason"] == "compiler-message":
            expect(line.get("package_id") and line.get("target"), lambda: f"not said in whose name: {line}")
    ours = [message for message in compiler_messages(done) if (message["code"] or {}).get("code", "").startswith(SCOPE)]
    for message in ours:
        try:
            check_message(message, root)
        except Failure as failure:
            raise Failure(f"{failure}\nin {json.dumps(message, indent=1)[:6000]}") from None
    view = Flycheck(root)
    view.run(done.stdout.splitlines(), succeeded=done.status == 0)
    kept = [fix for files in view.fixes.values() for them in files.values() for fix in them]
    for lost in view.dropped:
        expect(lost.source != SOURCE or lost.fix is None or any(lost.fix.edits == fix.edits for fix in kept),
               lambda: f"a fix is lost, since another finding says the same at the same place: {lost}")


def check_message(message, root):
    code = message["code"]["code"]
    expect(code.count("::") == 1, f"not one scope: {code}")
    primary = [span for span in message["spans"] if span["is_primary"]]
    expect(len(primary) == 1, f"expected one primary span, found {len(primary)}")
    for span in message["spans"] + [span for child in message["children"] for span in child["spans"]]:
        check_span(span, root)
    offers = [child for child in message["children"] if any(span["suggested_replacement"] is not None
                                                            for span in child["spans"])]
    expect(all(span["suggested_replacement"] is None for span in message["spans"]), "an edit in the root is lost")
    titles = [child["message"] for child in offers]
    expect(len(set(titles)) == len(titles), f"two fixes have one title: {titles}")
    fixes = {}
    for fix in message["just_async"]["fixes"]:
        if fix["verdict"] != "rejected":  # a title that is taken gets the fix's name
            fixes[f"{fix['title']} ({fix['name']})" if fix["title"] in fixes else fix["title"]] = fix
    preferred = 0
    for child in offers:
        expect(not child["children"] and child["level"] == "help", "a fix is a plain help")
        expect("\n" not in child["message"], "a title of more than one line")
        at, *edits = child["spans"]
        expect(at["suggested_replacement"] is None and all(at[key] == primary[0][key] for key in PLACE),
               f"not offered where the finding is: {child['message']}")
        hows = {span["suggestion_applicability"] for span in edits}
        expect(all(span["is_primary"] and span["suggested_replacement"] is not None for span in edits),
               f"a span of the fix is no edit: {child['message']}")
        expect(len(hows) == 1, f"applied in part: {hows}")
        how, = hows
        own = fixes.get(child["message"])
        expect(own is None or own["applicability"] == how, lambda: f"{how}, but {own}")
        if how == "MachineApplicable":
            preferred += 1
            expect(own and own["verdict"] == "accepted", f"preferred, but not accepted: {own}")
        if how in ACCEPTED:
            check_edits(edits, root)
    expect(preferred <= 1, f"{preferred} preferred fixes")


def check_span(span, root):
    """`text` has the lines as they are in the file; columns count characters and lie within them."""
    with open(os.path.join(root, span["file_name"]), encoding="utf-8", newline="") as file:
        lines = [line.removesuffix("\r") for line in file.read().split("\n")]
    there = lines[span["line_start"] - 1:span["line_end"]]
    expect([line["text"] for line in span["text"]] == there, lambda: f"other text than in the file: {span}")
    for line, column in ((there[0], span["column_start"]), (there[-1], span["column_end"])):
        expect(1 <= column <= len(line) + 1, lambda: f"column {column} is not in {line!r}")
    expect(span["expansion"] is None, "findings are placed in the user's own text")


def check_edits(spans, root):
    """Applied by the editor's positions they give the same text as by bytes, and do not overlap."""
    view = Flycheck(root)
    for name in {span["file_name"] for span in spans}:
        mine = [span for span in spans if span["file_name"] == name]
        with open(os.path.join(root, name), "rb") as file:
            data = file.read()
        edited, at = b"", 0
        for span in sorted(mine, key=lambda span: (span["byte_start"], span["byte_end"])):
            expect(at <= span["byte_start"], lambda: f"edits that overlap: {mine}")
            edited += data[at:span["byte_start"]] + span["suggested_replacement"].encode()
            at = span["byte_end"]
        edited += data[at:]
        try:
            shown = apply(data.decode(), [(view.location(span).range, span["suggested_replacement"]) for span in mine])
        except ValueError as error:
            raise Failure(str(error)) from None
        expect(shown.encode() == edited, lambda: f"by its columns an edit is another than by its bytes: {mine}")


def show(view, folder):
    """For people and for the goldens: ours only, since rustc's own words change with its version."""
    folder = os.path.realpath(folder)

    def name(path):
        return os.path.relpath(path, folder)

    def place(range_):
        (line, unit), (last, after) = range_
        return f"{line}:{unit}-{last}:{after}"

    out = []
    for path, diagnostics in view.shown().items():
        ours = [it for it in diagnostics if it.source == SOURCE]
        if ours:
            out.append(f"{name(path)}\n")
        for it in ours:
            out.append(f"  {place(it.location.range)} {it.severity} {it.source}({it.code})\n")
            out += [f"    | {line}\n" for line in it.message.split("\n")]
            out += [f"    -> {name(at.path)} {place(at.range)} {words.splitlines()[0]}\n" for at, words in it.related]
    for path, diagnostics in view.shown().items():
        for fix in [it.fix for it in diagnostics if it.source == SOURCE and it.fix is not None]:
            title = fix.title.partition(": `")[0]
            out.append(f"\n{'preferred ' if fix.is_preferred else ''}quick fix in {name(path)}: {title}\n")
            out.append(f"  at {', '.join(map(place, sorted(set(fix.ranges))))}\n")
            for file, edits in fix.edits.items():
                out += [f"  {name(file)} {place(at)} {json.dumps(text, ensure_ascii=False)}\n" for at, text in edits]
    return "".join(out)


def compare(golden, text):
    if os.environ.get("JAA_BLESS") == "1":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8")
        return
    expect(golden.exists(), f"no golden {golden.relative_to(ROOT)}; JAA_BLESS=1 writes it")
    wanted = golden.read_text(encoding="utf-8")
    expect(text == wanted, lambda: f"{golden.relative_to(ROOT)} differs; expected\n{wanted}\nfound\n{text}")
