// Conversations of the language server: with a host that runs nothing, or one that answers
// at once with findings in the documents. The input is the client's bytes; its first byte
// says which host, and what sizes the bytes come in.
#include <algorithm>
#include <map>
#include <string>

#include "plugin/lsp/server.h"
#include "tools/fuzz/check.h"

namespace {

using namespace jaa;

constexpr const char* Text = "async fn a() { b().await; }\nfn c() { b(); }\n";

plugin::ReportedFinding finding_in(const std::string& path) {
  plugin::ReportedFinding finding;
  finding.code = "await_outside_async";
  finding.level = base::Level::Error;
  finding.message = "wrong";
  finding.path = path;
  finding.begin = 15;
  finding.end = 24;
  finding.labels = {{path, 9, 10, "here"}, {"/w/src/other.rs", 0, 3, "there"}};
  finding.notes = {{path, 30, 31, "note"}, {"", 0, 0, "nowhere"}};
  const base::Verdict::Kind kinds[] = {base::Verdict::Kind::Accepted, base::Verdict::Kind::Rejected,
                                       base::Verdict::Kind::Untried};
  for (const base::Verdict::Kind kind : kinds) {
    plugin::ReportedFix fix;
    fix.name = "fix" + std::to_string(finding.fixes.size());
    fix.title = "Mend it";
    fix.verdict = kind;
    fix.keeps_meaning = true;
    fix.edits = {{path, 15, 16, "b", "c"}, {"/w/src/other.rs", 0, 3, "mod", "use"}};
    finding.fixes.push_back(std::move(fix));
  }
  return finding;
}

// Checks that what is sent is well-formed, and remembers jobs until the server has returned:
// answers come later, as a host's do.
class FuzzHost : public lsp::Host {
 public:
  explicit FuzzHost(bool answers) : answers_(answers) {}

  void send(llvm::json::Value message) override {
    const llvm::json::Object* const object = message.getAsObject();
    fuzz::require(object != nullptr && object->getString("jsonrpc") == "2.0", "it is a message");
    if (const llvm::json::Value* const id = object->get("id");
        id != nullptr && object->get("method") == nullptr) {
      fuzz::require((object->get("result") != nullptr) != (object->get("error") != nullptr),
                    "an answer is a result or an error");
    }
  }
  void start_check(lsp::JobId job, const lsp::CheckRequest& request) override {
    checks_[job] = request.root;
  }
  void start_analysis(lsp::JobId job, const lsp::AnalysisRequest& request) override {
    for (const fixit::EditedFile& file : request.files) {
      fuzz::require(!file.path.empty(), "an unsaved text belongs to a file");
    }
    analyses_[job] = request;
  }
  void start_try(lsp::JobId job, const lsp::TryRequest& request) override {
    fuzz::require(!request.edits.empty(), "an edit is on trial");
    tries_[job] = true;
  }
  void start_change(lsp::JobId job, const lsp::ChangeRequest& request) override {
    fuzz::require(!request.path.empty(), "a function stands in a file");
    changes_[job] = request;
  }
  void start_facts(lsp::JobId job, const lsp::FactsRequest& request) override {
    facts_[job] = request.path;
  }
  void stop(lsp::JobId job) override {
    checks_.erase(job);
    analyses_.erase(job);
    tries_.erase(job);
    changes_.erase(job);
    facts_.erase(job);
  }
  std::optional<std::string> read_file(const std::string& path) override {
    if (path.ends_with("other.rs")) return "mod a;\n";
    return path.ends_with(".rs") ? std::optional(std::string(Text)) : std::nullopt;
  }
  bool has_file(const std::string& path) override { return path == "/w/Cargo.toml"; }
  std::string real_folder(const std::string& path) override { return path; }
  std::string page_uri(const std::string& name) override { return "file:///pages/" + name; }

  void answer(lsp::Server& server) {
    if (!answers_) return;
    for (const auto& [job, root] : std::exchange(checks_, {})) {
      server.check_found(job, {finding_in(root + "/src/a.rs")}, job % 2 == 0);
      if (job % 3 != 0)
        server.check_ended(job, {{finding_in(root + "/src/a.rs")}, job % 5 != 0, ""});
    }
    for (const auto& [job, request] : std::exchange(analyses_, {})) {
      std::vector<plugin::ReportedFinding> found;
      for (const fixit::EditedFile& file : request.files) found.push_back(finding_in(file.path));
      server.analysis_ended(job, {std::move(found), job % 4 == 0 ? "why not" : ""});
    }
    for (const auto& [job, is_known] : std::exchange(tries_, {})) {
      server.try_ended(
          job, {job % 2 == 0 ? base::Verdict::Kind::Accepted : base::Verdict::Kind::Unknown, ""});
    }
    for (const auto& [job, request] : std::exchange(changes_, {})) {
      lsp::ChangeResult changed;
      for (const fixit::EditedFile& file : request.files)
        changed.files.push_back({file.path, file.text, "async " + file.text});
      changed.plan = "what changes\n";
      changed.problem = job % 4 == 0 ? "why not" : "";
      server.change_ended(job, changed);
    }
    for (const auto& [job, path] : std::exchange(facts_, {})) {
      lsp::FutureFacts future;
      future.name = "a";
      future.begin = 9;
      future.is_send = job % 2 == 0;
      future.why = {"why"};
      future.awaits = {{19, 24, {{"x", "Rc<u8>", ""}, {"", "T", "Mutex"}}}};
      server.facts_ended(job, {{future}, ""});
    }
  }

 private:
  bool answers_;
  std::map<lsp::JobId, std::string> checks_;
  std::map<lsp::JobId, lsp::AnalysisRequest> analyses_;
  std::map<lsp::JobId, bool> tries_;
  std::map<lsp::JobId, lsp::ChangeRequest> changes_;
  std::map<lsp::JobId, std::string> facts_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view bytes = fuzz::text_of(data, size);
  if (bytes.empty()) return 0;
  const auto how = static_cast<unsigned char>(bytes.front());
  bytes.remove_prefix(1);
  FuzzHost host((how & 1U) != 0);
  lsp::Server server(host);
  // A greeting of a client that can do all, unless the input brings its own.
  if ((how & 2U) != 0) {
    server.receive(lsp::frame(
        R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"rootUri":"file:///w","capabilities":{
"general":{"positionEncodings":["utf-8"]},"workspace":{"workspaceEdit":{"documentChanges":true,
"changeAnnotationSupport":{}}},"window":{"workDoneProgress":true},"textDocument":{"codeAction":{
"codeActionLiteralSupport":{},"dataSupport":true,"disabledSupport":true,"resolveSupport":{
"properties":["edit"]}},"publishDiagnostics":{"relatedInformation":true}}},
"initializationOptions":{"inlayHints":{"enable":true}}}})"));
    server.receive(lsp::frame(R"({"jsonrpc":"2.0","method":"initialized","params":{}})"));
    host.answer(server);
  }
  // Without frames each line is a message: mutations then reach further.
  if ((how & 4U) != 0) {
    while (!bytes.empty()) {
      const std::string_view line = bytes.substr(0, bytes.find('\n'));
      bytes.remove_prefix(std::min(bytes.size(), line.size() + 1));
      server.receive(lsp::frame(line));
      host.answer(server);
    }
    return 0;
  }
  const size_t piece = 1 + (how >> 3U) * size_t{8};
  while (!bytes.empty() && !server.is_over()) {
    server.receive(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(bytes.size(), piece));
    host.answer(server);
  }
  return 0;
}
