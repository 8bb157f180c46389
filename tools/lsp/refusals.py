"""Bad requests and a bad world: each gets its answer, and the next request is served."""

import json
import os
import pathlib
import shutil
import stat
import subprocess
import tempfile

from client import GUARD, Client, Workspace, checked, conversation, expect, uri_of

LIB = "src/lib.rs"


def lives(client):
    """The server answers as if nothing had happened."""
    expect(client.error("no/such/method") == -32601, "no answer")


def refusal(client):
    """The code of the error that belongs to no request."""
    return client.answer(None)["error"]["code"]


def malformed():
    with conversation(initializationOptions={"surface": "flycheck"}) as (_, client):
        for body, code in ((b"{", -32700), (b"", -32700), (b"\xff\xfe", -32700), (b"nul", -32700),
                           (b"[" * 100000, -32700), (b"[]", -32600), (b'"text"', -32600), (b"{}", -32600),
                           (b'{"jsonrpc":"2.0","id":null,"method":"shutdown"}', -32600),
                           (b'{"jsonrpc":"2.0","id":{},"method":"shutdown"}', -32600),
                           (b'{"jsonrpc":"2.0","method":7}', -32600)):
            client.send_bytes(b"Content-Length: %d\r\n\r\n" % len(body) + body)
            found = refusal(client)
            expect(found == code, lambda: f"{body[:60]}: expected {code}, found {found}")
        lives(client)


def lengths():
    with conversation(initializationOptions={"surface": "flycheck"}) as (_, client):
        for header in (b"Content-Length: x\r\n\r\n", b"Content-Length: -5\r\n\r\n", b"Content-Length: 1e3\r\n\r\n",
                       b"No-Length: 5\r\n\r\n", b"garbage\r\n\r\n",
                       b"Content-Length: 123456789012345678901234567890\r\n\r\n"):
            client.send_bytes(header)
            # What follows is found all the same; the complaint comes before or with it.
            lives(client)
            expect(refusal(client) == -32700, str(header))
        # One byte short: the rest of the message is no message.
        body = json.dumps({"jsonrpc": "2.0", "id": 1000, "method": "x/y"}).encode()
        client.send_bytes(b"Content-Length: %d\r\n\r\n" % (len(body) - 1) + body)
        expect(refusal(client) == -32700, "a message cut short")
        lives(client)
        client.settle()
        size = (64 << 20) + 1
        client.send_bytes(b"Content-Length: %d\r\n\r\n" % size)
        for _ in range(64):
            client.send_bytes(b"x" * (1 << 20))
        client.send_bytes(b"x")
        lives(client)


def order():
    with conversation(start=False) as (workspace, client):
        expect(client.error("textDocument/hover", {}) == -32002, "before `initialize`")
        expect(client.error("shutdown") == -32002, "a shutdown before `initialize`")
        client.tell("textDocument/didOpen", {"textDocument": {"uri": workspace.uri(LIB), "version": 1, "text": ""}})
        expect(client.error("initialize", None) == -32602, "without parameters")
        expect(client.error("initialize", []) == -32602, "a list for parameters")
        client.start(workspace.folder, initializationOptions={"surface": "flycheck"})
        expect(client.error("initialize", {"capabilities": {}}) == -32600, "a second `initialize`")
        lives(client)
        client.result("shutdown")
        expect(client.error("textDocument/hover", {}) == -32600, "after the shutdown")
        expect(client.error("shutdown") == -32600, "a second shutdown")
        client.tell("exit")
        expect(client.process.wait(10) == 0, "the exit code")
    with conversation(start=False) as (_, client):
        client.tell("exit")
        expect(client.process.wait(10) == 1, "the exit code without a shutdown")


def parameters():
    methods = ("textDocument/hover", "textDocument/codeAction", "textDocument/inlayHint", "textDocument/diagnostic",
               "workspace/executeCommand")
    notes = ("textDocument/didOpen", "textDocument/didChange", "textDocument/didSave", "textDocument/didClose",
             "workspace/didChangeConfiguration", "workspace/didChangeWorkspaceFolders", "$/cancelRequest", "$/setTrace",
             "workspace/didChangeWatchedFiles", "window/workDoneProgress/cancel", "no/such/notification", "initialized")
    with conversation(initializationOptions={"surface": "flycheck"}) as (workspace, client):
        uri = client.open(workspace, LIB)
        odd = (None, [], 7, "x", {}, {"textDocument": 3}, {"textDocument": {"uri": 3}}, {"textDocument": {"uri": uri}},
               {"textDocument": {"uri": "file:///none.rs"}}, {"textDocument": {"uri": uri}, "position": {"line": "x"}})
        for params in odd:
            for note in notes:
                client.tell(note, params)
            for method in methods:
                answer = client.answer(client.ask(method, params))
                if method != "textDocument/diagnostic" or params is None:
                    expect(answer.get("error", {}).get("code") == -32602, lambda: f"{method} {params}: {answer}")
        for params in (None, {}, {"title": "x"}, {"title": "x", "data": None}, {"data": {"finding": 1}},
                       {"data": {"uri": uri, "version": 1, "refactoring": "x"}}, {"data": {"fixAll": 3}}):
            client.answer(client.ask("codeAction/resolve", params))
        lives(client)


def positions():
    with checked() as (_, client, uri):
        for line, character in ((10**6, 0), (-1, 0), (0, -1), (2**31, 0), (2**40, 0), (0.5, 0), ("1", 0)):
            found = client.error("textDocument/hover", {"textDocument": {"uri": uri},
                                                        "position": {"line": line, "character": character}})
            expect(found == -32602, f"{line}:{character}: {found}")
        client.result("textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 2**30}})
        backwards = {"start": {"line": 3, "character": 0}, "end": {"line": 2, "character": 0}}
        expect(client.error("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": backwards,
                                                        "context": {"diagnostics": []}}) == -32602, "backwards")
        client.tell("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2},
                                               "contentChanges": [{"range": backwards, "text": "x"}]})
        client.settle()
        expect(client.of("window/logMessage"), "nothing was said of the change")
        expect(client.published(uri)["diagnostics"], "the finding is gone")


def elsewhere():
    """Files outside of the workspace, and documents that are no files."""
    with checked() as (workspace, client, uri):
        with tempfile.TemporaryDirectory(prefix="lsp-") as other:
            path = pathlib.Path(other) / "a.rs"
            path.write_text(GUARD)
            for place in (uri_of(path), "untitled:Untitled-1", "file:///no/such/file.rs", "git:/a.rs?x", "", "file://host/a.rs"):
                client.tell("textDocument/didOpen", {"textDocument": {"uri": place, "languageId": "rust", "version": 1,
                                                                      "text": "fn f() { g().await }"}})
                at = {"textDocument": {"uri": place}, "position": {"line": 0, "character": 15}}
                expect(client.result("textDocument/hover", at) is None, place)
                asked = {"textDocument": {"uri": place}, "context": {"diagnostics": []},
                         "range": {"start": at["position"], "end": at["position"]}}
                expect(client.result("textDocument/codeAction", asked) == [], place)
                client.tell("textDocument/didClose", {"textDocument": {"uri": place}})
        client.wait_for_findings(uri, "guard_across_await")


def long_line():
    with conversation(initializationOptions={"surface": "flycheck"}) as (workspace, client):
        text = "// " + "x" * 10_000_000 + "\n" + GUARD + "pub fn f() { /* " + "\u00e9" * 1_000_000 + " */ g().await }\n"
        uri = client.open(workspace, LIB, text)
        at = client.position(uri, ".await }", 2)
        expect(client.result("textDocument/hover", {"textDocument": {"uri": uri}, "position": at}) is None or True, "")
        client.change(uri, "// x", "// y")
        lives(client)


def no_manifest():
    with conversation({"Cargo.toml": None}) as (workspace, client):
        uri = client.open(workspace, LIB)
        expect(client.actions(uri, "guard = total") == [], "actions without a project")
        expect(client.result("textDocument/hover", {"textDocument": {"uri": uri},
                                                    "position": client.position(uri, "await;")}) is None, "a hover")
        expect(not client.of("$/progress"), "a check of nothing")
        workspace.write("Cargo.toml", '[package]\nname = "sample"\nversion = "0.1.0"\nedition = "2021"\n\n[workspace]\n')
        client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": workspace.uri("Cargo.toml"), "type": 1}]})
        client.wait_for_findings(uri, "guard_across_await")


def broken_manifest():
    good = Workspace()
    manifest = good.read("Cargo.toml")
    good.close()
    with conversation({"Cargo.toml": "[package\n"}) as (workspace, client):
        uri = client.open(workspace, LIB)
        client.wait_for_check()
        client.until("its name", lambda: any("Cargo.toml" in one["message"] for one in client.of("window/logMessage")))
        lives(client)
        workspace.write("Cargo.toml", manifest)
        client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": workspace.uri("Cargo.toml"), "type": 2}]})
        client.wait_for_findings(uri, "guard_across_await")


def environment(folder, *programs):
    """A PATH with only these, and a home without any."""
    for program in programs:
        os.symlink(shutil.which(program), folder / program)
    kept = {name: value for name, value in os.environ.items()
            if name not in ("CARGO", "RUSTC", "CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN")}
    return kept | {"PATH": str(folder), "HOME": str(folder)}


def real(program):
    """The program itself: what stands in PATH may be rustup's, which needs its home."""
    sysroot = subprocess.run(["rustc", "--print", "sysroot"], capture_output=True, text=True, check=True).stdout.strip()
    return pathlib.Path(sysroot) / "bin" / program


def without_program(missing):
    with tempfile.TemporaryDirectory(prefix="lsp-bin-") as name:
        folder = pathlib.Path(name)
        env = environment(folder)
        for program in {"cargo", "rustc"} - {missing}:
            os.symlink(real(program), folder / program)
        with conversation(env=env) as (workspace, client):
            uri = client.open(workspace, LIB)
            client.wait_for_check()
            client.until("its name", lambda: any(missing in one["message"] for one in client.of("window/logMessage")))
            expect(client.result("textDocument/hover", {"textDocument": {"uri": uri},
                                                        "position": client.position(uri, "await;")}) is None, "a hover")
            client.change(uri, "use std::future", "\nuse std::future")
            expect(client.actions(uri, "guard = total") == [], "an action that nobody tried")
            lives(client)


def no_cargo():
    without_program("cargo")


def no_rustc():
    without_program("rustc")


def cargo_in_its_own_folder():
    """Editors that no shell has started lack it in their PATH."""
    with tempfile.TemporaryDirectory(prefix="lsp-home-") as name:
        home = pathlib.Path(name)
        (home / ".cargo/bin").mkdir(parents=True)
        (home / "bin").mkdir()
        env = environment(home / "bin", "cc") | {"HOME": str(home)}
        for program in ("cargo", "rustc"):
            os.symlink(real(program), home / ".cargo/bin" / program)
        with conversation(env=env) as (workspace, client):
            client.wait_for_findings(client.open(workspace, LIB), "guard_across_await")


def old_compiler():
    """One whose MIR we do not read: said once, and findings rest on what it says."""
    with tempfile.TemporaryDirectory(prefix="lsp-rustc-") as name:
        rustc = pathlib.Path(name) / "rustc"
        rustc.write_text("#!/bin/sh\ncase \" $* \" in\n*\" -vV \"*|*\" -V \"*|*\" --version \"*)\n"
                         f"  '{real('rustc')}' \"$@\" | sed -E 's/1\\.[0-9]+\\.[0-9]+/1.60.0/' ;;\n"
                         f"*) exec '{real('rustc')}' \"$@\" ;;\nesac\n")
        rustc.chmod(rustc.stat().st_mode | stat.S_IXUSR)
        with conversation(env=os.environ | {"RUSTC": str(rustc)}) as (workspace, client):
            uri = client.open(workspace, LIB)
            client.wait_for_check()
            found = client.published(uri)
            for action in client.actions(uri, "guard = total") if found else []:
                if "edit" in action:
                    expect(workspace.compiles(LIB, client.apply(action["edit"])[uri]), action["title"])
            lives(client)


def does_not_parse():
    """A program with a mistake of another kind: nothing of ours, and no complaint."""
    with conversation({LIB: "pub fn f( {\n"}) as (workspace, client):
        uri = client.open(workspace, LIB)
        client.wait_for_check()
        client.wait_for_findings(uri)
        expect(not client.of("window/logMessage"), str(client.of("window/logMessage")))


CASES = (malformed, lengths, order, parameters, positions, elsewhere, long_line, no_manifest, broken_manifest, no_cargo,
         no_rustc, cargo_in_its_own_folder, old_compiler, does_not_parse)
