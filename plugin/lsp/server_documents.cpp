// Texts, settings and checks: what comes in by itself, and the findings that follow.
#include <algorithm>

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "plugin/lsp/protocol.h"
#include "plugin/lsp/server.h"

namespace jaa::lsp {

namespace json = llvm::json;

namespace {

constexpr int LogWarning = 2;
constexpr llvm::StringLiteral Section = "just-async";

bool is_below(llvm::StringRef path, llvm::StringRef folder) {
  return path.starts_with(folder) &&
         (path.size() == folder.size() || folder.ends_with("/") || path[folder.size()] == '/');
}

bool is_rust(llvm::StringRef path) {
  return path.ends_with(".rs");
}

}  // namespace

void Server::did_open(const json::Value& params) {
  const auto uri = string_at(params, {"textDocument", "uri"});
  const auto text = string_at(params, {"textDocument", "text"});
  const auto version = integer_at(params, {"textDocument", "version"});
  if (!uri || !text || !version) {
    log(LogWarning, "`textDocument/didOpen` without a URI, a version or a text");
    return;
  }
  const std::string path = path_of_uri(*uri).value_or(std::string());
  Document& document = documents_.open(uri->str(), path, *version, text->str());
  if (path.empty()) {
    return;
  }
  if (auto on_disk = host_.read_file(path)) {
    document.set_on_disk(std::move(*on_disk));
  }
  if (client_.pulls_diagnostics) {
    // From now on the client asks.
    publish(path);
  }
  if (is_rust(path)) {
    if (const auto root = project_of(path); root && !projects_.contains(*root)) {
      projects_.try_emplace(*root);
      start_check(*root);
    }
  }
  texts_changed(path);
}

void Server::did_change(const json::Value& params) {
  const auto uri = string_at(params, {"textDocument", "uri"});
  Document* const document = uri ? documents_.find_uri(uri->str()) : nullptr;
  const json::Array* const changes = array_at(params, {"contentChanges"});
  if (document == nullptr || changes == nullptr) {
    log(LogWarning, "`textDocument/didChange` of a document that is not open");
    return;
  }
  for (const json::Value& change : *changes) {
    const auto text = string_at(change, {"text"});
    const bool is_partial = value_at(change, {"range"}) != nullptr;
    const auto range = range_at(change, {"range"});
    if (!text || (is_partial && !range)) {
      log(LogWarning, "a change of " + document->uri() + " without a text, or of no range");
    } else if (!is_partial) {
      document->replace(text->str());
    } else if (!document->edit(range->start, range->end, text->str(), client_.encoding)) {
      log(LogWarning, "a change of " + document->uri() + " outside of its text");
    }
  }
  document->set_version(
      integer_at(params, {"textDocument", "version"}).value_or(document->version() + 1));
  texts_changed(document->path());
}

void Server::did_save(const json::Value& params) {
  const auto uri = string_at(params, {"textDocument", "uri"});
  Document* const document = uri ? documents_.find_uri(uri->str()) : nullptr;
  if (document == nullptr || document->path().empty()) {
    return;
  }
  findings_.rebase(*document);
  document->set_saved();
  texts_changed(document->path());
  const auto root = project_of(document->path());
  if (root && settings_.check_on_save) {
    projects_.try_emplace(*root);
    start_check(*root);
  }
}

void Server::did_close(const json::Value& params) {
  const auto uri = string_at(params, {"textDocument", "uri"});
  Document* const document = uri ? documents_.find_uri(uri->str()) : nullptr;
  if (document == nullptr) {
    return;
  }
  const std::string path = document->path();
  typed_.erase(path);
  documents_.close(uri->str());
  if (!path.empty()) {
    publish(path);
  }
}

void Server::take_settings(const json::Value& section) {
  std::vector<std::string> problems;
  const ClientSettings before = settings_;
  settings_ = read_settings(section, problems);
  for (const std::string& problem : problems) {
    log(LogWarning, problem);
  }
  if (before.check_arguments() != settings_.check_arguments() ||
      before.shows_findings != settings_.shows_findings) {
    for (const auto& [root, project] : projects_) {
      start_check(root);
    }
  }
  if (before.inlay_hints != settings_.inlay_hints && client_.refreshes_hints) {
    ask("workspace/inlayHint/refresh", nullptr, nullptr);
  }
  publish_all();
}

// Checks begin when the settings are known.
void Server::pull_settings() {
  ask("workspace/configuration",
      json::Object{{"items", json::Array{json::Object{{"section", Section}}}}},
      [this](const json::Value& result) {
        const json::Array* const sections = result.getAsArray();
        const bool is_set =
            sections != nullptr && !sections->empty() && sections->front().getAsObject() != nullptr;
        if (is_set) {
          take_settings(sections->front());
        }
        for (const auto& [root, project] : projects_) {
          if (project.check == 0) {
            start_check(root);
          }
        }
      });
}

void Server::did_change_configuration(const json::Value& params) {
  if (client_.configuration) {
    pull_settings();
  } else if (const json::Value* const section = value_at(params, {"settings", Section})) {
    take_settings(*section);
  }
}

void Server::did_change_folders(const json::Value& params) {
  if (const json::Array* const removed = array_at(params, {"event", "removed"})) {
    for (const json::Value& folder : *removed) {
      const auto uri = string_at(folder, {"uri"});
      const auto path = uri ? path_of_uri(*uri) : std::nullopt;
      if (!path) {
        continue;
      }
      std::erase(folders_, *path);
      for (auto at = projects_.begin(); at != projects_.end();) {
        if (is_below(at->first, *path)) {
          stop_check(at->first);
          findings_.forget_project(at->first);
          at = projects_.erase(at);
        } else {
          ++at;
        }
      }
    }
  }
  if (const json::Array* const added = array_at(params, {"event", "added"})) {
    for (const json::Value& folder : *added) {
      const auto uri = string_at(folder, {"uri"});
      const auto path = uri ? path_of_uri(*uri) : std::nullopt;
      if (path && std::find(folders_.begin(), folders_.end(), *path) == folders_.end()) {
        folders_.push_back(*path);
        if (host_.has_file(*path + "/Cargo.toml")) {
          projects_.try_emplace(*path);
          start_check(*path);
        }
      }
    }
  }
  publish_all();
}

void Server::did_change_watched_files(const json::Value& params) {
  const json::Array* const changes = array_at(params, {"changes"});
  std::set<std::string> changed_projects;
  for (const json::Value& change : changes == nullptr ? json::Array() : *changes) {
    const auto uri = string_at(change, {"uri"});
    const auto path = uri ? path_of_uri(*uri) : std::nullopt;
    // What builds write is no change of the project's.
    if (!path || llvm::StringRef(*path).contains("/target/")) {
      continue;
    }
    facts_.erase(*path);
    if (Document* const document = documents_.find_path(*path)) {
      std::optional<std::string> text = host_.read_file(*path);
      if (!text || *text == document->saved_text()) {
        continue;  // our own save, or a file that is gone and may come back
      }
      findings_.forget_file(*path);
      document->set_on_disk(std::move(*text));
      texts_changed(*path);
    } else {
      findings_.forget_file(*path);
      publish(*path);
    }
    if (const auto root = project_of(*path); root && projects_.contains(*root)) {
      changed_projects.insert(*root);
    }
  }
  for (const std::string& root : changed_projects) {
    if (settings_.check_on_save) {
      start_check(root);
    }
  }
}

// The outermost `Cargo.toml` within the client's folder that the file is in: a workspace,
// where there is one. Outside of all folders the nearest.
std::optional<std::string> Server::project_of(const std::string& path) {
  std::string folder;
  for (const std::string& one : folders_) {
    if (is_below(path, one) && one.size() > folder.size()) {
      folder = one;
    }
  }
  std::optional<std::string> found;
  llvm::StringRef at = llvm::sys::path::parent_path(path);
  for (; !at.empty(); at = llvm::sys::path::parent_path(at)) {
    if (!folder.empty() && !is_below(at, folder)) {
      break;
    }
    if (projects_.contains(at.str()) || host_.has_file((at + "/Cargo.toml").str())) {
      found = at.str();
      if (folder.empty()) {
        break;
      }
    }
    if (at == "/") {
      break;
    }
  }
  return found;
}

void Server::start_check(const std::string& root) {
  stop_check(root);
  // Rust-analyzer runs the check where it shows the findings.
  if (!settings_.shows_findings) {
    return;
  }
  Project& project = projects_[root];
  project.check = ++last_job_;
  project.found = 0;
  if (client_.progress) {
    project.progress = "just-async/check/" + std::to_string(project.check);
    ask("window/workDoneProgress/create", json::Object{{"token", project.progress}}, nullptr);
    host_.send(notification(
        "$/progress",
        json::Object{{"token", project.progress},
                     {"value", json::Object{{"kind", "begin"},
                                            {"title", "cargo async check"},
                                            {"cancellable", true},
                                            {"message", llvm::sys::path::filename(root)}}}}));
  }
  host_.start_check(project.check, {root, settings_});
}

void Server::stop_check(const std::string& root) {
  const auto found = projects_.find(root);
  if (found == projects_.end() || found->second.check == 0) {
    return;
  }
  host_.stop(found->second.check);
  found->second.check = 0;
  end_progress(found->second, "stopped");
}

void Server::end_progress(Project& project, const std::string& text) {
  if (!project.progress.empty()) {
    host_.send(notification(
        "$/progress", json::Object{{"token", project.progress},
                                   {"value", json::Object{{"kind", "end"}, {"message", text}}}}));
    project.progress.clear();
  }
}

Server::Project* Server::project_of_check(JobId job, std::string& root) {
  for (auto& [folder, project] : projects_) {
    if (project.check == job && job != 0) {
      root = folder;
      return &project;
    }
  }
  return nullptr;
}

void Server::check_found(JobId job, std::vector<plugin::ReportedFinding> findings, bool is_final) {
  std::string root;
  Project* const project = project_of_check(job, root);
  if (project == nullptr) {
    return;
  }
  project->found += is_final ? 0 : findings.size();
  findings_.add(root, std::move(findings), is_final);
  publish_all();
  if (!is_final && !project->progress.empty()) {
    const std::string text = llvm::formatv("{0} found; trying their fixes", project->found);
    host_.send(
        notification("$/progress",
                     json::Object{{"token", project->progress},
                                  {"value", json::Object{{"kind", "report"}, {"message", text}}}}));
  }
}

void Server::check_ended(JobId job, CheckResult result) {
  std::string root;
  Project* const project = project_of_check(job, root);
  if (project == nullptr) {
    return;
  }
  project->check = 0;
  const size_t count = result.findings.size();
  if (result.is_complete) {
    findings_.set_all(root, std::move(result.findings));
  } else {
    // What is known from before may be there still.
    findings_.add(root, std::move(result.findings), /*is_final=*/true);
  }
  end_progress(*project, result.problem.empty()
                             ? llvm::formatv("{0} finding{1}", count, count == 1 ? "" : "s").str()
                             : result.problem);
  if (!result.problem.empty()) {
    log(LogWarning, root + ": " + result.problem);
  }
  publish_all();
  if (client_.refreshes_hints && settings_.inlay_hints) {
    ask("workspace/inlayHint/refresh", nullptr, nullptr);
  }
}

std::vector<MisplacedAwait> Server::typed_awaits(Document& document) {
  if (!is_rust(document.path()) || document.text().find("await") == std::string_view::npos) {
    return {};
  }
  auto& [version, known] =
      typed_.try_emplace(document.path(), -1, std::vector<MisplacedAwait>()).first->second;
  if (version != document.version()) {
    version = document.version();
    known = misplaced_awaits(document.tree());
  }
  std::vector<MisplacedAwait> result;
  const std::vector<PresentFinding> found = findings_.in_file(document.path());
  for (const MisplacedAwait& await : known) {
    // Of what is on disk the compiler has spoken, or is about to.
    const bool is_new = !document.to_saved(await.function);
    const bool is_told =
        std::any_of(found.begin(), found.end(), [&await](const PresentFinding& finding) {
          return await.function.begin <= finding.primary.begin &&
                 finding.primary.end <= await.function.end &&
                 finding.known->report.code == await.code;
        });
    if (is_new && !is_told) {
      result.push_back(await);
    }
  }
  return result;
}

json::Array Server::diagnostics(const std::string& path) {
  json::Array result;
  if (!settings_.shows_findings) {
    return result;
  }
  TextSource texts(documents_, host_, client_.encoding);
  for (const PresentFinding& finding : findings_.in_file(path)) {
    result.push_back(diagnostic_json(finding, texts, client_, host_));
  }
  if (Document* const document = documents_.find_path(path)) {
    for (const MisplacedAwait& await : typed_awaits(*document)) {
      result.push_back(diagnostic_json(await, path, texts, client_, host_));
    }
  }
  return result;
}

// Says of a file what is new about it. Where the client asks for diagnostics itself, it is
// only told that of files that are not open.
void Server::publish(const std::string& path) {
  const Document* const document = documents_.find_path(path);
  const bool is_pulled = client_.pulls_diagnostics && document != nullptr;
  json::Array list = is_pulled ? json::Array() : diagnostics(path);
  std::string text;
  llvm::raw_string_ostream(text) << json::Value(json::Array(list));
  std::string& known = published_[path];
  if (text == (known.empty() ? "[]" : known)) {
    if (list.empty()) {
      published_.erase(path);
    }
    return;
  }
  known = list.empty() ? std::string() : std::move(text);
  json::Object params{{"uri", document == nullptr ? uri_of_path(path) : document->uri()},
                      {"diagnostics", std::move(list)}};
  if (document != nullptr) {
    params["version"] = document->version();
  }
  host_.send(notification("textDocument/publishDiagnostics", std::move(params)));
  if (known.empty()) {
    published_.erase(path);
  }
}

void Server::publish_all() {
  std::set<std::string> paths;
  for (const std::string& path : findings_.files()) {
    paths.insert(path);
  }
  for (const auto& [path, text] : published_) {
    paths.insert(path);
  }
  for (const Document* const document : documents_.all()) {
    paths.insert(document->path());
  }
  for (const std::string& path : paths) {
    if (!path.empty()) {
      publish(path);
    }
  }
  if (client_.pulls_diagnostics) {
    ask("workspace/diagnostic/refresh", nullptr, nullptr);
  }
}

void Server::texts_changed(const std::string& path) {
  if (!path.empty()) {
    publish(path);
  }
}

}  // namespace jaa::lsp
