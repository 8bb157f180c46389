"""What the end-to-end cases stand on: working copies of the test workspaces, cargo
and git run in them, and the findings read back from cargo's JSON.

A copy is made of a template in `build-e2e/`, which is warm: the published
dependencies are compiled, the workspace's own crates are not. Copies never share
a target directory, since cargo hashes members of a copy like those of the original
and would take the one's artifacts for the other's.
"""

import dataclasses
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WORKSPACES = ROOT / "testdata/workspaces"
# Where cargo runs, inside a workspace's folder.
CARGO_ROOT = {"service": ".", "toolkit": "main", "middleware": "."}
SECONDS = 600
SCOPE = "just_async::"
# Variables that would make two machines differ, or that a cargo around us has set.
DROPPED = ("CARGO_TARGET_DIR", "CARGO_INCREMENTAL", "CARGO_BUILD_TARGET", "RUSTFLAGS", "RUSTC", "RUSTC_WRAPPER",
           "RUSTC_WORKSPACE_WRAPPER", "RUSTC_BOOTSTRAP", "CARGO_BUILD_RUSTC", "CARGO_MAKEFLAGS", "MAKEFLAGS")


class Failure(Exception):
    """A case failed; the text says how."""


class Skip(Exception):
    """A case cannot be run here; the text says why."""


def expect(condition, text):
    if not condition:
        raise Failure(text() if callable(text) else text)


@dataclasses.dataclass(frozen=True)
class Done:
    """A program that has ended."""
    command: str
    status: int
    stdout: str
    stderr: str

    def __str__(self):
        return f"$ {self.command}\nexit code {self.status}\n{self.stdout[-6000:]}{self.stderr[-6000:]}"

    def expect_status(self, *statuses):
        expect(self.status in statuses, lambda: f"expected exit code {' or '.join(map(str, statuses))} of\n{self}")
        return self

    def expect_no_crash(self):
        """Neither a signal nor a sanitizer's or an assertion's last words."""
        expect(0 <= self.status < 128, lambda: f"the program crashed:\n{self}")
        for words in ("Sanitizer", "runtime error:", "Assertion `", "PLEASE submit a bug report"):
            expect(words not in self.stderr, lambda: f"'{words}' in\n{self}")
        return self


def run(command, cwd, env=None, stdin=None):
    """Decodes nothing but UTF-8, and keeps line ends as they are."""
    command = [str(word) for word in command]
    try:
        done = subprocess.run(command, cwd=cwd, env=env, timeout=SECONDS, capture_output=True,
                              input=stdin.encode() if stdin is not None else b"")
    except subprocess.TimeoutExpired:
        raise Failure(f"'{' '.join(command)}' was not done after {SECONDS} s") from None
    return Done(" ".join(command), done.returncode, done.stdout.decode(errors="replace"),
                done.stderr.decode(errors="replace"))


@dataclasses.dataclass(frozen=True, order=True)
class Cause:
    """Where a finding points, in terms of the workspace's folder."""
    file: str
    line: int
    code: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.code}"


@dataclasses.dataclass(frozen=True)
class Finding:
    cause: Cause
    fixes: list
    message: dict

    def accepted(self):
        return [fix for fix in self.fixes if fix["verdict"] == "accepted"]


class Place:
    """A working copy. Removed by `close`."""

    def __init__(self, workspace, folder, bin_folder):
        self.workspace = workspace
        self.folder = folder
        self.root = (folder / CARGO_ROOT[workspace]).resolve()
        self.bin = bin_folder
        self.env = environment(bin_folder)

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def cargo(self, *arguments, env=None):
        return run(["cargo", *arguments], self.root, env or self.env)

    def check(self, *arguments, env=None):
        """`cargo async check --all-targets`, read by a machine."""
        return self.cargo("async", "check", "--all-targets", "--message-format=json", *arguments,
                          env=env).expect_no_crash()

    def fix(self, *arguments, env=None):
        return self.cargo("async", "fix", "--all-targets", *arguments, env=env).expect_no_crash()

    def git(self, *arguments, stdin=None):
        identity = ["-c", "user.name=e2e", "-c", "user.email=e2e@localhost", "-c", "core.autocrlf=false",
                    "-c", "core.quotepath=false", "-c", "commit.gpgsign=false"]
        return run(["git", *identity, *arguments], self.folder, self.env, stdin).expect_status(0)

    def commit(self):
        """Puts the copy under version control, as it is."""
        self.git("init", "--quiet")
        (self.folder / ".git/info").mkdir(exist_ok=True)
        (self.folder / ".git/info/exclude").write_text("target/\n")
        self.git("add", ".")
        self.git("commit", "--quiet", "-m", "as it was")

    def changed(self):
        """Files that differ from the commit, new ones included."""
        listed = self.git("status", "--porcelain", "-z", "--untracked-files=all").stdout
        return sorted(entry[3:] for entry in listed.split("\0") if entry)

    def snapshot(self):
        """The content of every file that is not cargo's or git's."""
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in sorted(self.folder.rglob("*"))
                if path.is_file() and not {"target", ".git"} & set(path.relative_to(self.folder).parts)}

    def findings(self, done):
        """Ours among the lines of cargo's JSON, in their order."""
        found = []
        for message in compiler_messages(done):
            code = (message.get("code") or {}).get("code", "")
            if not code.startswith(SCOPE):
                continue
            primary = [span for span in message["spans"] if span["is_primary"]]
            expect(len(primary) == 1, lambda: f"expected one primary span, found {len(primary)}: {message}")
            place = os.path.realpath(self.root / primary[0]["file_name"])
            file = os.path.relpath(place, os.path.realpath(self.folder))
            expect(isinstance(message.get("rendered"), str), lambda: f"no text for people in {message}")
            own = message.get("just_async")
            expect(isinstance(own, dict) and isinstance(own.get("fixes"), list),
                   lambda: f"no `just_async.fixes` in {message}")
            found.append(Finding(Cause(file, primary[0]["line_start"], code[len(SCOPE):]), own["fixes"], message))
        return found


def compiler_messages(done):
    return [line["message"] for line in json_lines(done) if line["reason"] == "compiler-message"]


def json_lines(done):
    lines = []
    for line in done.stdout.splitlines():
        try:
            lines.append(json.loads(line))
        except ValueError:
            raise Failure(f"stdout has a line that is not JSON: {line!r}\n{done}") from None
    return lines


def environment(bin_folder):
    """Ours, with our programs first, no network and no colours."""
    env = {name: value for name, value in os.environ.items()
           if name not in DROPPED and not name.startswith(("JAA_", "GIT_"))}
    env["PATH"] = f"{bin_folder}{os.pathsep}{env['PATH']}"
    env.update(CARGO_NET_OFFLINE="true", CARGO_TERM_COLOR="never", CARGO_TERM_PROGRESS_WHEN="never",
               GIT_CONFIG_NOSYSTEM="1", LC_ALL="C.UTF-8", RUST_BACKTRACE="0", COLUMNS="140")
    return env


class Templates:
    """Warm workspaces to copy from, and the folder in which copies are made."""

    def __init__(self, bin_folder):
        self.bin = bin_folder
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="jaa-e2e-")).resolve()

    def close(self):
        shutil.rmtree(self.scratch, ignore_errors=True)

    def warm(self, workspace):
        """Compiles what `workspace` depends on, unless that was done for the same lock file and rustc."""
        source = WORKSPACES / workspace / CARGO_ROOT[workspace]
        env = environment(self.bin)
        env["CARGO_NET_OFFLINE"] = "false"
        version = run(["rustc", "-vV"], ROOT, env).expect_status(0).stdout
        key = hashlib.sha256((source / "Cargo.lock").read_bytes() + (source / "Cargo.toml").read_bytes()
                             + version.encode()).hexdigest()[:16]
        template = ROOT / "build-e2e" / workspace
        stamp = template / "key"
        if stamp.exists() and stamp.read_text() == key:
            return
        shutil.rmtree(template, ignore_errors=True)
        copy_sources(workspace, template / "files")
        root = (template / "files" / CARGO_ROOT[workspace]).resolve()
        for command in (["check", "--all-targets", "--locked"], ["test", "--no-run"]):
            run(["cargo", *command, "--quiet"], root, env).expect_status(0)
        members = json.loads(run(["cargo", "metadata", "--no-deps", "--format-version=1"], root, env).stdout)
        names = [word for package in members["packages"] for word in ("--package", package["name"])]
        run(["cargo", "clean", *names], root, env).expect_status(0)
        shutil.rmtree(root / "target/debug/incremental", ignore_errors=True)
        (root / "target").rename(template / "target")
        shutil.rmtree(template / "files")
        stamp.write_text(key)

    def place(self, workspace, variant=None, name="place"):
        """A fresh copy of `workspace`, with the files of `variant` over it."""
        folder = pathlib.Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.scratch))
        copy_sources(workspace, folder)
        place = Place(workspace, folder, self.bin)
        run(["cp", "-a", ROOT / "build-e2e" / workspace / "target", place.root / "target"],
            ROOT).expect_status(0)
        if variant is not None:
            shutil.copytree(variant_folder(workspace, variant) / "files", folder, dirs_exist_ok=True)
        return place


def copy_sources(workspace, folder):
    shutil.copytree(WORKSPACES / workspace, folder, dirs_exist_ok=True,
                    ignore=lambda at, names: [name for name in names if name == "target"
                                              or (name == "variants" and pathlib.Path(at).name == workspace)])


def variant_folder(workspace, variant):
    return WORKSPACES / workspace / "variants" / variant


def read_variant(workspace, variant):
    head = json.loads((variant_folder(workspace, variant) / "variant.json").read_text(encoding="utf-8"))
    return head, [(Cause(cause["file"], cause["line"], cause["code"]), cause) for cause in head["causes"]]
