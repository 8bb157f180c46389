"""A client of the language server, and the small workspace that conversations are about."""

import contextlib
import json
import os
import pathlib
import queue
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = ROOT / "build/bin/async-analyzer"
PATIENCE = 120  # seconds; a machine that does much else is slow

# What a modern editor can do.
ABLE = {
    "general": {"positionEncodings": ["utf-16", "utf-8"]},
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "codeDescriptionSupport": True, "versionSupport": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}, "dataSupport": True,
                       "disabledSupport": True, "isPreferredSupport": True,
                       "resolveSupport": {"properties": ["edit"]}},
        "hover": {"contentFormat": ["markdown"]}},
    "workspace": {"workspaceEdit": {"documentChanges": True, "changeAnnotationSupport": {}}},
    "window": {"workDoneProgress": True},
}

MANIFEST = '[package]\nname = "sample"\nversion = "0.1.0"\nedition = "2021"\n\n[workspace]\n'

# A guard that lives across an await, and a future that has to be `Send`.
GUARD = """\
use std::future::Future;
use std::sync::Mutex;

pub fn spawn(_future: impl Future<Output = ()> + Send) {}

pub async fn tick() {}

pub async fn count(total: &Mutex<u32>) {
    let mut guard = total.lock().unwrap();
    *guard += 1;
    tick().await;
}

pub fn start(total: &'static Mutex<u32>) {
    spawn(count(total));
}
"""
CLEAN = GUARD.replace("    let mut guard = total.lock().unwrap();\n    *guard += 1;\n",
                      "    *total.lock().unwrap() += 1;\n")


class Failure(Exception):
    pass


def expect(holds, what):
    if not holds:
        raise Failure(what() if callable(what) else what)


def uri_of(path):
    return "file://" + urllib.parse.quote(str(path))


class Workspace:
    """A folder with a cargo project; gone when it is closed."""

    def __init__(self, files=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lsp-"))
        for name, text in ({"Cargo.toml": MANIFEST, "src/lib.rs": GUARD} | (files or {})).items():
            if text is not None:
                self.write(name, text)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, newline="")

    def read(self, name):
        return (self.folder / name).read_text()

    def uri(self, name):
        return uri_of(self.folder / name)

    def compiles(self, name, text):
        """Whether the program compiles with that text; asked of cargo itself, beside the server."""
        copy = pathlib.Path(tempfile.mkdtemp(prefix="lsp-copy-"))
        try:
            shutil.copytree(self.folder, copy / "w", ignore=shutil.ignore_patterns("target"))
            (copy / "w" / name).write_text(text, newline="")
            done = subprocess.run(["cargo", "check", "-q", "--offline", "--all-targets"], cwd=copy / "w",
                                  capture_output=True, text=True)
            return done.returncode == 0
        finally:
            shutil.rmtree(copy, ignore_errors=True)

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class Client:
    def __init__(self, program=PROGRAM, env=None, settings=None):
        self.stderr = tempfile.TemporaryFile()
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=self.stderr, env=env)
        self.settings = settings  # the answer to `workspace/configuration`
        self.incoming = queue.Queue()
        self.told = []  # what the server said without being asked
        self.answers = {}
        self.texts = {}
        self.versions = {}
        self.last_id = 0
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        stream = self.process.stdout
        while True:
            length = None
            while line := stream.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if length is None:
                self.incoming.put(None)
                return
            self.incoming.put((time.monotonic(), json.loads(stream.read(length))))

    # Sending.

    def send_bytes(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        body = json.dumps(message).encode()
        self.send_bytes(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def tell(self, method, params=None):
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method, params=None):
        self.last_id += 1
        self.send({"jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params})
        return self.last_id

    # Waiting.

    def _take(self, timeout):
        try:
            item = self.incoming.get(timeout=timeout)
        except queue.Empty:
            return False
        expect(item is not None, lambda: f"the server is gone: {self.process.wait()}; {self._last_words()}")
        at, message = item
        if "method" in message and "id" in message:
            result = None
            if message["method"] == "workspace/configuration":
                result = [self.settings for _ in message["params"]["items"]]
            self.send({"jsonrpc": "2.0", "id": message["id"], "result": result})
        if "method" in message:
            message["at"] = at
            self.told.append(message)
        else:
            self.answers[json.dumps(message["id"])] = message
        return True

    def _last_words(self):
        self.stderr.seek(0)
        return self.stderr.read()[-2000:].decode(errors="replace")

    def until(self, what, condition, timeout=PATIENCE):
        end = time.monotonic() + timeout
        while not (found := condition()):
            left = end - time.monotonic()
            if left <= 0 or (not self._take(left) and time.monotonic() >= end):
                raise Failure(f"waited in vain for {what}; last told: {json.dumps(self.told[-4:])[:1500]}")
        return found

    def settle(self, seconds=0.3):
        """Takes what comes until nothing has come for so long."""
        while self._take(seconds):
            pass

    def answer(self, number, timeout=PATIENCE):
        return self.until(f"the answer to {number}", lambda: self.answers.pop(json.dumps(number), None), timeout)

    def result(self, method, params=None, timeout=PATIENCE):
        answer = self.answer(self.ask(method, params), timeout)
        expect("result" in answer, lambda: f"{method}: expected a result, found {answer}")
        return answer["result"]

    def error(self, method, params=None):
        answer = self.answer(self.ask(method, params))
        expect("error" in answer, lambda: f"{method}: expected an error, found {answer}")
        return answer["error"]["code"]

    def of(self, method):
        return [message["params"] for message in self.told if message["method"] == method]

    # The life of a conversation.

    def start(self, *folders, capabilities=ABLE, **more):
        self.hello = self.result("initialize", {
            "processId": os.getpid(), "rootUri": uri_of(folders[0]) if folders else None,
            "workspaceFolders": [{"uri": uri_of(folder), "name": folder.name} for folder in folders] or None,
            "capabilities": capabilities} | more)
        self.tell("initialized", {})
        return self

    def shut_down(self):
        self.result("shutdown")
        self.tell("exit")
        code = self.process.wait(10)
        expect(code == 0, f"the exit code is {code}")

    def close(self):
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise Failure("the server does not end with its client") from None

    # Documents.

    def open(self, workspace, name, text=None):
        uri = workspace.uri(name)
        self.texts[uri] = workspace.read(name) if text is None else text
        self.versions[uri] = 1
        self.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "rust", "version": 1,
                                                            "text": self.texts[uri]}})
        return uri

    def position(self, uri, needle, offset=0):
        """Where the text stands in the document, in UTF-16 units."""
        at = self.texts[uri].index(needle) + offset
        before = self.texts[uri][:at]
        line = before.rpartition("\n")[2]
        return {"line": before.count("\n"), "character": len(line.encode("utf-16-le")) // 2}

    def change(self, uri, old, new):
        """Replaces the first `old` in the document."""
        start = self.position(uri, old)
        end = self.position(uri, old, len(old))
        self.versions[uri] += 1
        self.texts[uri] = self.texts[uri].replace(old, new, 1)
        self.tell("textDocument/didChange", {
            "textDocument": {"uri": uri, "version": self.versions[uri]},
            "contentChanges": [{"range": {"start": start, "end": end}, "text": new}]})

    def save(self, workspace, uri):
        path = pathlib.Path(urllib.parse.unquote(uri.removeprefix("file://")))
        path.write_text(self.texts[uri], newline="")
        self.tell("textDocument/didSave", {"textDocument": {"uri": uri}})

    def apply(self, edit, only=None):
        """The texts of documents after a workspace edit, which nothing is written of. Refuses an
        edit of another version of a document, as an editor does."""
        changed = {}
        for change in edit["documentChanges"]:
            uri, version = change["textDocument"]["uri"], change["textDocument"]["version"]
            expect(version in (None, self.versions.get(uri)), lambda: f"an edit of version {version} of {uri}")
            lines = self.texts[uri].splitlines(keepends=True) + [""]

            def offset(position):
                line = lines[position["line"]].encode("utf-16-le")[:2 * position["character"]]
                return sum(map(len, lines[:position["line"]])) + len(line.decode("utf-16-le"))

            text = self.texts[uri]
            edits = sorted(change["edits"], key=lambda one: offset(one["range"]["start"]), reverse=True)
            for one in edits:
                start, end = offset(one["range"]["start"]), offset(one["range"]["end"])
                text = text[:start] + one["newText"] + text[end:]
            changed[uri] = text
        return changed

    def actions(self, uri, needle, only=None, offset=0):
        place = self.position(uri, needle, offset)
        context = {"diagnostics": []} | ({"only": only} if only else {})
        return self.result("textDocument/codeAction", {"textDocument": {"uri": uri},
                                                       "range": {"start": place, "end": place}, "context": context})

    # What the server says.

    def checks_ended(self):
        return sum(progress["value"]["kind"] == "end" for progress in self.of("$/progress"))

    def wait_for_check(self, ended=1):
        self.until(f"the end of check {ended}", lambda: self.checks_ended() >= ended)

    def published(self, uri):
        """The last diagnostics of a file; none where none were published."""
        found = [one for one in self.of("textDocument/publishDiagnostics") if one["uri"] == uri]
        return found[-1] if found else None

    def wait_for_findings(self, uri, *codes, timeout=PATIENCE):
        def holds():
            last = self.published(uri)
            found = sorted(one["code"] for one in last["diagnostics"]) if last else []
            return (last or True) if found == sorted(codes) else None
        return self.until(f"{list(codes)} in {uri}", holds, timeout)


@contextlib.contextmanager
def conversation(files=None, start=True, env=None, settings=None, capabilities=ABLE, **more):
    """A workspace, and a client that has greeted the server in it."""
    workspace = Workspace(files)
    client = None
    try:
        client = Client(env=env, settings=settings)
        if start:
            client.start(workspace.folder, capabilities=capabilities, **more)
        yield workspace, client
        client.close()
    finally:
        if client is not None and client.process.poll() is None:
            client.process.kill()
        workspace.close()


@contextlib.contextmanager
def checked(files=None, name="src/lib.rs", **more):
    """As `conversation`, with a document open and the first check over."""
    with conversation(files, **more) as (workspace, client):
        uri = client.open(workspace, name)
        client.wait_for_check()
        yield workspace, client, uri
