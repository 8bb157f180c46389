"""A client of the language server protocol that is as small as its users here allow: it starts a server, opens and
saves documents, keeps the diagnostics that come, and applies edits to the files on disk."""

import json
import pathlib
import queue
import subprocess
import threading
import time
import urllib.parse

SECONDS = 180


class ServerFailure(Exception):
    """The server did not do what was waited for; the text says what."""


def uri_of(path):
    return pathlib.Path(path).as_uri()


def path_of(uri):
    return pathlib.Path(urllib.parse.unquote(urllib.parse.urlsplit(uri).path))


class Client:
    def __init__(self, command, root, env, options, section="", log=subprocess.DEVNULL):
        """`options` are the initialization options, and the answer to questions about `section`."""
        self.options, self.section = options, section
        self.process = subprocess.Popen([str(word) for word in command], cwd=root, env=env, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=log)
        self.incoming = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()
        self.last_id = 0
        self.versions = {}
        self.diagnostics = {}  # path to the last list
        self.progress = []     # what was told of it, in order
        folder = {"uri": uri_of(root), "name": pathlib.Path(root).name}
        self.capabilities = self.request("initialize", {
            "processId": None, "rootUri": folder["uri"], "workspaceFolders": [folder],
            "initializationOptions": options, "capabilities": {
                "workspace": {"configuration": True, "workspaceFolders": True, "applyEdit": True,
                              "workspaceEdit": {"documentChanges": True}, "didChangeConfiguration": {}},
                "window": {"workDoneProgress": True},
                "textDocument": {
                    "synchronization": {"didSave": True},
                    "publishDiagnostics": {"relatedInformation": True, "versionSupport": True, "dataSupport": True,
                                           "codeDescriptionSupport": True},
                    "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": [
                        "", "quickfix", "refactor", "refactor.rewrite", "source", "source.fixAll"]}},
                        "isPreferredSupport": True, "disabledSupport": True, "dataSupport": True,
                        "resolveSupport": {"properties": ["edit"]}}}}})["capabilities"]
        self.notify("initialized", {})

    def read(self):
        stream = self.process.stdout
        while True:
            length = 0
            while (line := stream.readline()) not in (b"", b"\r\n"):
                name, _, value = line.decode("ascii").partition(":")
                if name.lower() == "content-length":
                    length = int(value)
            if line == b"":
                self.incoming.put(None)
                return
            self.incoming.put(json.loads(stream.read(length)))

    def send(self, message):
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def request(self, method, params):
        self.last_id += 1
        mine = self.last_id
        self.send({"id": mine, "method": method, "params": params})
        answer = []

        def is_answered(message):
            if message.get("id") == mine and "method" not in message:
                answer.append(message)
            return bool(answer)

        self.pump(is_answered, f"the answer to {method}")
        if "error" in answer[0]:
            raise ServerFailure(f"{method}: {answer[0]['error']}")
        return answer[0]["result"]

    def pump(self, is_enough, what, seconds=SECONDS):
        """Takes messages until one is enough."""
        end = time.monotonic() + seconds
        while True:
            try:
                message = self.incoming.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise ServerFailure(f"{what} did not come within {seconds} s; diagnostics: {self.diagnostics}") from None
            if message is None:
                raise ServerFailure(f"the server ended before {what}, exit code {self.process.wait()}")
            self.take(message)
            if is_enough(message):
                return message

    def take(self, message):
        method, params = message.get("method"), message.get("params")
        if method == "textDocument/publishDiagnostics":
            self.diagnostics[path_of(params["uri"])] = params["diagnostics"]
        elif method == "$/progress":
            self.progress.append(params)
        elif method is not None and "id" in message:
            result = None
            if method == "workspace/configuration":
                result = [self.options if item.get("section", "") == self.section else None for item in params["items"]]
            self.send({"id": message["id"], "result": result})

    def open(self, path):
        self.versions[path] = 1
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": uri_of(path), "languageId": "rust", "version": 1, "text": read(path)}})

    def save(self, path, text):
        """Changes the document, and writes it."""
        self.versions[path] += 1
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": uri_of(path), "version": self.versions[path]}, "contentChanges": [{"text": text}]})
        write(path, text)
        self.notify("textDocument/didSave", {"textDocument": {"uri": uri_of(path)}})

    def wait_for(self, path, is_right, what, seconds=SECONDS):
        """The diagnostics of a file, once they are `is_right`."""
        def look(_=None):
            return path in self.diagnostics and is_right(self.diagnostics[path])
        if not look():
            self.pump(look, what, seconds)
        return self.diagnostics[path]

    def actions(self, path, range_, only=None):
        there = [it for it in self.diagnostics.get(path, []) if touches(it["range"], range_)]
        context = {"diagnostics": there, **({"only": only} if only else {})}
        return self.request("textDocument/codeAction", {"textDocument": {"uri": uri_of(path)}, "range": range_,
                                                        "context": context}) or []

    def close(self):
        try:
            self.request("shutdown", None)
            self.notify("exit", None)
            return self.process.wait(20)
        except (ServerFailure, OSError, subprocess.TimeoutExpired):
            self.process.kill()
            return self.process.wait()


def touches(one, other):
    def place(position):
        return position["line"], position["character"]
    return place(one["start"]) <= place(other["end"]) and place(other["start"]) <= place(one["end"])


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def edits_of(workspace_edit):
    """Path to [(range, text)]."""
    found = {}
    for uri, edits in (workspace_edit.get("changes") or {}).items():
        found.setdefault(path_of(uri), []).extend(edits)
    for change in workspace_edit.get("documentChanges") or []:
        found.setdefault(path_of(change["textDocument"]["uri"]), []).extend(change["edits"])
    return {path: [((tuple(edit["range"]["start"][key] for key in ("line", "character")),
                     tuple(edit["range"]["end"][key] for key in ("line", "character"))), edit["newText"])
                   for edit in edits] for path, edits in found.items()}
