"""What the server can do, one conversation for each, with the real cargo and rustc."""

import copy
import pathlib
import subprocess
import tempfile

from client import ABLE, CLEAN, GUARD, MANIFEST, PROGRAM, Client, Workspace, checked, conversation, expect, uri_of

LIB = "src/lib.rs"
RECURSION = """\
pub async fn depth(left: u32) -> u32 {
    if left == 0 {
        return 0;
    }
    depth(left - 1).await + 1
}
"""


def kinds(actions):
    return sorted(action["kind"] for action in actions)


def without(*path):
    able = copy.deepcopy(ABLE)
    at = able
    for name in path[:-1]:
        at = at[name]
    del at[path[-1]]
    return able


def with_(path, value):
    able = copy.deepcopy(ABLE)
    at = able
    for name in path[:-1]:
        at = at.setdefault(name, {})
    at[path[-1]] = value
    return able


def initialize():
    """UTF-8 where it is offered, UTF-16 otherwise; and positions are counted so."""
    text = GUARD.replace("let mut guard", '/* \u00e9\U0001f600 */ let mut guard')
    for capabilities, encoding, column in ((ABLE, "utf-8", 21), (without("general"), "utf-16", 18)):
        with checked({LIB: text}, capabilities=capabilities) as (_, client, uri):
            given = client.hello["capabilities"]
            expect(given["positionEncoding"] == encoding, str(given))
            expect(given["textDocumentSync"]["change"] == 2, str(given))
            expect(not {"completionProvider", "renameProvider", "definitionProvider",
                        "documentFormattingProvider"} & set(given), str(given))
            found = client.wait_for_findings(uri, "guard_across_await")["diagnostics"][0]
            expect(found["range"]["start"] == {"line": 8, "character": column}, str(found["range"]))


def push():
    with checked() as (_, client, uri):
        published = client.wait_for_findings(uri, "guard_across_await")
        found = published["diagnostics"][0]
        expect(published["version"] == 1 and found["source"] == "just-async" and found["severity"] == 1, str(published))
        expect(found["codeDescription"]["href"].endswith("guard_across_await.md"), str(found))
        expect(len(found["relatedInformation"]) == 2, str(found))
        expect("(the compiler accepts this)" in found["message"], found["message"])
        client.change(uri, "use std::future", "\nuse std::future")
        moved = client.until("the moved finding", lambda: client.published(uri)["version"] == 2 and client.published(uri))
        expect(moved["diagnostics"][0]["range"]["start"]["line"] == 9, str(moved))
        client.change(uri, "tick().await", "tick().await.x")
        client.settle()
        client.shut_down()


def push_to_plain_client():
    """One that knows nothing of what is newer than the first protocol."""
    with checked(capabilities={"textDocument": {}, "window": {"workDoneProgress": True}}) as (_, client, uri):
        found = client.wait_for_findings(uri, "guard_across_await")["diagnostics"][0]
        expect("relatedInformation" not in found and "codeDescription" not in found, str(found))
        expect("still held at this await" in found["message"], found["message"])
        expect(client.actions(uri, "guard = total") == [], "actions for a client that knows only commands")


def pull():
    able = with_(["textDocument", "diagnostic"], {"relatedDocumentSupport": True})
    able["workspace"]["diagnostics"] = {"refreshSupport": True}
    files = {LIB: "pub mod one;\npub mod two;\n", "src/one.rs": GUARD, "src/two.rs": GUARD}
    with conversation(files, capabilities=able) as (workspace, client):
        one, two = client.open(workspace, "src/one.rs"), client.open(workspace, "src/two.rs")
        client.wait_for_check()
        expect(client.of("workspace/diagnostic/refresh"), "the client is not told to ask")
        full = client.result("textDocument/diagnostic", {"textDocument": {"uri": one}})
        expect(full["kind"] == "full" and len(full["items"]) == 1, str(full))
        expect(len(full["relatedDocuments"][two]["items"]) == 1, str(full))
        same = client.result("textDocument/diagnostic", {"textDocument": {"uri": one}, "previousResultId": full["resultId"]})
        expect(same == {"kind": "unchanged", "resultId": full["resultId"]}, str(same))
        client.change(one, "use std::future", "\nuse std::future")
        other = client.result("textDocument/diagnostic", {"textDocument": {"uri": one}, "previousResultId": full["resultId"]})
        expect(other["kind"] == "full" and other["resultId"] != full["resultId"], str(other))
        expect(all(not one["diagnostics"] for one in client.of("textDocument/publishDiagnostics")), "pushed as well")


def quickfix():
    with checked() as (workspace, client, uri):
        actions = client.actions(uri, "guard = total")
        quick = [action for action in actions if action["kind"] == "quickfix"]
        expect(sum(action.get("isPreferred", False) for action in quick) == 1, str(actions))
        expect(all(action["diagnostics"][0]["code"] == "guard_across_await" for action in quick), str(actions))
        offered = [action for action in quick if "edit" in action]
        expect(offered, str(actions))
        for action in offered:
            text = client.apply(action["edit"])[uri]
            expect(workspace.compiles(LIB, text), lambda: f"{action['title']} does not compile:\n{text}")
        for action in quick:
            expect(("edit" in action) != ("disabled" in action), str(action))
        expect(client.actions(uri, "tick() {}", only=["quickfix"]) == [], "a quick fix elsewhere")
        expect(client.actions(uri, "guard = total", only=["refactor"]) == [], "a quick fix is no refactoring")


def disabled():
    """An alternative that the compiler refuses is shown with its reason, where the client can."""
    text = GUARD.replace("    tick().await;\n", "    tick().await;\n    *guard += 2;\n")
    for able in (ABLE, without("textDocument", "codeAction", "disabledSupport")):
        with checked({LIB: text}, capabilities=able) as (_, client, uri):
            actions = client.actions(uri, "guard = total")
            refused = [action for action in actions if "disabled" in action]
            expect(all(action["disabled"]["reason"] and "edit" not in action for action in refused), str(actions))
            expect(able is ABLE or not refused, str(actions))


def resolve_unsaved():
    """The compiler is asked about the text in the editor, not the one on disk."""
    with checked() as (workspace, client, uri):
        client.change(uri, "pub async fn tick() {}", "pub async fn tick() {}\n\npub fn more() {}")
        action = client.actions(uri, "guard = total")[0]
        expect("edit" not in action and "data" in action, str(action))
        done = client.result("codeAction/resolve", action)
        text = client.apply(done["edit"])[uri]
        expect("more()" in text and workspace.compiles(LIB, text), text)
        expect("more()" not in workspace.read(LIB), "the file was written")


def resolve_refused():
    """What no longer compiles in the text as it is, is no edit."""
    with checked() as (workspace, client, uri):
        client.change(uri, "}\n\npub fn start", "    *guard += 2;\n}\n\npub fn start")
        actions = [action for action in client.actions(uri, "guard = total") if "data" in action]
        expect(actions, "nothing to resolve")
        answers = [client.answer(client.ask("codeAction/resolve", action)) for action in actions]
        expect(any("error" in answer for answer in answers), str(answers))
        for answer in answers:
            if "result" in answer:
                text = client.apply(answer["result"]["edit"])[uri]
                expect(workspace.compiles(LIB, text), text)


def stale():
    with checked() as (_, client, uri):
        client.change(uri, "pub async fn tick() {}", "pub async fn tick() {}\n")
        action = client.actions(uri, "guard = total")[0]
        client.change(uri, "pub async fn tick() {}", "pub async fn tick() {}\n")
        expect(client.error("codeAction/resolve", action) == -32801, "a stale action was resolved")
        action = client.actions(uri, "guard = total")[0]
        number = client.ask("codeAction/resolve", action)
        client.change(uri, "pub async fn tick() {}", "pub async fn tick() {}\n")
        answer = client.answer(number)
        expect(answer.get("error", {}).get("code") == -32801, str(answer))


def fix_all():
    with checked() as (workspace, client, uri):
        expect("source.fixAll.justAsync" not in kinds(client.actions(uri, "guard = total")), "offered unasked")
        for only in ("source.fixAll.justAsync", "source.fixAll", "source"):
            actions = client.actions(uri, "use std::future", only=[only])
            expect(kinds(actions) == ["source.fixAll.justAsync"], str(actions))
        text = client.apply(actions[0]["edit"])[uri]
        expect(workspace.compiles(LIB, text), text)
        client.change(uri, client.texts[uri], text)
        client.save(workspace, uri)
        client.wait_for_findings(uri)
        client.wait_for_check(2)
        expect(client.actions(uri, "use std::future", only=["source"]) == [], "again, though all is mended")


def fix_all_of_two():
    """Fixes that were tried one by one are tried together before they are given out."""
    text = GUARD + GUARD.split("pub async fn tick() {}\n")[1].replace("count", "other").replace("start", "begin")
    with checked({LIB: text}) as (workspace, client, uri):
        action, = client.actions(uri, "use std::future", only=["source.fixAll"])
        if "edit" not in action:
            action = client.result("codeAction/resolve", action)
        expect(workspace.compiles(LIB, client.apply(action["edit"])[uri]), "the two do not compile")


def refactor(text, needle, offset=0, contains="", files=None):
    with checked({LIB: text} | (files or {})) as (workspace, client, uri):
        actions = [action for action in client.actions(uri, needle, offset=offset)
                   if action["kind"] == "refactor.rewrite.justAsync" and "through its callers" not in action["title"]]
        expect(len(actions) == 1, lambda: f"expected one refactoring, found {actions}")
        expect("edit" not in actions[0], "an edit that nobody tried")
        done = client.result("codeAction/resolve", actions[0])
        changed = client.apply(done["edit"])[uri]
        expect(contains in changed and changed != text, changed)
        expect(workspace.compiles(LIB, changed), changed)


def refactor_recursion():
    text = RECURSION.replace("depth(left - 1).await", "Box::pin(depth(left - 1)).await")
    with checked({LIB: text}) as (_, client, uri):  # boxed already
        expect(client.actions(uri, "await", only=["refactor"]) == [], "boxed twice")
    refactor(RECURSION, "await", contains="Box::pin(")


def refactor_trait_method():
    refactor("pub trait Store {\n    async fn load(&self) -> u32;\n}\n", "load", contains="Send")


def refactor_closure():
    text = "pub async fn work() -> u32 {\n    let double = |x: u32| x * 2;\n    double(2)\n}\n"
    refactor(text, "|x: u32|", contains="async ")


def refactor_that_fails():
    """One that would not compile is refused with the compiler's reason."""
    text = "pub fn work() -> u32 {\n    let double = |x: u32| x * 2;\n    double(2)\n}\n"
    with checked({LIB: text}) as (_, client, uri):
        actions = client.actions(uri, "|x: u32|", offset=1, only=["refactor"])
        expect(len(actions) == 1, str(actions))
        answer = client.answer(client.ask("codeAction/resolve", actions[0]))
        expect(answer.get("error", {}).get("code") == -32803, str(answer))


SHOP = {
    LIB: "pub mod price;\npub mod cart;\n",
    "src/price.rs": "/// In cents.\npub fn price(item: &str) -> u32 {\n    item.len() as u32 * 100\n}\n",
    "src/cart.rs": "use crate::price::price;\n\npub fn total(items: &[&str]) -> u32 {\n    let mut sum = 0;\n"
                   "    for item in items {\n        sum += price(item);\n    }\n    sum\n}\n",
    "tests/shop.rs": "#[test]\nfn two() {\n    assert_eq!(sample::cart::total(&[\"tea\", \"milk\"]), 700);\n}\n",
}


def through_callers(client, uri, needle, offset=0):
    """The one action that changes a function through its callers, which has no edit yet."""
    found = [action for action in client.actions(uri, needle, offset=offset, only=["refactor"])
             if "through its callers" in action["title"]]
    expect(len(found) == 1 and "edit" not in found[0], lambda: f"expected one such action, found {found}")
    return found[0]


def logged(client, text):
    return any(text in one["message"] for one in client.of("window/logMessage"))


def change_through_callers():
    """A leaf becomes async, and what calls it in a file with unsaved text and in one that is not open; then back."""
    with conversation(SHOP) as (workspace, client):
        price, cart = client.open(workspace, "src/price.rs"), client.open(workspace, "src/cart.rs")
        client.wait_for_check()
        client.change(cart, "    let mut sum = 0;\n", "    let mut sum = 7;\n    sum -= 7;\n")
        client.change(cart, "pub fn total", "pub fn none() -> u32 {\n    crate::price::price(\"\")\n}\n\npub fn total")
        action = through_callers(client, price, "pub fn price")
        expect(action["title"] == "Make `price` async, through its callers", str(action))
        edit = client.result("codeAction/resolve", action)["edit"]
        expect(logged(client, "total"), "the plan was not shown")
        test = workspace.uri("tests/shop.rs")
        versions = {change["textDocument"]["uri"]: change["textDocument"]["version"] for change in edit["documentChanges"]}
        expect(versions == {price: 1, cart: 3, test: None}, str(versions))
        client.texts[test] = workspace.read("tests/shop.rs")
        changed = client.apply(edit)
        expect("pub async fn price(item" in changed[price], changed[price])
        expect("sum -= 7;" in changed[cart] and "sum += price(item).await;" in changed[cart], changed[cart])
        expect("price(\"\").await" in changed[cart] and "pub async fn none" in changed[cart], changed[cart])
        expect(all(workspace.read(name) == text for name, text in SHOP.items()), "a file was written")
        for change in edit["documentChanges"]:
            for one in change["edits"]:
                lines = one["range"]["end"]["line"] - one["range"]["start"]["line"]
                expect(lines == 0 or change["textDocument"]["uri"] == test, f"more than a word is replaced: {one}")
        workspace.write("tests/shop.rs", changed.pop(test))
        for uri, text in changed.items():
            client.change(uri, client.texts[uri], text)
            client.save(workspace, uri)
        done = subprocess.run(["cargo", "test", "-q", "--offline"], cwd=workspace.folder, capture_output=True, text=True)
        expect(done.returncode == 0, done.stdout + done.stderr)

        action = through_callers(client, price, "async fn price")
        expect(action["title"] == "Take `async` from `price`, through its callers", str(action))
        changed = client.apply(client.result("codeAction/resolve", action)["edit"])
        expect("pub fn price(item" in changed[price] and "sum += price(item);" in changed[cart], str(changed))
        expect("async" not in changed[cart], changed[cart])


def change_begun_by_hand():
    """`async` was typed at a leaf: from its head the rest follows in all files."""
    begun = SHOP | {"src/price.rs": SHOP["src/price.rs"].replace("pub fn price", "pub async fn price")}
    with conversation(begun) as (workspace, client):
        price, cart = client.open(workspace, "src/price.rs"), client.open(workspace, "src/cart.rs")
        client.wait_for_check()
        action = through_callers(client, price, "async fn price")
        expect(action["title"] == "Carry the `async` of `price` through its callers", str(action))
        edit = client.result("codeAction/resolve", action)["edit"]
        client.texts[workspace.uri("tests/shop.rs")] = workspace.read("tests/shop.rs")
        changed = client.apply(edit)
        expect(price not in changed and "sum += price(item).await;" in changed[cart], str(changed))
        for uri, text in changed.items():
            workspace.write("src/cart.rs" if uri == cart else "tests/shop.rs", text)
        done = subprocess.run(["cargo", "test", "-q", "--offline"], cwd=workspace.folder, capture_output=True, text=True)
        expect(done.returncode == 0, done.stdout + done.stderr)
        # At a function that nothing is wrong with.
        client.change(cart, "pub fn total", "pub async fn ready() {}\n\npub fn total")
        answer = client.answer(client.ask("codeAction/resolve", through_callers(client, cart, "async fn ready")))
        expect(answer.get("error", {}).get("code") == -32803, str(answer))


def change_is_stopped():
    """What cannot follow is named with its place, and nothing is given out."""
    text = "fn leaf() -> u8 {\n    0\n}\n\nmacro_rules! make {\n    ($name:ident) => {\n" \
           "        pub fn $name() -> u8 {\n            leaf()\n        }\n    };\n}\n\nmake!(made);\n"
    with checked({LIB: text}) as (_, client, uri):
        answer = client.answer(client.ask("codeAction/resolve", through_callers(client, uri, "fn leaf")))
        expect(answer.get("error", {}).get("code") == -32803, str(answer))
        said = answer["error"]["message"]
        expect("a function that a macro makes" in said and "src/lib.rs:" in said, said)
        expect(logged(client, said), "the refusal was not logged")


def change_of_what_does_not_compile():
    with checked({LIB: "pub fn leaf() -> u8 {\n    1\n}\n"}) as (_, client, uri):
        client.change(uri, "    1\n", '    "one"\n')
        action = through_callers(client, uri, "pub fn leaf")
        answer = client.answer(client.ask("codeAction/resolve", action))
        expect(answer.get("error", {}).get("code") == -32803, str(answer))
        said = answer["error"]["message"]
        expect(said.startswith("the program does not compile as it is: error[E0308]"), said)


def change_is_overtaken():
    """By an edit, by a save, and by the user who no longer wants it."""
    with conversation(SHOP) as (workspace, client):
        price = client.open(workspace, "src/price.rs")
        client.wait_for_check()
        action = through_callers(client, price, "pub fn price")
        number = client.ask("codeAction/resolve", action)
        client.change(price, "In cents", "In cents,")
        answer = client.answer(number)
        expect(answer.get("error", {}).get("code") == -32801, str(answer))
        expect(client.error("codeAction/resolve", action) == -32801, "a stale action was resolved")
        action = through_callers(client, price, "pub fn price")
        number = client.ask("codeAction/resolve", action)
        client.save(workspace, price)
        answer = client.answer(number)
        expect(answer.get("error", {}).get("code") == -32801, str(answer))
        number = client.ask("codeAction/resolve", action)
        client.tell("$/cancelRequest", {"id": number})
        answer = client.answer(number)
        expect(answer.get("error", {}).get("code") == -32800, str(answer))
        client.told.clear()
        number = client.ask("codeAction/resolve", action)
        begun = client.until("its progress", lambda: [one for one in client.of("$/progress")
                                                      if "change" in one["token"] and one["value"]["kind"] == "begin"])
        client.tell("window/workDoneProgress/cancel", {"token": begun[-1]["token"]})
        answer = client.answer(number)
        expect(answer.get("error", {}).get("code") == -32800, str(answer))
        expect("edit" in client.result("codeAction/resolve", action), "no edit afterwards")


def change_with_an_unread_file():
    """Unsaved text that no target reads stands in nobody's way, whether or not it is a module's."""
    draft_text = "fn old() -> u32 {\n    crate::price::price(\"\")\n}\n"
    for lib in (SHOP[LIB], SHOP[LIB] + '#[cfg(feature = "draft")]\nmod draft;\n'):
        with conversation(SHOP | {LIB: lib, "src/draft.rs": draft_text}) as (workspace, client):
            price, draft = client.open(workspace, "src/price.rs"), client.open(workspace, "src/draft.rs")
            client.wait_for_check()
            client.change(draft, "old", "new")
            edit = client.result("codeAction/resolve", through_callers(client, price, "pub fn price"))["edit"]
            expect(draft not in str(edit), str(edit))
            expect(logged(client, "draft.rs: not compiled") == (lib != SHOP[LIB]), "nothing is said of the module")


def change_in_a_module_that_is_not_saved():
    """Modules are those of the text in the editor."""
    files = SHOP | {"src/extra.rs": "pub fn twice() -> u32 {\n    crate::price::price(\"ab\") * 2\n}\n"}
    with conversation(files) as (workspace, client):
        price, lib = client.open(workspace, "src/price.rs"), client.open(workspace, LIB)
        client.wait_for_check()
        client.change(lib, "pub mod cart;", "pub mod cart;\npub mod extra;")
        edit = client.result("codeAction/resolve", through_callers(client, price, "pub fn price"))["edit"]
        extra = workspace.uri("src/extra.rs")
        changed, = [change for change in edit["documentChanges"] if change["textDocument"]["uri"] == extra]
        expect([one["newText"] for one in changed["edits"]] == ["async ", ".await"], str(changed))


def hover():
    with checked() as (_, client, uri):
        def ask(needle, offset=0):
            return client.result("textDocument/hover", {"textDocument": {"uri": uri},
                                                        "position": client.position(uri, needle, offset)})
        told = ask("await;")
        expect("MutexGuard" in told["contents"]["value"] and told["contents"]["kind"] == "markdown", str(told))
        told = ask("count(total: &")
        expect("waits at 1 place" in told["contents"]["value"], str(told))
        expect("not `Send`" in told["contents"]["value"], str(told))
        expect(ask("async fn count") is not None, "nothing on the keyword")
        expect(ask("guard = total") is None, "a hover on a variable is not ours")
        client.change(uri, "use std::future", "\nuse std::future")
        expect("MutexGuard" in ask("await;")["contents"]["value"], "moved by an edit elsewhere")


def inlay_hints():
    def hints(client, uri):
        whole = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
        return client.result("textDocument/inlayHint", {"textDocument": {"uri": uri}, "range": whole})

    able = with_(["workspace", "inlayHint"], {"refreshSupport": True})
    with checked(capabilities=able) as (_, client, uri):
        expect(hints(client, uri) == [], "on by default")
        client.tell("workspace/didChangeConfiguration", {"settings": {"just-async": {"inlayHints": {"enable": True}}}})
        client.until("the wish to refresh", lambda: client.of("workspace/inlayHint/refresh"))
        hint, = hints(client, uri)
        expect(hint["label"] == "holds guard" and hint["position"] == client.position(uri, "await;", 5), str(hint))


def progress():
    with checked() as (_, client, uri):
        values = [one["value"]["kind"] for one in client.of("$/progress")]
        expect(values[0] == "begin" and values[-1] == "end", str(values))
        expect(len(client.of("window/workDoneProgress/create")) == 1, "not created")


def progress_cancelled():
    """A check that takes long is ended by the user; the next one is whole."""
    build = 'fn main() { if std::env::var_os("SLOW").is_some() || std::path::Path::new("slow").exists() {\n' \
            '    std::thread::sleep(std::time::Duration::from_secs(60)); } }\n'
    with conversation({"build.rs": build, "slow": ""}) as (workspace, client):
        begun = client.until("the check's begin", lambda: client.of("$/progress"))
        client.settle(1)
        client.tell("window/workDoneProgress/cancel", {"token": begun[0]["token"]})
        client.wait_for_check()
        expect(client.of("$/progress")[-1]["value"]["message"] == "stopped", str(client.of("$/progress")))
        (workspace.folder / "slow").unlink()
        client.result("workspace/executeCommand", {"command": "just-async.check"})
        client.wait_for_findings(workspace.uri(LIB), "guard_across_await")


def cancel_request():
    with checked() as (_, client, uri):
        number = client.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": client.position(uri, "await;")})
        client.tell("$/cancelRequest", {"id": number})
        answer = client.answer(number)
        expect(answer.get("error", {}).get("code") == -32800, str(answer))
        expect("MutexGuard" in str(client.result("textDocument/hover", {
            "textDocument": {"uri": uri}, "position": client.position(uri, "await;")})), "no hover afterwards")


def folders():
    one, two = Workspace(), Workspace({"Cargo.toml": MANIFEST.replace("sample", "second")})
    client = Client()
    try:
        client.start(one.folder, two.folder)
        client.wait_for_findings(one.uri(LIB), "guard_across_await")
        client.wait_for_findings(two.uri(LIB), "guard_across_await")
        gone = {"uri": uri_of(two.folder), "name": "two"}
        client.tell("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": [gone]}})
        client.wait_for_findings(two.uri(LIB))
        expect(client.published(one.uri(LIB))["diagnostics"], "the other folder's finding went, too")
        client.tell("workspace/didChangeWorkspaceFolders", {"event": {"added": [gone], "removed": []}})
        client.wait_for_findings(two.uri(LIB), "guard_across_await")
        client.close()
    finally:
        client.process.kill()
        one.close()
        two.close()


def folder_is_below_the_project():
    """Some editors take the file's folder for the workspace."""
    workspace = Workspace()
    client = Client()
    try:
        client.start(workspace.folder / "src")
        uri = client.open(workspace, LIB)
        client.wait_for_findings(uri, "guard_across_await")
        client.close()
    finally:
        client.process.kill()
        workspace.close()


def folder_is_a_link():
    """What cargo says is of the real folder, and the editor's documents are not."""
    workspace = Workspace(SHOP | {"src/lib.rs": SHOP[LIB] + "pub mod guard;\n", "src/guard.rs": GUARD})
    with tempfile.TemporaryDirectory(prefix="lsp-link-") as name:
        link = pathlib.Path(name) / "link"
        link.symlink_to(workspace.folder)
        real, workspace.folder = workspace.folder, link
        client = Client()
        try:
            client.start(link)
            guard, price = client.open(workspace, "src/guard.rs"), client.open(workspace, "src/price.rs")
            client.wait_for_findings(guard, "guard_across_await")
            client.wait_for_check()
            expect("edit" in client.actions(guard, "guard = total")[0], "no fix")
            client.change(guard, GUARD, CLEAN)  # it has to compile
            edit = client.result("codeAction/resolve", through_callers(client, price, "pub fn price"))["edit"]
            names = [change["textDocument"]["uri"].rpartition("/")[2] for change in edit["documentChanges"]]
            expect(sorted(names) == ["cart.rs", "price.rs", "shop.rs"] and price in str(edit), str(edit))
            client.close()
        finally:
            client.process.kill()
            workspace.folder = real
            workspace.close()


def configuration():
    """A feature decides whether there is a finding."""
    manifest = MANIFEST + "\n[features]\nguarded = []\n"
    files = {"Cargo.toml": manifest, LIB: f'#[cfg(feature = "guarded")]\nmod inner {{\n{GUARD}}}\n'}
    for settings in ({"just-async": {"check": {"features": ["guarded"]}}}, {"check": {"features": "all"}}):
        with checked(files) as (_, client, uri):
            client.wait_for_findings(uri)
            client.tell("workspace/didChangeConfiguration", {"settings": settings})
            client.wait_for_findings(uri, "guard_across_await")
            client.tell("workspace/didChangeConfiguration", {"settings": {}})
            client.settle()
            client.wait_for_findings(uri, "guard_across_await")
    able = with_(["workspace", "configuration"], True)
    with checked(files, capabilities=able, settings={"check": {"features": ["guarded"]}}) as (_, client, uri):
        client.wait_for_findings(uri, "guard_across_await")
    with checked(files, capabilities=able, settings=None) as (_, client, uri):
        client.wait_for_findings(uri)
    with checked(capabilities=ABLE, initializationOptions={"check": {"onSave": False}, "surface": 3}) as (_, client, uri):
        expect(any("just-async.surface" in one["message"] for one in client.of("window/logMessage")), "not complained of")


def watched_files():
    able = with_(["workspace", "didChangeWatchedFiles"], {"dynamicRegistration": True})
    with checked(capabilities=able) as (workspace, client, uri):
        expect(client.of("client/registerCapability"), "nothing is watched")
        workspace.write(LIB, CLEAN)
        client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 2}]})
        client.wait_for_findings(uri)
        client.wait_for_check(2)
        ended = client.checks_ended()
        client.tell("workspace/didChangeWatchedFiles", {"changes": [
            {"uri": workspace.uri("target/debug/build/x/out/made.rs"), "type": 2}]})
        client.settle()
        expect(client.checks_ended() == ended, "a check for what a build wrote")


def check_on_save():
    with checked() as (workspace, client, uri):
        client.wait_for_findings(uri, "guard_across_await")
        client.change(uri, client.texts[uri], CLEAN)
        client.save(workspace, uri)
        client.wait_for_findings(uri)
        client.change(uri, CLEAN, GUARD)
        client.save(workspace, uri)
        client.wait_for_findings(uri, "guard_across_await")
    with checked(initializationOptions={"check": {"onSave": False}}) as (workspace, client, uri):
        client.change(uri, client.texts[uri], CLEAN)
        client.save(workspace, uri)
        client.settle()
        expect(client.checks_ended() == 1, "a check that nobody wants")


def typed_await():
    """Seen without a compiler; mended by what the compiler has accepted."""
    text = "pub async fn tick() {}\n\npub fn work() {\n    tick();\n}\n"
    with checked({LIB: text}) as (workspace, client, uri):
        client.wait_for_findings(uri)
        client.change(uri, "    tick();", "    tick().await;")
        published = client.wait_for_findings(uri, "await_outside_async", timeout=5)
        expect(published["version"] == 2 and client.checks_ended() == 1, str(published))
        actions = client.actions(uri, "await;")
        expect(actions and all("edit" in action for action in actions), str(actions))
        for action in actions:
            changed = client.apply(action["edit"])[uri]
            expect(workspace.compiles(LIB, changed), changed)
        client.save(workspace, uri)
        client.wait_for_check(2)
        client.wait_for_findings(uri, "await_outside_async")
        client.change(uri, "tick().await;", "tick();")
        client.wait_for_findings(uri, timeout=5)


def flycheck():
    """Rust-analyzer shows them: nothing here, and no check."""
    with conversation(initializationOptions={"surface": "flycheck"}) as (workspace, client):
        uri = client.open(workspace, LIB)
        client.change(uri, "pub fn start", "fn wrong() { tick().await }\npub fn start")
        client.settle(1)
        expect(not client.of("$/progress") and not client.published(uri), str(client.told))
        expect([one for one in client.actions(uri, "guard = total") if one["kind"] == "quickfix"] == [], "a quick fix")


def command():
    with checked(initializationOptions={"check": {"onSave": False}}) as (workspace, client, uri):
        client.change(uri, client.texts[uri], CLEAN)
        client.save(workspace, uri)
        client.settle()
        expect(client.result("workspace/executeCommand", {"command": "just-async.check", "arguments": []}) is None, "")
        client.wait_for_findings(uri)


def check_file():
    workspace = Workspace()
    try:
        def run(*arguments):
            return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True)
        done = run("--check", workspace.folder / LIB)
        expect(done.returncode == 101 and "guard_across_await" in done.stdout and "(accepted)" in done.stdout, str(done))
        workspace.write(LIB, CLEAN)
        done = run("--check", workspace.folder / LIB)
        expect(done.returncode == 0 and done.stdout == "no findings\n", str(done))
        expect(run("--check", workspace.folder / "none.rs").returncode == 1, "a file that is not there")
        expect(run("--version").stdout.startswith("async-analyzer "), "no version")
        expect(run("--no-such").returncode == 1 and run("--help").returncode == 0, "usage")
    finally:
        workspace.close()


CASES = (initialize, push, push_to_plain_client, pull, quickfix, disabled, resolve_unsaved, resolve_refused, stale,
         fix_all, fix_all_of_two, refactor_recursion, refactor_trait_method, refactor_closure, refactor_that_fails,
         change_through_callers, change_begun_by_hand, change_is_stopped, change_of_what_does_not_compile, change_is_overtaken,
         change_with_an_unread_file, change_in_a_module_that_is_not_saved,
         hover, inlay_hints, progress, progress_cancelled, cancel_request, folders, folder_is_below_the_project,
         folder_is_a_link, configuration, watched_files, check_on_save, typed_await, flycheck, command, check_file)
