#!/usr/bin/env python3
"""Real editors with our language server: each opens a project with a planted mistake, shows the finding, takes its
fix from the editor's own menu, and saves; then plain cargo has to be content.

    tools/editors/run.py [--only PART ..] [--bin build/bin] [--keep FOLDER] [-v]

An editor that is not installed is skipped, unless CI is set. VS Code leaves a picture of the finding and its menu in
FOLDER (build-editors). The last line is `N passed, M failed`; the exit code is 0 when nothing failed.
"""

import argparse
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "tools/e2e"))

from harness import Failure, Skip, environment, expect, run  # noqa: E402

MISTAKE = ROOT / "testdata/pitfalls/guard_across_await/bad.rs"
MENDED = MISTAKE.with_name("bad.fixed.rs")
SECONDS = 90  # for each thing that is waited for
BROWSER = ROOT / "build-editors/browser/node_modules"


class Project:
    """A package with the mistake in its only file, and a home of its own beside it."""

    def __init__(self, folder, bin_folder):
        self.root = pathlib.Path(folder).resolve() / "planted mistake"
        self.home = self.root.parent / "home"
        self.file = self.root / "src/main.rs"
        self.file.parent.mkdir(parents=True)
        self.home.mkdir()
        edition = re.match(r"// edition:(\d+)", MISTAKE.read_text()).group(1)
        (self.root / "Cargo.toml").write_text(
            f'[package]\nname = "planted"\nversion = "0.1.0"\nedition = "{edition}"\n[workspace]\n')
        shutil.copy(MISTAKE, self.file)
        # Editors take a repository for a project.
        run(["git", "init", "--quiet"], self.root).expect_status(0)
        self.env = environment(bin_folder)
        # Cargo's and rustup's folders are sought in the home unless they are said.
        real = pathlib.Path.home()
        self.env = {"CARGO_HOME": str(real / ".cargo"), "RUSTUP_HOME": str(real / ".rustup")} | self.env | {
            "HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_DATA_HOME": str(self.home / "data"), "XDG_STATE_HOME": str(self.home / "state"),
            "XDG_CACHE_HOME": str(self.home / "cache"), "FILE": str(self.file), "ROOT": str(self.root),
            "SECONDS": str(SECONDS)}

    def expect_mended(self, said):
        expect(self.file.read_text() == MENDED.read_text(),
               lambda: f"{said}\nthe file is not as {MENDED.name} but\n{self.file.read_text()}")
        run(["cargo", "check", "--all-targets", "--quiet"], self.root, self.env).expect_status(0)


def need(condition, what):
    if not condition:
        raise Skip(f"no {what}") if os.environ.get("CI") != "true" else Failure(f"no {what}")


def run_neovim(project, more=None):
    need(shutil.which("nvim"), "nvim")
    env = project.env | {"PLUGIN": str(ROOT / "plugin/neovim")} | (more or {})
    done = run(["nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", f"luafile {HERE / 'neovim.lua'}"],
               project.root, env)
    log = project.home / ("state/nvim/lsp.log" if (project.home / "state/nvim/lsp.log").exists() else "cache/nvim/lsp.log")
    expect(done.status == 0, lambda: f"{done}\n{log.read_text()[-3000:] if log.exists() else ''}")
    return done


def neovim(project, _):
    done = run_neovim(project)
    project.expect_mended(done)
    return done.stdout + done.stderr


def neovim_change(project, _):
    """A function becomes async through its callers, in a file that is open, edited and not written, and in one that
    is not open."""
    texts = {"src/main.rs": "mod cart;\nmod price;\n\nfn main() {\n    println!(\"{}\", cart::total(&[\"tea\"]));\n}\n",
             "src/price.rs": "pub fn price(item: &str) -> usize {\n    item.len() * 100\n}\n",
             "src/cart.rs": "use crate::price::price;\n\npub fn total(items: &[&str]) -> usize {\n"
                            "    let mut sum = 0;\n    for item in items {\n        sum += price(item);\n    }\n    sum\n}\n"}
    for name, text in texts.items():
        (project.root / name).write_text(text)
    done = run_neovim(project, {"FILE": str(project.root / "src/price.rs"), "OTHER": str(project.root / "src/cart.rs"),
                                "AT": "pub fn price", "TITLE": "Make `price` async, through its callers"})
    expected = {"src/price.rs": texts["src/price.rs"].replace("pub fn", "pub async fn"),
                "src/cart.rs": "// Not written yet.\n" + texts["src/cart.rs"].replace("pub fn", "pub async fn").replace(
                    "price(item)", "price(item).await")}
    for name, text in expected.items():
        found = (project.root / name).read_text()
        expect(found == text, lambda: f"{done}\n{name} is\n{found}")
        expect(text.rstrip() in done.stdout, lambda: f"{done}\nthe buffer of {name} does not show it")
    ran = run(["cargo", "run", "--quiet"], project.root, project.env).expect_status(0)
    expect(ran.stdout == "300\n", lambda: str(ran))
    return done.stdout + done.stderr


def emacs(client):
    def case(project, _):
        need(shutil.which("emacs"), "emacs")
        env = project.env | {"PLUGIN": str(ROOT / "plugin/emacs"), "CLIENT": client}
        # Its own answer to whether there is the client in it.
        setup = "(progn (setq package-enable-at-startup t) (package-initialize))"
        there = run(["emacs", "--batch", "--eval", setup, "--eval", f"(kill-emacs (if (locate-library \"{client}\") 0 3))"],
                    project.root, env)
        need(there.status == 0, f"{client} in emacs")
        done = run(["emacs", "--batch", "--eval", setup, "-l", HERE / "emacs.el"], project.root, env).expect_status(0)
        project.expect_mended(done)
        return done.stdout
    return case


def vscode(project, arguments):
    server = BROWSER / "code-server/out/node/entry.js"
    need(shutil.which("chromium"), "chromium")
    need(shutil.which("npm"), "npm")
    node = run(["node", "--version"], ROOT).stdout.strip()
    if not node.startswith("v20."):
        raise Skip(f"VS Code's server is made for Node 20, and this is {node}")
    run([HERE / "install"], ROOT, dict(os.environ)).expect_status(0)
    extension = project.home / "just-async.vsix"
    run([ROOT / "plugin/vscode/package", "--bin", arguments.bin, "-o", extension], ROOT,
        dict(os.environ)).expect_status(0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Nothing of ours is on the PATH: the extension has to find what it brought.
    env = project.env | {"PATH": os.environ["PATH"], "NODE_PATH": str(BROWSER), "PORT": str(port),
                         "SHOTS": str(arguments.keep.resolve())}
    folders = ["--user-data-dir", project.home / "user", "--extensions-dir", project.home / "extensions"]
    settings = project.home / "user/User/settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"workbench.startupEditor": "none", "window.restoreWindows": "none", "workbench.tips.enabled": '
                        'false, "editor.minimap.enabled": false, "files.autoSave": "off"}')
    run(["node", server, *folders, "--install-extension", extension], project.root, env).expect_status(0)
    arguments.keep.mkdir(parents=True, exist_ok=True)
    with open(arguments.keep / "code-server.log", "w", encoding="utf-8") as log:
        running = subprocess.Popen(
            ["node", server, "--auth", "none", "--bind-addr", f"127.0.0.1:{port}", "--disable-telemetry",
             "--disable-update-check", "--disable-workspace-trust", "--disable-getting-started-override", *folders,
             project.root], cwd=project.root, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True)
        try:
            done = run(["node", HERE / "vscode.cjs"], project.root, env)
        finally:
            stop(running)
    expect(done.status == 0, lambda: f"{done}\n{(arguments.keep / 'code-server.log').read_text()[-3000:]}")
    project.expect_mended(done)
    return done.stdout


def stop(running):
    """The server and what it started, which is all in the session that was made for it."""
    for signal, seconds in (("TERM", 5), ("KILL", 5)):
        subprocess.run(["kill", f"-{signal}", "--", f"-{running.pid}"], stderr=subprocess.DEVNULL, check=False)
        try:
            running.wait(seconds)
            return
        except subprocess.TimeoutExpired:
            pass


CASES = {"neovim": neovim, "neovim:change": neovim_change, "emacs:eglot": emacs("eglot"), "emacs:lsp-mode": emacs("lsp-mode"), "vscode": vscode}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", default=[], metavar="PART")
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/bin", help="where the programs are")
    parser.add_argument("--keep", type=pathlib.Path, default=ROOT / "build-editors", help="where pictures go")
    parser.add_argument("-v", "--verbose", action="store_true", help="also print what the editors said")
    arguments = parser.parse_args()
    arguments.bin = arguments.bin.resolve()
    passed = failed = 0
    for name, case in CASES.items():
        if arguments.only and not any(part in name for part in arguments.only):
            continue
        start = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="jaa-editor-", ignore_cleanup_errors=True) as folder:
            try:
                said = case(Project(folder, arguments.bin), arguments)
                word, passed = "ok   ", passed + 1
                said = said if arguments.verbose else ""
            except Skip as skip:
                word, said = "skip ", str(skip)  # neither passed nor failed
            except Failure as failure:
                word, said, failed = "FAIL ", str(failure), failed + 1
        print(f"{word} {name} ({time.monotonic() - start:.1f} s){' ' if said else ''}{said.rstrip()}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
