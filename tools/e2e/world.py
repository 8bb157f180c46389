"""Cases in which the world is against us, and how `fix` treats a user's files."""

import contextlib
import os
import shutil
import subprocess
import threading

from harness import Failure, Skip, compiler_messages, expect, read_variant, run

SAMPLE = ("service", "std_mutex_before")
STORE = "store/src/inventory.rs"


def cases():
    yield from ((f"world:{name}", function) for name, function in {
        "human_once": human_once, "short_format": short_format, "replay": replay, "no_cargo": no_cargo,
        "no_rustc": no_rustc, "build_script_fails": build_script_fails, "syntax_error": syntax_error,
        "missing_source": missing_source, "not_utf8": not_utf8, "read_only_target": read_only_target,
        "no_overlay": no_overlay, "two_at_once": two_at_once, "rustc_killed": rustc_killed,
        "usage": usage, "other_error_beside": other_error_beside, "one_package": one_package}.items())
    yield from ((f"fix:{name}", function) for name, function in {
        "dirty": fix_dirty, "staged": fix_staged, "no_vcs": fix_no_vcs, "dry_run": fix_dry_run,
        "nothing_to_do": fix_nothing, "broken_otherwise": fix_broken_otherwise, "pick_unknown": fix_pick_unknown,
        "read_only_file": fix_read_only_file}.items())


@contextlib.contextmanager
def sample(templates, name, workspace=SAMPLE[0], variant=SAMPLE[1]):
    place = templates.place(workspace, variant, name)
    try:
        yield place
    finally:
        place.close()


def expected_causes(workspace=SAMPLE[0], variant=SAMPLE[1]):
    return sorted(cause for cause, _ in read_variant(workspace, variant)[1])


def expect_sample(place, done):
    done.expect_status(101)
    found = sorted(finding.cause for finding in place.findings(done))
    expect(found == expected_causes(), lambda: f"expected the planted finding, found {[str(c) for c in found]}\n{done}")


def expect_cargo_error(place, done, *words):
    """Cargo's failure comes through, and nothing of ours beside it."""
    done.expect_status(101)
    expect(not place.findings(done), lambda: f"a finding where there is none:\n{done}")
    said = done.stderr + "".join(message.get("rendered") or "" for message in compiler_messages(done))
    for word in words:
        expect(word in said, lambda: f"expected '{word}' in\n{done}")


def human_once(templates):
    with sample(templates, "human") as place:
        done = place.cargo("async", "check", "--all-targets").expect_no_crash().expect_status(101)
        heads = [line for line in done.stderr.splitlines() if line.startswith(("error[just_async", "warning[just_async"))]
        expect(len(heads) == 1, lambda: f"expected the finding once, found {heads} in\n{done}")
        expect(f"--> {STORE}:{expected_causes()[0].line}:" in done.stderr, lambda: f"no place in\n{done}")
        expect("could not compile `store`" in done.stderr, lambda: f"cargo's own words are missing:\n{done}")


def short_format(templates):
    with sample(templates, "short") as place:
        done = place.cargo("async", "check", "--message-format=short").expect_no_crash().expect_status(101)
        start = f"{STORE}:{expected_causes()[0].line}:"
        lines = [line for line in done.stderr.splitlines() if line.startswith(start) and "just_async" in line]
        expect(len(lines) == 1, lambda: f"expected one line '{start}' in\n{done}")


def replay(templates):
    """The second run says the same; the guilty crate compiles, and is fresh by then."""
    with sample(templates, "replay", variant="for_scrutinee_bin") as place:
        first = place.check().expect_status(101)
        second = place.check().expect_status(101)
        causes = [[str(finding.cause) for finding in place.findings(done)] for done in (first, second)]
        expect(causes[0] == [str(cause) for cause in expected_causes(variant="for_scrutinee_bin")] == causes[1],
               lambda: f"first and second run: {causes}")
        verdicts = [[finding.fixes for finding in place.findings(done)] for done in (first, second)]
        expect(verdicts[0] == verdicts[1], lambda: f"the fixes differ: {verdicts}")


def no_cargo(templates):
    with sample(templates, "no-cargo") as place:
        env = place.env | {"PATH": str(place.bin)}
        env.pop("CARGO", None)
        done = run([place.bin / "cargo-async", "async", "check"], place.root, env).expect_no_crash()
        expect(done.status != 0 and "cargo" in done.stderr, lambda: f"no word of the missing cargo:\n{done}")


def no_rustc(templates):
    with sample(templates, "no-rustc") as place:
        done = place.check(env=place.env | {"RUSTC": "/nowhere/rustc"})
        expect(done.status not in (0, 1), lambda: f"expected cargo's exit code 101:\n{done}")
        expect("/nowhere/rustc" in done.stderr, lambda: f"no word of the missing rustc:\n{done}")


def build_script_fails(templates):
    with sample(templates, "script", "toolkit", None) as place:
        (place.root / "unit-table/units.txt").unlink()
        expect_cargo_error(place, place.check(), "units.txt is readable")


def syntax_error(templates):
    with sample(templates, "syntax") as place:
        source = place.folder / STORE
        source.write_text(source.read_text() + "\nfn unfinished( {\n")
        expect_cargo_error(place, place.check(), "error")


def missing_source(templates):
    with sample(templates, "missing") as place:
        (place.folder / "store/src/journal.rs").unlink()
        expect_cargo_error(place, place.check(), "E0583")


def not_utf8(templates):
    with sample(templates, "latin1") as place:
        source = place.folder / STORE
        source.write_bytes(source.read_bytes() + b"\n// gr\xfc\xdfe\n")
        expect_cargo_error(place, place.check(), "UTF-8")


def read_only_target(templates):
    """As cargo itself: it fails, and says of what."""
    with sample(templates, "read-only") as place:
        target = place.root / "target"
        check = ["cargo", "async", "check", "--message-format=json"]
        if os.getuid() != 0:
            run(["chmod", "-R", "a-w", target], place.root).expect_status(0)
            done = run(check, place.root, place.env)
            run(["chmod", "-R", "u+w", target], place.root)
        else:
            mount = f"mount --bind '{target}' '{target}' && mount -o remount,ro,bind '{target}'"
            if run(["unshare", "-m", "sh", "-c", mount], place.root).status != 0:
                raise Skip("no mount namespace to be had")
            done = run(["unshare", "-m", "sh", "-c", f"{mount} && exec {' '.join(check)}"], place.root, place.env)
        done.expect_no_crash()
        expect(done.status == 101 and "target" in done.stderr, lambda: f"expected cargo's error:\n{done}")


def no_overlay(templates):
    """Without an overlay no trial can be trusted: nothing is called accepted, and `fix` writes nothing."""
    with sample(templates, "no-overlay") as place:
        env = place.env | {"JAA_OVERLAY": "none"}
        done = place.check(env=env)
        expect_sample(place, done)
        for finding in place.findings(done):
            expect(not finding.accepted(), lambda: f"accepted without a trial: {finding.fixes}")
            expect(all(fix["applicability"] != "MachineApplicable" for fix in finding.fixes),
                   lambda: f"machine applicable without a trial: {finding.fixes}")
        place.commit()
        done = place.fix(env=env)
        expect(not place.changed(), lambda: f"changed without a trial: {place.changed()}\n{done}")
        expect(done.status != 0, lambda: f"the workspace does not compile, but:\n{done}")


def two_at_once(templates):
    with sample(templates, "two") as place:
        results = [None, None]

        def check(index):
            try:
                results[index] = place.check()
            except Failure as failure:
                results[index] = failure

        threads = [threading.Thread(target=check, args=(index,)) for index in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for result in results:
            if isinstance(result, Failure):
                raise result
            expect_sample(place, result)


def rustc_killed(templates):
    """The compiler dies of a signal, as when memory runs out."""
    with sample(templates, "killed") as place:
        real = shutil.which("rustc", path=place.env["PATH"])
        fake = place.folder / "rustc"
        fake.write_text(f'#!/bin/sh\ncase " $* " in *" --crate-name store "*) kill -9 $$ ;; esac\nexec {real} "$@"\n')
        fake.chmod(0o755)
        done = place.check(env=place.env | {"RUSTC": str(fake)})
        expect_cargo_error(place, done, "signal")


def usage(templates):
    with sample(templates, "usage") as place:
        for arguments in (["check", "--no-such-flag"], ["fix", "--pick", "no_equals_sign"], ["no-such-verb"]):
            done = place.cargo("async", *arguments).expect_no_crash()
            expect(done.status in (1, 101) and done.stderr.startswith("error"), lambda: f"no usage error:\n{done}")
        for arguments in (["--help"], ["--version"], ["explain", "guard_across_await"]):
            done = place.cargo("async", *arguments).expect_no_crash()
            if arguments == ["--help"]:  # cargo looks for a manual page first
                continue
            done.expect_status(0)
            expect(done.stdout, lambda: f"nothing on stdout:\n{done}")


def other_error_beside(templates):
    """A type error in another function of the same crate hides nothing and is left alone."""
    with sample(templates, "beside") as place:
        source = place.folder / "store/src/orders.rs"
        source.write_text(source.read_text() + '\npub fn wrong() -> u32 {\n    "text"\n}\n')
        done = place.check().expect_status(101)
        codes = [(message.get("code") or {}).get("code") for message in compiler_messages(done)]
        expect("E0308" in codes, lambda: f"rustc's own error is gone:\n{done}")
        for finding in place.findings(done):
            expect(finding.cause in expected_causes(), lambda: f"a false alarm: {finding.cause}")


def one_package(templates):
    """Cargo's own flags choose what is checked."""
    with sample(templates, "package") as place:
        done = place.cargo("async", "check", "-p", "domain", "--message-format=json").expect_no_crash()
        expect(not place.findings(done.expect_status(0)), lambda: f"found in another package:\n{done}")
        done = place.cargo("async", "check", "-p", "store", "--lib", "--message-format=json").expect_no_crash()
        expect_sample(place, done)
        done = place.cargo("async", "--message-format=json", "--manifest-path", "store/Cargo.toml").expect_no_crash()
        expect_sample(place, done)


def expect_refused(place, done, flag):
    expect(done.status == 101 and flag in done.stderr, lambda: f"expected a refusal that names '{flag}':\n{done}")


def fix_dirty(templates):
    with sample(templates, "dirty") as place:
        place.commit()
        readme = place.folder / "domain/src/lib.rs"
        readme.write_text("// Not committed.\n" + readme.read_text())
        before = place.snapshot()
        expect_refused(place, place.fix(), "--allow-dirty")
        expect(place.snapshot() == before, "a refused fix changed files")
        place.fix("--allow-dirty").expect_status(0)
        expect(place.changed() == ["domain/src/lib.rs", STORE], f"changed: {place.changed()}")
        expect(readme.read_text().startswith("// Not committed.\n"), "the user's own change is gone")


def fix_staged(templates):
    with sample(templates, "staged") as place:
        place.commit()
        source = place.folder / "domain/src/lib.rs"
        source.write_text("// Staged.\n" + source.read_text())
        place.git("add", ".")
        before = place.snapshot()
        expect_refused(place, place.fix(), "--allow-staged")
        expect(place.snapshot() == before, "a refused fix changed files")
        place.fix("--allow-staged").expect_status(0)


def fix_no_vcs(templates):
    with sample(templates, "no-vcs") as place:
        before = place.snapshot()
        expect_refused(place, place.fix(), "--allow-no-vcs")
        expect(place.snapshot() == before, "a refused fix changed files")
        place.fix("--allow-no-vcs").expect_status(0)
        place.cargo("check", "--all-targets").expect_status(0)


def fix_dry_run(templates):
    """The diff is for `git apply`, also where the files have CRLF or lie outside the workspace's root."""
    for workspace, variant in (SAMPLE, ("service", "crlf_sessions"), ("toolkit", "outside_member")):
        with sample(templates, "dry-run", workspace, variant) as place:
            place.commit()
            before = place.snapshot()
            done = place.fix("--dry-run")
            expect(place.snapshot() == before, "a dry run changed files")
            top = place.git("rev-parse", "--show-toplevel").stdout.strip()
            expect(os.path.realpath(top) == os.path.realpath(place.folder), "not the copy's own repository")
            expect(done.stdout, lambda: f"no diff on stdout:\n{done}")
            applied = None
            # Paths are relative to the repository or, as cargo's messages, to the workspace's root.
            for at in (place.folder, place.root):
                applied = subprocess.run(["git", "-c", "core.autocrlf=false", "apply", "-"], cwd=at,
                                         env=place.env, input=done.stdout.encode(), capture_output=True)
                if applied.returncode == 0 and place.changed():
                    break
            expect(place.changed() == sorted({cause.file for cause in expected_causes(workspace, variant)}),
                   lambda: f"git apply: {applied.stderr.decode()}\n{done.stdout}")
            place.cargo("check", "--all-targets").expect_status(0)


def fix_nothing(templates):
    with sample(templates, "nothing", "service", None) as place:
        place.commit()
        place.fix().expect_status(0)
        expect(not place.changed(), f"changed a clean workspace: {place.changed()}")


def fix_broken_otherwise(templates):
    """What cannot be mended by us is cargo's error, and exit code 101; files keep their content."""
    with sample(templates, "broken", "service", None) as place:
        source = place.folder / "store/src/orders.rs"
        source.write_text(source.read_text() + '\npub fn wrong() -> u32 {\n    "text"\n}\n')
        place.commit()
        done = place.fix()
        expect(done.status == 101, lambda: f"expected exit code 101:\n{done}")
        expect(not place.changed(), f"changed: {place.changed()}")


def fix_pick_unknown(templates):
    """An alternative that no finding offers is said to be unknown, and nothing else is done in its place."""
    with sample(templates, "pick") as place:
        place.commit()
        done = place.fix("--pick", "guard_across_await=no_such_alternative")
        expect(done.status != 0 and "no_such_alternative" in done.stderr, lambda: f"no word of it:\n{done}")
        expect(not place.changed(), f"changed: {place.changed()}")


def fix_read_only_file(templates):
    """A file that may not be written is an error, with its name; the copy stays whole."""
    if os.getuid() == 0:
        raise Skip("the superuser may write everything")
    with sample(templates, "read-only-file") as place:
        place.commit()
        before = place.snapshot()
        (place.folder / STORE).chmod(0o444)
        (place.folder / "store/src").chmod(0o555)
        done = place.fix()
        (place.folder / "store/src").chmod(0o755)
        expect(done.status != 0 and STORE in done.stderr, lambda: f"no word of the file:\n{done}")
        expect(place.snapshot() == before, "the files changed")
