// Texts, and what is said of them unasked: the findings.
#include <algorithm>

#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include "plugin/lsp/paths.h"
#include "plugin/lsp/protocol.h"
#include "plugin/lsp/server.h"

namespace jaa::lsp {

namespace json = llvm::json;

void Server::did_open(const json::Value& params) {
  const auto uri = string_at(params, {"textDocument", "uri"});
  const auto text = string_at(params, {"textDocument", "text"});
  const auto version = integer_at(params, {"textDocument", "version"});
  if (!uri || !text || !version) {
    log("`textDocument/didOpen` without a URI, a version or a text");
    return;
  }
  const std::string path = file_at(*uri).value_or(std::string());
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
  text_changed(path);
}

void Server::did_change(const json::Value& params) {
  const auto uri = string_at(params, {"textDocument", "uri"});
  Document* const document = uri ? documents_.find_uri(uri->str()) : nullptr;
  const json::Array* const changes = array_at(params, {"contentChanges"});
  if (document == nullptr || changes == nullptr) {
    log("`textDocument/didChange` of a document that is not open");
    return;
  }
  for (const json::Value& change : *changes) {
    const auto text = string_at(change, {"text"});
    const bool is_partial = value_at(change, {"range"}) != nullptr;
    const auto range = range_at(change, {"range"});
    if (!text || (is_partial && !range)) {
      log("a change of " + document->uri() + " without a text, or of no range");
    } else if (!is_partial) {
      document->replace(text->str());
    } else if (!document->edit(range->start, range->end, text->str(), client_.encoding)) {
      log("a change of " + document->uri() + " outside of its text");
    }
  }
  document->set_version(
      integer_at(params, {"textDocument", "version"}).value_or(document->version() + 1));
  text_changed(document->path());
}

void Server::did_save(const json::Value& params) {
  const auto uri = string_at(params, {"textDocument", "uri"});
  Document* const document = uri ? documents_.find_uri(uri->str()) : nullptr;
  if (document == nullptr || document->path().empty()) {
    return;
  }
  findings_.rebase(*document);
  document->set_saved();
  publish(document->path());
  const auto root = project_of(document->path());
  if (root) {
    disk_changed(*root);
  }
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

void Server::did_change_watched_files(const json::Value& params) {
  const json::Array* const changes = array_at(params, {"changes"});
  std::set<std::string> changed_projects;
  for (const json::Value& change : changes == nullptr ? json::Array() : *changes) {
    const auto uri = string_at(change, {"uri"});
    const auto path = uri ? file_at(*uri) : std::nullopt;
    const auto root = path ? project_of(*path) : std::nullopt;
    // What builds write is no change of the project's.
    if (!root || is_below(*path, *root + "/target")) {
      continue;
    }
    disk_changed(*root);
    if (Document* const document = documents_.find_path(*path)) {
      std::optional<std::string> text = host_.read_file(*path);
      if (!text || *text == document->saved_text()) {
        continue;  // our own save, or a file that is gone and may come back
      }
      findings_.forget_file(*path);
      document->set_on_disk(std::move(*text));
      text_changed(*path);
    } else {
      findings_.forget_file(*path);
      publish(*path);
    }
    const bool is_known =
        projects_.contains(*root) ||
        (llvm::StringRef(*path).ends_with("/Cargo.toml") && has_open_document(*root));
    if (is_known) {
      changed_projects.insert(*root);
    }
  }
  for (const std::string& root : changed_projects) {
    if (settings_.check_on_save) {
      projects_.try_emplace(root);
      start_check(root);
    }
  }
}

std::vector<MisplacedAwait> Server::typed_awaits(Document& document) {
  if (!is_rust(document.path()) || document.text().find("await") == std::string_view::npos) {
    return {};
  }
  const auto [place, is_first] = typed_.try_emplace(document.path());
  if (is_first) {
    place->second = misplaced_awaits(document.tree());
  }
  const std::vector<MisplacedAwait>& known = place->second;
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

void Server::text_changed(const std::string& path) {
  typed_.erase(path);
  if (!path.empty()) {
    publish(path);
  }
}

// What compilers said of unsaved texts rests on the saved ones, too.
void Server::disk_changed(const std::string& root) {
  std::vector<JobId> stale;
  for (const auto& [job, request] : analyses_) {
    if (request.root == root) {
      stale.push_back(job);
    }
  }
  for (const auto& [job, key] : tries_) {
    if (key.root == root) {
      stale.push_back(job);
    }
  }
  for (const auto& [job, changing] : changes_) {
    if (changing.request.root == root) {
      stale.push_back(job);
    }
  }
  for (const JobId job : stale) {
    drop_job(job, {ErrorCode::ContentModified, "a file was saved meanwhile"});
  }
  std::erase_if(analysed_, [&root](const Analysed& one) { return one.request.root == root; });
  std::erase_if(tried_, [&root](const Tried& one) { return one.root == root; });
  std::erase_if(changed_, [&root](const Changed& one) { return one.request.root == root; });
}

bool Server::has_open_document(const std::string& root) {
  const std::vector<Document*> all = documents_.all();
  return std::any_of(all.begin(), all.end(), [&](const Document* document) {
    return is_rust(document->path()) && project_of(document->path()) == root;
  });
}

Document* Server::document_at(const json::Value& params, ResponseError& error) {
  const auto uri = string_at(params, {"textDocument", "uri"});
  if (!uri) {
    error = {ErrorCode::InvalidParams, "`textDocument.uri` is missing"};
    return nullptr;
  }
  Document* const document = documents_.find_uri(uri->str());
  if (document == nullptr) {
    error = {ErrorCode::InvalidParams, "not open: " + uri->str()};
  }
  return document;
}

std::vector<fixit::EditedFile> Server::unsaved_texts(const std::string& project) {
  std::vector<fixit::EditedFile> result;
  for (const Document* const document : documents_.all()) {
    if (document->is_dirty() && is_rust(document->path()) &&
        project_of(document->path()) == project) {
      result.push_back({document->path(), std::string(document->text())});
    }
  }
  std::sort(result.begin(), result.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return result;
}

std::optional<Server::Reply> Server::pull_diagnostics(const json::Value& params,
                                                      const json::Value& /*id*/) {
  ResponseError error;
  Document* const document = document_at(params, error);
  if (document == nullptr) {
    return error;
  }
  json::Array items = diagnostics(document->path());
  std::string text;
  llvm::raw_string_ostream(text) << json::Value(json::Array(items));
  const std::string result_id = std::to_string(llvm::xxh3_64bits(text));
  if (string_at(params, {"previousResultId"}) == result_id) {
    return Reply(json::Value(json::Object{{"kind", "unchanged"}, {"resultId", result_id}}));
  }
  json::Object report{{"kind", "full"}, {"resultId", result_id}, {"items", std::move(items)}};
  json::Object related;
  for (const std::string& path : findings_.files()) {
    Document* const other = documents_.find_path(path);
    if (other != nullptr && other != document) {
      related[other->uri()] = json::Object{{"kind", "full"}, {"items", diagnostics(path)}};
    }
  }
  if (!related.empty()) {
    report["relatedDocuments"] = std::move(related);
  }
  return Reply(json::Value(std::move(report)));
}

}  // namespace jaa::lsp
