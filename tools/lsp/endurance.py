"""Clients and servers that die, and several at once."""

import os
import pathlib
import signal
import time

from client import CLEAN, GUARD, PATIENCE, Client, Workspace, checked, conversation, expect

LIB = "src/lib.rs"
SLOW = 'fn main() { println!("cargo:rerun-if-changed=slow");\n' \
       '    if std::path::Path::new("slow").exists() {\n' \
       '        std::thread::sleep(std::time::Duration::from_secs(40)); } }\n'


def processes_in(folder):
    """Whatever runs with something in that folder: by its arguments, or by where it stands."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            arguments = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if not arguments:
                continue  # ended, and not waited for
            if str(folder) in arguments or os.readlink(entry / "cwd").startswith(str(folder)):
                found[int(entry.name)] = arguments[:100]
        except OSError:
            pass
    return found


def expect_nothing_left(folder, seconds=2.0):
    end = time.monotonic() + seconds
    while (left := processes_in(folder)) and time.monotonic() < end:
        time.sleep(0.05)
    expect(not left, lambda: f"still there after {seconds} s: {left}")


def runs(client, workspace, word):
    """Waits until a process of the workspace is there with the word in its command."""
    end = time.monotonic() + PATIENCE
    while not any(word in command for command in processes_in(workspace.folder).values()):
        expect(time.monotonic() < end, f"no `{word}` runs")
        client.settle(0.05)


def two_clients():
    workspace = Workspace()
    clients = [Client().start(workspace.folder) for _ in range(2)]
    try:
        uris = [client.open(workspace, LIB) for client in clients]
        for client, uri in zip(clients, uris):
            client.wait_for_check()
            client.wait_for_findings(uri, "guard_across_await")
        # Both have the same fix; the one that comes second is about another text.
        first, second = clients
        edit = first.actions(uris[0], "guard = total")[0]["edit"]
        text = first.apply(edit)[uris[0]]
        first.change(uris[0], first.texts[uris[0]], text)
        first.save(workspace, uris[0])
        second.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uris[1], "type": 2}]})
        second.until("the finding's end", lambda: not second.published(uris[1])["diagnostics"])
        expect(all("edit" not in action for action in second.actions(uris[1], "guard = total")), "the same edit twice")
        for client in clients:
            client.wait_for_check(2)
            client.close()
        expect_nothing_left(workspace.folder)
    finally:
        for client in clients:
            client.process.kill()
        workspace.close()


def fixed_twice():
    """An edit that was applied is not offered for the text that it made."""
    with checked() as (workspace, client, uri):
        action = client.actions(uri, "guard = total")[0]
        text = client.apply(action["edit"])[uri]
        client.change(uri, client.texts[uri], text)
        for again in client.actions(uri, "guard = total"):
            if "data" in again:
                answer = client.answer(client.ask("codeAction/resolve", again))
                expect("error" in answer, str(answer))
            else:
                expect("edit" not in again, "the same edit, once more")


def client_dies():
    with conversation({"build.rs": SLOW, "slow": ""}) as (workspace, client):
        client.until("the check's begin", lambda: client.of("$/progress"))
        runs(client, workspace, "build-script")
        client.process.stdin.close()
        expect(client.process.wait(5) is not None, "the server lives on")
        expect_nothing_left(workspace.folder)


def shut_down_in_mid_check():
    with conversation({"build.rs": SLOW, "slow": ""}) as (workspace, client):
        runs(client, workspace, "build-script")
        client.shut_down()
        expect_nothing_left(workspace.folder)


def killed(delay):
    """Killed so long after the start: nothing is left, and the next server finds the same."""
    workspace = Workspace()
    client = Client().start(workspace.folder)
    try:
        client.open(workspace, LIB)
        time.sleep(delay)
        client.process.send_signal(signal.SIGKILL)
        client.process.wait()
        expect_nothing_left(workspace.folder)
        again = Client().start(workspace.folder)
        try:
            uri = again.open(workspace, LIB)
            again.wait_for_check()
            again.wait_for_findings(uri, "guard_across_await")
            offered = [action for action in again.actions(uri, "guard = total") if "edit" in action]
            expect(offered and workspace.compiles(LIB, again.apply(offered[0]["edit"])[uri]), "no fix")
            again.close()
            left = list((workspace.folder / "target/async-analyzer/just-async").glob("run-*"))
            expect(not left, lambda: f"folders of runs are left: {left}")
        finally:
            again.process.kill()
    finally:
        client.process.kill()
        workspace.close()


def killed_in_mid_check():
    for delay in (0.1, 0.4, 0.8, 1.2):
        killed(delay)


def killed_with_a_slow_build():
    workspace = Workspace({"build.rs": SLOW, "slow": ""})
    client = Client().start(workspace.folder)
    try:
        runs(client, workspace, "build-script")
        client.process.send_signal(signal.SIGKILL)
        client.process.wait()
        expect_nothing_left(workspace.folder)
    finally:
        client.process.kill()
        workspace.close()


def many_edits_during_checks():
    """Saves in quick succession: each check ends the one before, and the last one counts."""
    with checked() as (workspace, client, uri):
        for round_number in range(6):
            client.change(uri, client.texts[uri], CLEAN if round_number % 2 == 0 else GUARD)
            client.save(workspace, uri)
        client.wait_for_check(7)
        client.wait_for_findings(uri, "guard_across_await")
        client.change(uri, GUARD, CLEAN)
        client.save(workspace, uri)
        client.wait_for_findings(uri)


CASES = (two_clients, fixed_twice, client_dies, shut_down_in_mid_check, killed_in_mid_check, killed_with_a_slow_build,
         many_edits_during_checks)
