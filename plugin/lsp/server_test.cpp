#include "plugin/lsp/server.h"

#include <doctest/doctest.h>

#include <deque>

#include "llvm/Support/raw_ostream.h"
#include "plugin/lsp/protocol.h"

namespace jaa::lsp {
namespace {

namespace json = llvm::json;
using Kind = base::Verdict::Kind;

// Runs nothing and remembers what it is asked for.
class FakeHost : public Host {
 public:
  void send(json::Value message) override { sent.push_back(std::move(message)); }
  void start_check(JobId job, const CheckRequest& request) override {
    checks.push_back({job, request.root});
  }
  void start_analysis(JobId job, const AnalysisRequest& request) override {
    analyses.push_back({job, request});
  }
  void start_try(JobId job, const TryRequest& request) override { tries.push_back({job, request}); }
  void start_change(JobId job, const ChangeRequest& request) override {
    changes.push_back({job, request});
  }
  void start_facts(JobId job, const FactsRequest& request) override {
    facts.push_back({job, request.path});
  }
  void stop(JobId job) override { stopped.push_back(job); }
  std::optional<std::string> read_file(const std::string& path) override {
    const auto found = files.find(path);
    return found == files.end() ? std::nullopt : std::optional(found->second);
  }
  bool has_file(const std::string& path) override { return files.contains(path); }
  std::string real_folder(const std::string& path) override {
    const auto found = links.find(path);
    return found == links.end() ? path : found->second;
  }
  std::string page_uri(const std::string& name) override { return "file:///pages/" + name; }

  std::deque<json::Value> sent;
  std::vector<std::pair<JobId, std::string>> checks;
  std::vector<std::pair<JobId, AnalysisRequest>> analyses;
  std::vector<std::pair<JobId, TryRequest>> tries;
  std::vector<std::pair<JobId, ChangeRequest>> changes;
  std::vector<std::pair<JobId, std::string>> facts;
  std::vector<JobId> stopped;
  std::map<std::string, std::string> files;
  std::map<std::string, std::string> links;  // folders
};

constexpr const char* Able = R"({"general":{"positionEncodings":["utf-16","utf-8"]},
  "textDocument":{"publishDiagnostics":{"relatedInformation":true,"codeDescriptionSupport":true},
    "codeAction":{"codeActionLiteralSupport":{},"dataSupport":true,"disabledSupport":true,
      "resolveSupport":{"properties":["edit"]}}},
  "workspace":{"workspaceEdit":{"documentChanges":true}}})";

struct World {
  FakeHost host;
  Server server{host};
  int64_t last_id = 0;

  World() { host.files = {{"/p/Cargo.toml", ""}, {"/p/src/a.rs", "fn a() { b(); }\n"}}; }

  void say(std::string_view text) { server.receive(frame(text)); }
  void tell(std::string_view method, std::string_view params) {
    say(R"({"jsonrpc":"2.0","method":")" + std::string(method) + R"(","params":)" +
        std::string(params) + "}");
  }
  // Its id.
  int64_t ask(std::string_view method, std::string_view params) {
    const int64_t id = ++last_id;
    say(R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":")" + std::string(method) +
        R"(","params":)" + std::string(params) + "}");
    return id;
  }
  // The answer to it; taken out of what was sent.
  std::optional<json::Value> answer(const json::Value& id) {
    for (auto at = host.sent.begin(); at != host.sent.end(); ++at) {
      const json::Value* const its = value_at(*at, {"id"});
      if (its != nullptr && *its == id && value_at(*at, {"method"}) == nullptr) {
        json::Value found = std::move(*at);
        host.sent.erase(at);
        return found;
      }
    }
    return std::nullopt;
  }
  json::Value result(std::string_view method, std::string_view params) {
    const auto found = answer(ask(method, params));
    REQUIRE(found);
    const json::Value* const value = value_at(*found, {"result"});
    REQUIRE(value != nullptr);
    return *value;
  }
  // The code of an error; 0 for a result, none for no answer.
  std::optional<int64_t> error_of(const json::Value& id) {
    const auto found = answer(id);
    return found ? std::optional(integer_at(*found, {"error", "code"}).value_or(0)) : std::nullopt;
  }
  std::optional<int64_t> error(std::string_view method, std::string_view params) {
    return error_of(ask(method, params));
  }
  // What was published of a file since the last time.
  std::optional<json::Value> published(std::string_view uri) {
    std::optional<json::Value> last;
    for (const json::Value& message : host.sent) {
      if (string_at(message, {"method"}) == llvm::StringRef("textDocument/publishDiagnostics") &&
          string_at(message, {"params", "uri"}) == llvm::StringRef(uri.data(), uri.size())) {
        last = *value_at(message, {"params"});
      }
    }
    host.sent.clear();
    return last;
  }
  void start(std::string_view capabilities = Able, std::string_view more = "") {
    (void)result("initialize", R"({"rootUri":"file:///p","capabilities":)" +
                                   std::string(capabilities) + std::string(more) + "}");
    tell("initialized", "{}");
  }
  void open(std::string_view text = "fn a() { b(); }\\n") {
    tell("textDocument/didOpen",
         R"({"textDocument":{"uri":"file:///p/src/a.rs","languageId":"rust","version":1,"text":")" +
             std::string(text) + R"("}})");
  }
  void change(int version, int from, int to, std::string_view text) {
    tell("textDocument/didChange",
         R"({"textDocument":{"uri":"file:///p/src/a.rs","version":)" + std::to_string(version) +
             R"(},"contentChanges":[{"range":{"start":{"line":0,"character":)" +
             std::to_string(from) + R"(},"end":{"line":0,"character":)" + std::to_string(to) +
             R"(}},"text":")" + std::string(text) + R"("}]})");
  }
};

// At the call `b()`, with one fix that the compiler accepted and one that it refused.
plugin::ReportedFinding finding_of_call() {
  plugin::ReportedFinding finding;
  finding.code = "await_outside_async";
  finding.level = base::Level::Error;
  finding.message = "what is wrong";
  finding.path = "/p/src/a.rs";
  finding.begin = 9;
  finding.end = 12;
  finding.labels = {{"/p/src/a.rs", 3, 4, "here"}};
  finding.fixes.resize(2);
  finding.fixes[0].name = "one";
  finding.fixes[0].title = "Mend it";
  finding.fixes[0].verdict = Kind::Accepted;
  finding.fixes[0].keeps_meaning = true;
  finding.fixes[0].edits = {{"/p/src/a.rs", 9, 10, "b", "c"}};
  finding.fixes[1].name = "two";
  finding.fixes[1].title = "Break it";
  finding.fixes[1].verdict = Kind::Rejected;
  finding.fixes[1].reason = "no such thing";
  finding.fixes[1].edits = {{"/p/src/a.rs", 9, 10, "b", "d"}};
  return finding;
}

constexpr const char* Here = R"("textDocument":{"uri":"file:///p/src/a.rs"})";
const std::string AtCall = std::string("{") + Here +
                           R"(,"range":{"start":{"line":0,"character":10},
  "end":{"line":0,"character":10}},"context":{"diagnostics":[]}})";
const std::string HoverAtName =
    std::string("{") + Here + R"(,"position":{"line":0,"character":9}})";

TEST_CASE_FIXTURE(World, "the life of a conversation") {
  CHECK(error("textDocument/hover", "{}") == -32002);
  CHECK(error("shutdown", "null") == -32002);
  CHECK(error("initialize", "null") == -32602);
  (void)result("initialize", "{}");
  CHECK(error("initialize", "{}") == -32600);
  CHECK(error("no/such", "{}") == -32601);
  CHECK(error("textDocument/hover", "{}") == -32602);
  CHECK(error("textDocument/hover", "[]") == -32602);
  CHECK(error("shutdown", "null") == 0);
  CHECK(error("textDocument/hover", "{}") == -32600);
  CHECK(server.exit_code() == 0);
  CHECK_FALSE(server.is_over());
  tell("exit", "null");
  CHECK(server.is_over());
}

TEST_CASE_FIXTURE(World, "an exit without a shutdown") {
  start();
  tell("exit", "null");
  CHECK(server.is_over());
  CHECK(server.exit_code() == 1);
}

TEST_CASE_FIXTURE(World, "what is no message of the protocol") {
  start();
  const auto code = [this](std::string_view text) {
    say(text);
    return error_of(nullptr);
  };
  CHECK(code("{") == -32700);
  CHECK(code("") == -32700);
  CHECK(code(std::string(100000, '[')) == -32700);
  CHECK(code("[]") == -32600);
  CHECK(code("3") == -32600);
  CHECK(code(R"({"jsonrpc":"2.0"})") == -32600);
  CHECK(code(R"({"jsonrpc":"2.0","id":null,"method":"shutdown"})") == -32600);
  CHECK(code(R"({"jsonrpc":"2.0","id":1.5,"method":"shutdown"})") == -32600);
  // Ours to pass over: a response to nothing, and notifications that are not known.
  CHECK_FALSE(code(R"({"jsonrpc":"2.0","id":77,"result":null})"));
  CHECK_FALSE(code(R"({"jsonrpc":"2.0","method":"$/no/such"})"));
  CHECK(error("shutdown", "null") == 0);
}

TEST_CASE_FIXTURE(World, "findings of a check are published, once") {
  start();
  REQUIRE(host.checks.size() == 1);
  CHECK(host.checks.front().second == "/p");
  open();
  server.check_found(host.checks.front().first, {finding_of_call()}, false);
  const auto first = published("file:///p/src/a.rs");
  REQUIRE(first);
  const json::Array& list = *array_at(*first, {"diagnostics"});
  REQUIRE(list.size() == 1);
  CHECK(integer_at(*first, {"version"}) == 1);
  CHECK(string_at(list.front(), {"code"}) == llvm::StringRef("await_outside_async"));
  CHECK(string_at(list.front(), {"source"}) == llvm::StringRef("just-async"));
  CHECK(string_at(list.front(), {"codeDescription", "href"}) ==
        llvm::StringRef("file:///pages/await_outside_async"));
  CHECK(array_at(list.front(), {"relatedInformation"})->size() == 1);
  CHECK(integer_at(list.front(), {"range", "start", "character"}) == 9);
  server.check_ended(host.checks.front().first, {{finding_of_call()}, true, ""});
  CHECK_FALSE(published("file:///p/src/a.rs"));
  // Of a job that is over nothing is heard.
  server.check_ended(host.checks.front().first, {{}, true, ""});
  CHECK_FALSE(published("file:///p/src/a.rs"));
}

TEST_CASE_FIXTURE(World, "findings move and vanish while somebody types") {
  start();
  open();
  server.check_ended(host.checks.front().first, {{finding_of_call()}, true, ""});
  (void)published("file:///p/src/a.rs");
  change(2, 0, 0, "pub ");
  auto now = published("file:///p/src/a.rs");
  REQUIRE(now);
  CHECK(integer_at(*now, {"version"}) == 2);
  CHECK(integer_at(array_at(*now, {"diagnostics"})->front(), {"range", "start", "character"}) ==
        13);
  change(3, 14, 14, "!");
  now = published("file:///p/src/a.rs");
  REQUIRE(now);
  CHECK(array_at(*now, {"diagnostics"})->empty());
  change(4, 14, 15, "");
  now = published("file:///p/src/a.rs");
  REQUIRE(now);
  CHECK(array_at(*now, {"diagnostics"})->size() == 1);
}

TEST_CASE_FIXTURE(World,
                  "an await in a plain function is seen at once, and mended by what rustc takes") {
  start();
  open();
  server.check_ended(host.checks.front().first, {{}, true, ""});
  (void)published("file:///p/src/a.rs");
  change(2, 12, 12, ".await");
  auto now = published("file:///p/src/a.rs");
  REQUIRE(now);
  REQUIRE(array_at(*now, {"diagnostics"})->size() == 1);
  // Its quick fix is asked for: the answer waits for the compiler.
  const std::string at = std::string("{") + Here + R"(,"range":{"start":{"line":0,"character":14},
      "end":{"line":0,"character":14}},"context":{"diagnostics":[]}})";
  const int64_t id = ask("textDocument/codeAction", at);
  const int64_t same = ask("textDocument/codeAction", at);
  CHECK_FALSE(answer(id));
  REQUIRE(host.analyses.size() == 1);
  CHECK(host.analyses[0].second.files.front().text == "fn a() { b().await; }\n");
  plugin::ReportedFinding finding = finding_of_call();
  finding.begin = 13;
  finding.end = 18;
  finding.fixes[0].edits = {{"/p/src/a.rs", 0, 0, "", "async "}};
  server.analysis_ended(host.analyses[0].first, {{finding}, ""});
  for (const int64_t each : {id, same}) {
    const auto found = answer(each);
    REQUIRE(found);
    const json::Array& actions = *array_at(*found, {"result"});
    REQUIRE(actions.size() == 1);  // what was refused is not offered
    CHECK(flag_at(actions.front(), {"isPreferred"}));
    CHECK(value_at(actions.front(), {"edit", "documentChanges"}) != nullptr);
  }
  change(3, 12, 18, "");
  now = published("file:///p/src/a.rs");
  REQUIRE(now);
  CHECK(array_at(*now, {"diagnostics"})->empty());
}

TEST_CASE_FIXTURE(World, "quick fixes of the saved text") {
  start();
  open();
  server.check_ended(host.checks.front().first, {{finding_of_call()}, true, ""});
  const json::Value found = result("textDocument/codeAction", AtCall);
  const json::Array& actions = *found.getAsArray();
  REQUIRE(actions.size() == 2);
  CHECK(flag_at(actions[0], {"isPreferred"}));
  const json::Value& change = array_at(actions[0], {"edit", "documentChanges"})->front();
  CHECK(integer_at(change, {"textDocument", "version"}) == 1);
  CHECK(string_at(array_at(change, {"edits"})->front(), {"newText"}) == llvm::StringRef("c"));
  CHECK(string_at(actions[1], {"disabled", "reason"})->contains("no such thing"));
  CHECK(value_at(actions[1], {"edit"}) == nullptr);
  CHECK(result("textDocument/codeAction",
               std::string("{") + Here + R"(,"range":{"start":{"line":0,"character":2},
      "end":{"line":0,"character":2}},"context":{"diagnostics":[],"only":["quickfix"]}})")
            .getAsArray()
            ->empty());
}

TEST_CASE_FIXTURE(World, "a client that cannot resolve gets only what was proven") {
  start(R"({"textDocument":{"codeAction":{"codeActionLiteralSupport":{}}}})");
  open();
  server.check_ended(host.checks.front().first, {{finding_of_call()}, true, ""});
  const json::Value saved = result("textDocument/codeAction", AtCall);
  REQUIRE(saved.getAsArray()->size() == 1);
  CHECK(array_at(saved.getAsArray()->front(), {"edit", "changes", "file:///p/src/a.rs"}) !=
        nullptr);
  change(2, 0, 0, " ");
  CHECK(result("textDocument/codeAction", AtCall).getAsArray()->empty());
}

TEST_CASE_FIXTURE(World, "resolving on an unsaved text asks the compiler about that text") {
  start();
  open();
  server.check_ended(host.checks.front().first, {{finding_of_call()}, true, ""});
  change(2, 0, 0, " ");
  const json::Value found = result("textDocument/codeAction", AtCall);
  REQUIRE(found.getAsArray()->size() == 1);
  std::string action;
  llvm::raw_string_ostream(action) << found.getAsArray()->front();
  const int64_t id = ask("codeAction/resolve", action);
  REQUIRE(host.analyses.size() == 1);
  CHECK(host.analyses[0].second.files.front().text == " fn a() { b(); }\n");
  plugin::ReportedFinding again = finding_of_call();
  ++again.begin;
  ++again.end;
  again.fixes[0].edits = {{"/p/src/a.rs", 10, 11, "b", "c"}};
  server.analysis_ended(host.analyses[0].first, {{again}, ""});
  const auto resolved = answer(id);
  REQUIRE(resolved);
  CHECK(value_at(*resolved, {"result", "edit"}) != nullptr);

  // Of a text that is no longer the present one nothing is given out.
  const int64_t stale = ask("codeAction/resolve", action);
  CHECK(error_of(stale) == 0);  // known from before
  change(3, 0, 0, " ");
  CHECK(error("codeAction/resolve", action) == -32801);
}

TEST_CASE_FIXTURE(World, "an answer that the text has overtaken is refused") {
  start();
  open();
  server.check_ended(host.checks.front().first, {{finding_of_call()}, true, ""});
  change(2, 0, 0, " ");
  std::string action;
  const json::Value found = result("textDocument/codeAction", AtCall);
  llvm::raw_string_ostream(action) << found.getAsArray()->front();
  const int64_t typed = ask("codeAction/resolve", action);
  change(3, 16, 16, " ");
  server.analysis_ended(host.analyses.at(0).first, {{}, ""});
  CHECK(error_of(typed) == -32801);

  const json::Value newer = result("textDocument/codeAction", AtCall);
  action.clear();
  llvm::raw_string_ostream(action) << newer.getAsArray()->front();
  const int64_t saved = ask("codeAction/resolve", action);
  REQUIRE(host.analyses.size() == 2);
  tell("textDocument/didSave", std::string("{") + Here + "}");
  CHECK(error_of(saved) == -32801);
  CHECK(std::count(host.stopped.begin(), host.stopped.end(), host.analyses[1].first) == 1);
}

TEST_CASE_FIXTURE(World, "what the compiler refuses, or could not say, is no edit") {
  start();
  open();
  server.check_ended(host.checks.front().first, {{finding_of_call()}, true, ""});
  change(2, 0, 0, " ");
  std::string action;
  const json::Value found = result("textDocument/codeAction", AtCall);
  llvm::raw_string_ostream(action) << found.getAsArray()->front();
  int64_t id = ask("codeAction/resolve", action);
  server.analysis_ended(host.analyses.at(0).first, {{}, "no cargo"});
  CHECK(error_of(id) == -32803);
  id = ask("codeAction/resolve", action);
  REQUIRE(host.analyses.size() == 2);  // not remembered: asked again
  plugin::ReportedFinding again = finding_of_call();
  ++again.begin;
  ++again.end;
  again.fixes[0].verdict = Kind::Rejected;
  server.analysis_ended(host.analyses[1].first, {{again}, ""});
  CHECK(error_of(id) == -32803);
}

TEST_CASE_FIXTURE(World, "requests that wait can be cancelled") {
  start();
  host.files["/p/src/a.rs"] = "async fn a() { b().await; }\n";
  open("async fn a() { b().await; }\\n");
  const int64_t first = ask("textDocument/hover", HoverAtName);
  const int64_t second = ask("textDocument/hover", HoverAtName);
  REQUIRE(host.facts.size() == 1);
  tell("$/cancelRequest", "{\"id\":" + std::to_string(first) + "}");
  CHECK(error_of(first) == -32800);
  CHECK(host.stopped.empty());  // somebody else wants it
  tell("$/cancelRequest", "{\"id\":" + std::to_string(second) + "}");
  CHECK(error_of(second) == -32800);
  CHECK(host.stopped == std::vector<JobId>{host.facts[0].first});
  tell("$/cancelRequest", "{\"id\":" + std::to_string(second) + "}");
  tell("$/cancelRequest", "{}");
  tell("$/cancelRequest", "null");
  CHECK(host.sent.empty());
  server.facts_ended(host.facts[0].first, {});
  CHECK(host.sent.empty());
  // And those that are left when the server is shut down.
  const int64_t third = ask("textDocument/hover", HoverAtName);
  CHECK(error("shutdown", "null") == 0);
  CHECK(error_of(third) == -32800);
}

TEST_CASE_FIXTURE(World, "a hover says what is saved, until a check ends") {
  start();
  host.files["/p/src/a.rs"] = "async fn a() { b().await; }\n";
  open("async fn a() { b().await; }\\n");
  const int64_t id = ask("textDocument/hover", HoverAtName);
  FutureFacts future;
  future.name = "a";
  future.begin = 9;
  future.is_send = false;
  future.why = {"`rc` is not `Send`"};
  future.awaits = {{19, 24, {{"rc", "Rc<u8>", ""}}}};
  server.facts_ended(host.facts.at(0).first, {{future}, ""});
  const auto told = answer(id);
  REQUIRE(told);
  CHECK(string_at(*told, {"result", "contents", "value"})->contains("Rc<u8>"));
  CHECK(string_at(*told, {"result", "contents", "value"})->contains("not `Send`"));
  const std::string at_await =
      std::string("{") + Here + R"(,"position":{"line":0,"character":21}})";
  CHECK(string_at(result("textDocument/hover", at_await), {"contents", "value"})
            ->contains("Saved across this await"));
  const std::string elsewhere =
      std::string("{") + Here + R"(,"position":{"line":0,"character":15}})";
  CHECK(result("textDocument/hover", elsewhere) == json::Value(nullptr));
  server.check_ended(host.checks.front().first, {{}, true, ""});
  (void)ask("textDocument/hover", at_await);
  CHECK(host.facts.size() == 2);
}

TEST_CASE_FIXTURE(World, "hints are off by default") {
  start(Able, R"(,"initializationOptions":{"inlayHints":{"enable":true}})");
  host.files["/p/src/a.rs"] = "async fn a() { b().await; }\n";
  open("async fn a() { b().await; }\\n");
  const std::string all = std::string("{") + Here + R"(,"range":{"start":{"line":0,"character":0},
      "end":{"line":9,"character":0}}})";
  const int64_t id = ask("textDocument/inlayHint", all);
  FutureFacts future;
  future.awaits = {{19, 24, {{"rc", "Rc<u8>", ""}}}};
  server.facts_ended(host.facts.at(0).first, {{future}, ""});
  const auto told = answer(id);
  REQUIRE(told);
  CHECK(string_at(array_at(*told, {"result"})->front(), {"label"}) == llvm::StringRef("holds rc"));
  tell("workspace/didChangeConfiguration", R"({"settings":{"just-async":{}}})");
  CHECK(result("textDocument/inlayHint", all).getAsArray()->empty());
}

TEST_CASE_FIXTURE(World, "settings: of a name, by themselves, pulled, and nothing") {
  start(Able, R"(,"initializationOptions":{"surface":"flycheck"})");
  CHECK(host.checks.empty());  // rust-analyzer runs it
  tell("workspace/didChangeConfiguration", R"({"settings":{}})");
  tell("workspace/didChangeConfiguration", R"({"settings":null})");
  CHECK(host.checks.empty());
  tell("workspace/didChangeConfiguration", R"({"settings":{"surface":"lsp"}})");
  CHECK(host.checks.size() == 1);
  tell("workspace/didChangeConfiguration",
       R"({"settings":{"just-async":{"check":{"allTargets":false}}}})");
  CHECK(host.checks.size() == 2);
  CHECK(host.stopped == std::vector<JobId>{host.checks[0].first});
}

TEST_CASE_FIXTURE(World, "a client that is asked for settings and refuses gets its check") {
  start(R"({"workspace":{"configuration":true}})");
  CHECK(host.checks.empty());
  std::string id;
  for (const json::Value& message : host.sent) {
    if (string_at(message, {"method"}) == llvm::StringRef("workspace/configuration")) {
      id = string_at(message, {"id"})->str();
    }
  }
  say(R"({"jsonrpc":"2.0","id":")" + id + R"(","error":{"code":-32601,"message":"no"}})");
  CHECK(host.checks.size() == 1);
}

TEST_CASE_FIXTURE(World, "a project is looked for around the file") {
  host.files = {{"/p/Cargo.toml", ""}, {"/p/a/Cargo.toml", ""}, {"/p/a/src/a.rs", ""}};
  (void)result("initialize", R"({"rootUri":"file:///p/a/src","capabilities":{}})");
  tell("initialized", "{}");
  CHECK(host.checks.empty());
  tell(
      "textDocument/didOpen",
      R"({"textDocument":{"uri":"file:///p/a/src/a.rs","languageId":"rust","version":1,"text":""}})");
  REQUIRE(host.checks.size() == 1);
  CHECK(host.checks[0].second == "/p/a");
}

TEST_CASE_FIXTURE(World, "a folder that is reached through a link") {
  host.links = {{"/link", "/p"}};
  (void)result("initialize",
               R"({"rootUri":"file:///link","capabilities":)" + std::string(Able) + "}");
  tell("initialized", "{}");
  REQUIRE(host.checks.size() == 1);
  CHECK(host.checks[0].second == "/p");
  tell("textDocument/didOpen",
       R"({"textDocument":{"uri":"file:///link/src/a.rs","languageId":"rust",
      "version":1,"text":"fn a() { b(); }\n"}})");
  CHECK(host.checks.size() == 1);  // it is the same project
  server.check_ended(host.checks[0].first, {{finding_of_call()}, true, ""});
  const auto first = published("file:///link/src/a.rs");
  REQUIRE(first);
  CHECK(array_at(*first, {"diagnostics"})->size() == 1);
  host.files["/p/src/a.rs"] = "fn a() {}\n";
  tell("workspace/didChangeWatchedFiles",
       R"({"changes":[{"uri":"file:///link/src/a.rs","type":2}]})");
  CHECK(host.checks.size() == 2);
  tell("workspace/didChangeWorkspaceFolders",
       R"({"event":{"added":[],"removed":[{"uri":"file:///link","name":"p"}]}})");
  CHECK(host.stopped == std::vector<JobId>{host.checks[1].first});
}

TEST_CASE_FIXTURE(World, "several folders, added and removed") {
  host.files["/q/Cargo.toml"] = "";
  start();
  tell("workspace/didChangeWorkspaceFolders",
       R"({"event":{"added":[{"uri":"file:///q","name":"q"}],"removed":[]}})");
  REQUIRE(host.checks.size() == 2);
  CHECK(host.checks[1].second == "/q");
  plugin::ReportedFinding finding = finding_of_call();
  finding.path = "/q/src/a.rs";
  server.check_found(host.checks[1].first, {finding}, true);
  CHECK(published("file:///q/src/a.rs"));
  tell("workspace/didChangeWorkspaceFolders",
       R"({"event":{"added":[],"removed":[{"uri":"file:///q","name":"q"}]}})");
  CHECK(host.stopped == std::vector<JobId>{host.checks[1].first});
  const auto gone = published("file:///q/src/a.rs");
  REQUIRE(gone);
  CHECK(array_at(*gone, {"diagnostics"})->empty());
}

TEST_CASE_FIXTURE(World, "files that others change are checked again, what builds write is not") {
  start();
  open();
  server.check_ended(host.checks.front().first, {{finding_of_call()}, true, ""});
  const auto changed = [this](const std::string& path) {
    tell("workspace/didChangeWatchedFiles",
         R"({"changes":[{"uri":"file://)" + path + R"(","type":2}]})");
  };
  changed("/p/src/a.rs");  // our own save
  changed("/p/target/debug/build/x/out/a.rs");
  changed("/elsewhere/a.rs");
  CHECK(host.checks.size() == 1);
  host.files["/p/src/a.rs"] = "fn a() {}\n";
  (void)published("file:///p/src/a.rs");
  changed("/p/src/a.rs");
  CHECK(host.checks.size() == 2);
  const auto now = published("file:///p/src/a.rs");
  REQUIRE(now);
  CHECK(array_at(*now, {"diagnostics"})->empty());
}

TEST_CASE_FIXTURE(World, "a Cargo.toml that comes later makes a project") {
  host.files.erase("/p/Cargo.toml");
  start();
  open();
  CHECK(host.checks.empty());
  host.files["/p/Cargo.toml"] = "";
  tell("workspace/didChangeWatchedFiles",
       R"({"changes":[{"uri":"file:///p/Cargo.toml","type":1}]})");
  CHECK(host.checks.size() == 1);
}

TEST_CASE_FIXTURE(World,
                  "fix all: only what is proven and keeps the meaning, and only when asked") {
  start();
  open();
  server.check_ended(host.checks.front().first, {{finding_of_call()}, true, ""});
  const std::string all = std::string("{") + Here + R"(,"range":{"start":{"line":0,"character":0},
      "end":{"line":0,"character":0}},"context":{"diagnostics":[],"only":["source.fixAll"]}})";
  json::Value found = result("textDocument/codeAction", all);
  REQUIRE(found.getAsArray()->size() == 1);
  CHECK(string_at(found.getAsArray()->front(), {"kind"}) ==
        llvm::StringRef("source.fixAll.justAsync"));
  CHECK(value_at(found.getAsArray()->front(), {"edit"}) != nullptr);
  // Of an unsaved text the compiler is asked first.
  change(2, 0, 0, " ");
  found = result("textDocument/codeAction", all);
  REQUIRE(found.getAsArray()->size() == 1);
  CHECK(value_at(found.getAsArray()->front(), {"edit"}) == nullptr);
  std::string action;
  llvm::raw_string_ostream(action) << found.getAsArray()->front();
  const int64_t id = ask("codeAction/resolve", action);
  REQUIRE(host.tries.size() == 1);
  CHECK(host.tries[0].second.edits.front().begin == 10);
  server.try_ended(host.tries[0].first, {Kind::Accepted, ""});
  CHECK(error_of(id) == 0);
}

// `fn a` of `/p/src/a.rs`, which `/p/src/b.rs` calls: the action on its head, as text.
struct ChangeWorld : World {
  ChangeWorld() { host.files["/p/src/b.rs"] = "fn b() {\n    a();\n}\n"; }

  std::string action() {
    const json::Value found = result("textDocument/codeAction", at_name());
    REQUIRE(found.getAsArray()->size() == 1);
    std::string text;
    llvm::raw_string_ostream(text) << found.getAsArray()->front();
    return text;
  }
  static std::string at_name(int column = 3) {
    const std::string at = R"({"line":0,"character":)" + std::to_string(column) + "}";
    return std::string("{") + Here + R"(,"range":{"start":)" + at + R"(,"end":)" + at +
           R"(},"context":{"diagnostics":[],"only":["refactor"]}})";
  }
  static ChangeResult accepted(const std::string& a = "fn a() { b(); }\n") {
    return {{{"/p/src/a.rs", a, "async " + a},
             {"/p/src/b.rs", "fn b() {\n    a();\n}\n", "async fn b() {\n    a().await;\n}\n"}},
            "+ async   a\n",
            ""};
  }
  // The last thing that was logged.
  std::string logged() {
    std::string last;
    for (const json::Value& message : host.sent) {
      if (string_at(message, {"method"}) == llvm::StringRef("window/logMessage")) {
        last = string_at(message, {"params", "message"})->str();
      }
    }
    return last;
  }
};

TEST_CASE_FIXTURE(ChangeWorld, "a function becomes async through its callers") {
  start();
  open();
  const std::string chosen = action();
  CHECK(llvm::StringRef(chosen).contains("Make `a` async, through its callers"));
  CHECK(llvm::StringRef(chosen).contains("refactor.rewrite.justAsync"));
  CHECK_FALSE(llvm::StringRef(chosen).contains("\"edit\""));
  CHECK(host.changes.empty());  // offering asks nobody
  const int64_t id = ask("codeAction/resolve", chosen);
  const int64_t same = ask("codeAction/resolve", chosen);
  CHECK_FALSE(answer(id));
  REQUIRE(host.changes.size() == 1);
  const ChangeRequest& asked = host.changes[0].second;
  CHECK(asked.root == "/p");
  CHECK(asked.kind == FunctionChangeKind::Add);
  CHECK(asked.path == "/p/src/a.rs");
  CHECK(asked.name == 3);
  CHECK(asked.files.empty());
  server.change_ended(host.changes[0].first, accepted());
  CHECK(llvm::StringRef(logged()).contains("+ async   a"));
  for (const int64_t each : {id, same}) {
    const auto found = answer(each);
    REQUIRE(found);
    const json::Array& changes = *array_at(*found, {"result", "edit", "documentChanges"});
    REQUIRE(changes.size() == 2);
    CHECK(integer_at(changes[0], {"textDocument", "version"}) == 1);
    REQUIRE(array_at(changes[0], {"edits"})->size() == 1);
    CHECK(string_at(array_at(changes[0], {"edits"})->front(), {"newText"}) ==
          llvm::StringRef("async "));
    CHECK(string_at(changes[1], {"textDocument", "uri"}) == llvm::StringRef("file:///p/src/b.rs"));
    CHECK(value_at(changes[1], {"textDocument", "version"})->kind() == json::Value::Null);
    REQUIRE(array_at(changes[1], {"edits"})->size() == 2);
    CHECK(string_at((*array_at(changes[1], {"edits"}))[1], {"newText"}) ==
          llvm::StringRef(".await"));
  }
  // It is known now, until a file is saved.
  CHECK(error("codeAction/resolve", chosen) == 0);
  CHECK(host.changes.size() == 1);
  tell("textDocument/didSave", std::string("{") + Here + "}");
  (void)ask("codeAction/resolve", chosen);
  CHECK(host.changes.size() == 2);
  server.change_ended(77, accepted());  // of a job that is none
}

TEST_CASE_FIXTURE(ChangeWorld, "unsaved texts are what a function is changed in") {
  start();
  open();
  change(2, 0, 0, "/**/ ");
  CHECK(result("textDocument/codeAction", at_name(2)).getAsArray()->empty());
  CHECK(result("textDocument/codeAction", at_name(16)).getAsArray()->empty());  // in the body
  const json::Value found = result("textDocument/codeAction", at_name(8));
  REQUIRE(found.getAsArray()->size() == 1);
  std::string chosen;
  llvm::raw_string_ostream(chosen) << found.getAsArray()->front();
  const int64_t id = ask("codeAction/resolve", chosen);
  REQUIRE(host.changes.size() == 1);
  CHECK(host.changes[0].second.name == 8);
  REQUIRE(host.changes[0].second.files.size() == 1);
  CHECK(host.changes[0].second.files[0].text == "/**/ fn a() { b(); }\n");
  server.change_ended(host.changes[0].first, accepted("/**/ fn a() { b(); }\n"));
  const auto resolved = answer(id);
  REQUIRE(resolved);
  CHECK(integer_at(array_at(*resolved, {"result", "edit", "documentChanges"})->front(),
                   {"textDocument", "version"}) == 2);
}

TEST_CASE_FIXTURE(ChangeWorld, "the way back") {
  start();
  open("async fn a() { b(); }\\n");
  const std::string chosen = action();
  CHECK(llvm::StringRef(chosen).contains("Take `async` from `a`, through its callers"));
  (void)ask("codeAction/resolve", chosen);
  REQUIRE(host.changes.size() == 1);
  CHECK(host.changes[0].second.kind == FunctionChangeKind::Remove);
}

TEST_CASE_FIXTURE(ChangeWorld, "a change that is refused says which boundary stopped it") {
  start();
  open();
  const std::string chosen = action();
  const int64_t id = ask("codeAction/resolve", chosen);
  server.change_ended(host.changes.at(0).first, {{}, "+ async   a\n", "the change stops at `x`"});
  CHECK(llvm::StringRef(logged()).contains("+ async   a"));
  const auto refused = answer(id);
  REQUIRE(refused);
  CHECK(integer_at(*refused, {"error", "code"}) == -32803);
  CHECK(string_at(*refused, {"error", "message"}) == llvm::StringRef("the change stops at `x`"));
  // Not remembered: what stopped it may be gone the next time.
  (void)ask("codeAction/resolve", chosen);
  CHECK(host.changes.size() == 2);
}

TEST_CASE_FIXTURE(ChangeWorld, "a change that texts have overtaken, and one that is cancelled") {
  start();
  open();
  const std::string chosen = action();
  int64_t id = ask("codeAction/resolve", chosen);
  change(2, 0, 0, " ");
  server.change_ended(host.changes.at(0).first, accepted());
  CHECK(error_of(id) == -32801);
  CHECK(error("codeAction/resolve", chosen) == -32801);
  change(3, 0, 1, "");
  const std::string newer = action();

  // A file that is not open, and is no longer what the change was planned for.
  host.files["/p/src/b.rs"] = "fn c() {}\n";
  id = ask("codeAction/resolve", newer);
  CHECK(error_of(id) == -32801);

  tell("textDocument/didSave", std::string("{") + Here + "}");
  id = ask("codeAction/resolve", newer);
  REQUIRE(host.changes.size() == 2);
  tell("textDocument/didSave", std::string("{") + Here + "}");
  CHECK(error_of(id) == -32801);
  CHECK(std::count(host.stopped.begin(), host.stopped.end(), host.changes[1].first) == 1);

  id = ask("codeAction/resolve", newer);
  tell("$/cancelRequest", "{\"id\":" + std::to_string(id) + "}");
  CHECK(error_of(id) == -32800);
  CHECK(host.stopped.back() == host.changes.at(2).first);
  server.change_ended(host.changes.at(2).first, accepted());
  CHECK(error("codeAction/resolve", newer) == std::nullopt);  // asked again
  CHECK(host.changes.size() == 4);
}

TEST_CASE_FIXTURE(ChangeWorld, "a change shows that it is on its way, and can be stopped there") {
  start(R"({"window":{"workDoneProgress":true},"textDocument":{"codeAction":{
    "codeActionLiteralSupport":{},"dataSupport":true,"resolveSupport":{"properties":["edit"]}}}})");
  open();
  const int64_t id = ask("codeAction/resolve", action());
  std::string token;
  const auto last_kind = [&] {
    std::string kind;
    for (const json::Value& message : host.sent) {
      const auto its = string_at(message, {"params", "token"});
      if (its && its->starts_with("just-async/change/")) {
        token = its->str();
        kind = string_at(message, {"params", "value", "kind"}).value_or("").str();
      }
    }
    return kind;
  };
  CHECK(last_kind() == "begin");
  tell("window/workDoneProgress/cancel", R"({"token":")" + token + "\"}");
  CHECK(last_kind() == "end");
  CHECK(error_of(id) == -32800);
  CHECK(host.stopped.back() == host.changes.at(0).first);
}

TEST_CASE_FIXTURE(ChangeWorld, "a client that cannot resolve is offered no change") {
  start(R"({"textDocument":{"codeAction":{"codeActionLiteralSupport":{}}}})");
  open();
  CHECK(result("textDocument/codeAction", at_name()).getAsArray()->empty());
}

TEST_CASE_FIXTURE(World, "pulled diagnostics: full, unchanged, and not pushed as well") {
  start(
      R"({"textDocument":{"diagnostic":{}},"workspace":{"diagnostics":{"refreshSupport":true}}})");
  open();
  server.check_ended(host.checks.front().first, {{finding_of_call()}, true, ""});
  bool is_refreshed = false;
  for (const json::Value& message : host.sent) {
    is_refreshed |=
        string_at(message, {"method"}) == llvm::StringRef("workspace/diagnostic/refresh");
  }
  CHECK(is_refreshed);
  CHECK_FALSE(published("file:///p/src/a.rs"));
  const json::Value full = result("textDocument/diagnostic", std::string("{") + Here + "}");
  CHECK(string_at(full, {"kind"}) == llvm::StringRef("full"));
  CHECK(array_at(full, {"items"})->size() == 1);
  const json::Value same =
      result("textDocument/diagnostic", std::string("{") + Here + R"(,"previousResultId":")" +
                                            string_at(full, {"resultId"})->str() + "\"}");
  CHECK(string_at(same, {"kind"}) == llvm::StringRef("unchanged"));
  CHECK(error("textDocument/diagnostic", R"({"textDocument":{"uri":"file:///none.rs"}})") ==
        -32602);
}

TEST_CASE_FIXTURE(World, "positions that are not there, and documents that are not open") {
  start();
  open();
  CHECK(error("textDocument/hover",
              std::string("{") + Here + R"(,"position":{"line":99,"character":0}})") == -32602);
  CHECK(error("textDocument/hover",
              std::string("{") + Here + R"(,"position":{"line":-1,"character":0}})") == -32602);
  CHECK(error("textDocument/codeAction", std::string("{") + Here + "}") == -32602);
  CHECK(error("codeAction/resolve", R"({"title":"x","data":{"uri":"file:///none.rs"}})") == -32602);
  CHECK(error("codeAction/resolve", R"({"title":"x","data":7})") == -32602);
  CHECK(error("workspace/executeCommand", R"({"command":"rm"})") == -32602);
  change(2, 500, 400, "x");
  tell("textDocument/didChange", R"({"textDocument":{"uri":"file:///none.rs","version":1},
      "contentChanges":[{"text":""}]})");
  tell("textDocument/didClose", R"({"textDocument":{"uri":"file:///none.rs"}})");
  CHECK(error("workspace/executeCommand", R"({"command":"just-async.check"})") == 0);
  CHECK(host.checks.size() == 2);
}

}  // namespace
}  // namespace jaa::lsp
