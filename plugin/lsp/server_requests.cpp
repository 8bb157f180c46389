// What the client asks: diagnostics, code actions, hovers, hints.
#include <algorithm>

#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include "plugin/lsp/protocol.h"
#include "plugin/lsp/refactorings.h"
#include "plugin/lsp/server.h"
#include "syntax/queries.h"

namespace jaa::lsp {

namespace json = llvm::json;
using plugin::ReportedEdit;
using plugin::ReportedFinding;
using plugin::ReportedFix;
using Kind = base::Verdict::Kind;

namespace {

constexpr llvm::StringLiteral QuickFix = "quickfix";
constexpr llvm::StringLiteral Refactor = "refactor.rewrite.justAsync";
constexpr llvm::StringLiteral FixAll = "source.fixAll.justAsync";

bool overlap(TextRange a, TextRange b) {
  return a.begin <= b.end && b.begin <= a.end;
}

bool is_automatic(const ReportedFix& fix) {
  return fix.verdict == Kind::Accepted && fix.keeps_meaning && !fix.has_placeholders;
}

// Of the actions that are tried again when they are chosen.
std::string key_of(const std::vector<fixit::EditedFile>& files,
                   const std::vector<ReportedEdit>& edits) {
  std::string text;
  for (const fixit::EditedFile& file : files) {
    text += file.path + '\n' + file.text + '\n';
  }
  for (const ReportedEdit& edit : edits) {
    text += edit.path + '\n' + std::to_string(edit.begin) + ' ' + std::to_string(edit.end) + '\n' +
            edit.text + '\n';
  }
  return std::to_string(llvm::xxh3_64bits(text));
}

}  // namespace

// One `textDocument/codeAction`.
struct Server::ActionQuery {
  Document& document;
  TextRange place;
  const json::Array* only = nullptr;
  TextSource texts;

  // The client wants actions of this kind: all, or those below one that it names.
  [[nodiscard]] bool wants(llvm::StringRef kind) const {
    return only == nullptr ||
           std::any_of(only->begin(), only->end(), [kind](const json::Value& wanted) {
             const auto name = wanted.getAsString();
             return name &&
                    (name->empty() || kind == *name || kind.starts_with((*name + ".").str()));
           });
  }
  // The client has named that kind, or one around it.
  [[nodiscard]] bool names(llvm::StringRef kind) const { return only != nullptr && wants(kind); }
};

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
    if (document->is_dirty() && project_of(document->path()) == project) {
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

std::optional<Server::Reply> Server::code_actions(const json::Value& params,
                                                  const json::Value& id) {
  ResponseError error;
  Document* const document = document_at(params, error);
  if (document == nullptr) {
    return error;
  }
  const auto range = range_at(params, {"range"});
  const auto begin = range ? document->offset(range->start, client_.encoding) : std::nullopt;
  const auto end = range ? document->offset(range->end, client_.encoding) : std::nullopt;
  if (!begin || !end) {
    return ResponseError{ErrorCode::InvalidParams, "no such range in " + document->uri()};
  }
  ActionQuery query{*document,
                    {*begin, *end},
                    array_at(params, {"context", "only"}),
                    TextSource(documents_, host_, client_.encoding)};
  json::Array actions;
  if (document->path().empty() || !client_.literal_actions) {
    return Reply(json::Value(std::move(actions)));
  }
  if (query.wants(QuickFix) && settings_.shows_findings) {
    add_fixes(query, actions);
    // A finding of the syntax: what would mend it is known when the compiler has seen it.
    const std::vector<MisplacedAwait> typed = typed_awaits(*document);
    const bool is_typed = std::any_of(
        typed.begin(), typed.end(),
        [&query](const MisplacedAwait& await) { return overlap(await.keyword, query.place); });
    const auto root = project_of(document->path());
    if (is_typed && root) {
      const std::vector<fixit::EditedFile> files = unsaved_texts(*root);
      if (known_analysis(*root, files) == nullptr) {
        const auto running = std::find_if(analyses_.begin(), analyses_.end(), [&](const auto& one) {
          return one.second.root == *root && one.second.files == files;
        });
        JobId job = 0;
        if (running != analyses_.end()) {
          job = running->first;
        } else {
          job = ++last_job_;
          analyses_[job] = {*root, settings_, files};
          host_.start_analysis(job, analyses_[job]);
        }
        wait_for(job, id, [this, params, id] { return code_actions(params, id); });
        return std::nullopt;
      }
      add_typed_fixes(query, actions);
    }
  }
  if (query.wants(Refactor)) {
    add_refactorings(query, actions);
  }
  if (query.names(FixAll)) {
    add_fix_all(query, actions);
  }
  return Reply(json::Value(std::move(actions)));
}

void Server::add_fixes(const ActionQuery& query, json::Array& actions) {
  TextSource texts = query.texts;
  const auto root = project_of(query.document.path());
  const bool is_saved = root && unsaved_texts(*root).empty();
  for (const PresentFinding& finding : findings_.in_file(query.document.path())) {
    if (!overlap(finding.primary, query.place)) {
      continue;
    }
    bool has_preferred = false;
    for (const ReportedFix& fix : finding.known->report.fixes) {
      const auto edits = findings_.present_edits(fix);
      if (!edits || fix.has_placeholders) {
        continue;
      }
      json::Object action{
          {"title", json::fixUTF8(action_title(fix))},
          {"kind", QuickFix},
          {"diagnostics", json::Array{diagnostic_json(finding, texts, client_, host_)}}};
      const bool is_proven =
          fix.verdict == Kind::Accepted && is_saved && !finding.known->is_outdated &&
          std::all_of(edits->begin(), edits->end(), [&](const auto& edit) {
            return texts.has_text(edit.path, {edit.begin, edit.end}, edit.old_text);
          });
      if (fix.verdict == Kind::Rejected) {
        if (!client_.disabled_actions || !is_saved) {
          continue;
        }
        action["disabled"] =
            json::Object{{"reason", json::fixUTF8("the compiler refuses it: " + fix.reason)}};
      } else if (is_proven) {
        action["edit"] = workspace_edit(*edits, query.document.path(), texts, documents_, client_);
        if (is_automatic(fix) && !has_preferred) {
          has_preferred = true;
          action["isPreferred"] = true;
        }
      } else if (client_.resolves_edits) {
        json::Object seen;
        for (const auto& [uri, version] : versions()) {
          seen[uri] = version;
        }
        action["data"] = json::Object{{"finding", static_cast<int64_t>(finding.known->id)},
                                      {"fix", json::fixUTF8(fix.name)},
                                      {"uri", query.document.uri()},
                                      {"versions", std::move(seen)}};
      } else {
        continue;  // nothing that the compiler has not seen
      }
      actions.push_back(std::move(action));
    }
  }
}

// Of findings that only an analysis of the unsaved texts knows.
void Server::add_typed_fixes(const ActionQuery& query, json::Array& actions) {
  TextSource texts = query.texts;
  const auto root = project_of(query.document.path());
  const AnalysisResult* const analysis = known_analysis(*root, unsaved_texts(*root));
  if (analysis == nullptr) {
    return;
  }
  for (const ReportedFinding& finding : analysis->findings) {
    if (finding.path != query.document.path() ||
        !overlap({finding.begin, finding.end}, query.place)) {
      continue;
    }
    bool has_preferred = false;
    for (const ReportedFix& fix : finding.fixes) {
      if (fix.verdict != Kind::Accepted || fix.has_placeholders) {
        continue;
      }
      json::Object action{
          {"title", json::fixUTF8(action_title(fix))},
          {"kind", QuickFix},
          {"edit", workspace_edit(fix.edits, query.document.path(), texts, documents_, client_)}};
      if (is_automatic(fix) && !has_preferred) {
        has_preferred = true;
        action["isPreferred"] = true;
      }
      actions.push_back(std::move(action));
    }
  }
}

void Server::add_refactorings(const ActionQuery& query, json::Array& actions) {
  if (!client_.resolves_edits || !project_of(query.document.path())) {
    return;
  }
  for (const Refactoring& one : refactorings_at(query.document, query.place)) {
    actions.push_back(json::Object{
        {"title", one.title},
        {"kind", Refactor},
        {"data",
         json::Object{
             {"refactoring", one.name},
             {"uri", query.document.uri()},
             {"version", query.document.version()},
             {"range", to_json({query.document.position(query.place.begin, client_.encoding),
                                query.document.position(query.place.end, client_.encoding)})}}}});
  }
}

// The lead fixes of the file's findings, as far as they do not touch and stay in it.
std::vector<ReportedEdit> Server::all_fixes(const std::string& path) {
  std::vector<ReportedEdit> all;
  const auto touches = [&all](const ReportedEdit& edit) {
    return std::any_of(all.begin(), all.end(), [&edit](const ReportedEdit& other) {
      return edit.begin <= other.end && other.begin <= edit.end;
    });
  };
  for (const PresentFinding& finding : findings_.in_file(path)) {
    for (const ReportedFix& fix : finding.known->report.fixes) {
      const auto edits = findings_.present_edits(fix);
      const bool fits = is_automatic(fix) && !finding.known->is_outdated && edits &&
                        std::none_of(edits->begin(), edits->end(), [&](const ReportedEdit& edit) {
                          return edit.path != path || touches(edit);
                        });
      if (fits) {
        all.insert(all.end(), edits->begin(), edits->end());
        break;
      }
    }
  }
  return all;
}

void Server::add_fix_all(const ActionQuery& query, json::Array& actions) {
  const std::vector<ReportedEdit> edits = all_fixes(query.document.path());
  const auto root = project_of(query.document.path());
  if (edits.empty() || !root || !settings_.shows_findings) {
    return;
  }
  TextSource texts = query.texts;
  size_t findings = 0;
  for (const PresentFinding& finding : findings_.in_file(query.document.path())) {
    findings += std::any_of(finding.known->report.fixes.begin(), finding.known->report.fixes.end(),
                            is_automatic)
                    ? 1
                    : 0;
  }
  json::Object action{{"title", "Apply all fixes that the compiler accepts"}, {"kind", FixAll}};
  // One that was tried by itself needs no more trial; several were, but not all together.
  if (findings == 1 && unsaved_texts(*root).empty()) {
    action["edit"] = workspace_edit(edits, query.document.path(), texts, documents_, client_);
  } else if (client_.resolves_edits) {
    action["data"] =
        json::Object{{"fixAll", query.document.uri()}, {"version", query.document.version()}};
  } else {
    return;
  }
  actions.push_back(std::move(action));
}

std::optional<Server::Reply> Server::resolve_action(const json::Value& params,
                                                    const json::Value& id) {
  if (value_at(params, {"edit"}) != nullptr || value_at(params, {"data"}) == nullptr) {
    return Reply(params);  // nothing is missing
  }
  if (value_at(params, {"data", "finding"}) != nullptr) {
    return resolve_fix(params, id);
  }
  const bool is_all = string_at(params, {"data", "fixAll"}).has_value();
  const auto uri = string_at(params, {"data", is_all ? "fixAll" : "uri"});
  Document* const document = uri ? documents_.find_uri(uri->str()) : nullptr;
  if (document == nullptr) {
    return ResponseError{ErrorCode::InvalidParams, "an action's data that is none of ours"};
  }
  if (integer_at(params, {"data", "version"}) != document->version()) {
    return ResponseError{ErrorCode::ContentModified, "the text was edited meanwhile"};
  }
  if (is_all) {
    return resolve_edits(params, all_fixes(document->path()), document->path(), id);
  }
  const auto name = string_at(params, {"data", "refactoring"});
  const auto range = range_at(params, {"data", "range"});
  const auto begin = range ? document->offset(range->start, client_.encoding) : std::nullopt;
  const auto end = range ? document->offset(range->end, client_.encoding) : std::nullopt;
  if (!name || !begin || !end) {
    return ResponseError{ErrorCode::InvalidParams, "an action's data that is none of ours"};
  }
  for (const Refactoring& one : refactorings_at(*document, {*begin, *end})) {
    if (one.name == *name) {
      return resolve_edits(params, one.edits, document->path(), id);
    }
  }
  return ResponseError{ErrorCode::ContentModified, "it is no longer there"};
}

// Edits that the compiler has not seen in this form.
std::optional<Server::Reply> Server::resolve_edits(const json::Value& action,
                                                   const std::vector<ReportedEdit>& edits,
                                                   const std::string& path, const json::Value& id) {
  const auto root = project_of(path);
  if (!root || edits.empty()) {
    return ResponseError{ErrorCode::RequestFailed, "there is no cargo project around it"};
  }
  TryRequest request{*root, settings_, unsaved_texts(*root), edits};
  const std::string key = key_of(request.files, edits);
  const auto known = std::find_if(tried_.begin(), tried_.end(),
                                  [&key](const Tried& tried) { return tried.key == key; });
  if (known == tried_.end()) {
    const JobId job = ++last_job_;
    try_jobs_[job] = key;
    host_.start_try(job, request);
    wait_for(job, id,
             [this, action, edits, path, id] { return resolve_edits(action, edits, path, id); });
    return std::nullopt;
  }
  if (known->result.kind != Kind::Accepted) {
    return ResponseError{ErrorCode::RequestFailed, known->result.reason.empty()
                                                       ? "the compiler could not be asked"
                                                       : known->result.reason};
  }
  json::Object done = *action.getAsObject();
  TextSource texts(documents_, host_, client_.encoding);
  done["edit"] = workspace_edit(edits, path, texts, documents_, client_);
  return Reply(json::Value(std::move(done)));
}

// A fix of a finding, in texts that have changed since it was tried: all is looked at
// again as it stands.
std::optional<Server::Reply> Server::resolve_fix(const json::Value& action, const json::Value& id) {
  const auto number = integer_at(action, {"data", "finding"});
  const auto name = string_at(action, {"data", "fix"});
  const auto uri = string_at(action, {"data", "uri"});
  const json::Value* const seen = value_at(action, {"data", "versions"});
  Document* const document = uri ? documents_.find_uri(uri->str()) : nullptr;
  if (!number || !name || seen == nullptr || document == nullptr) {
    return ResponseError{ErrorCode::InvalidParams, "an action's data that is none of ours"};
  }
  json::Object now;
  for (const auto& [each, version] : versions()) {
    now[each] = version;
  }
  const KnownFinding* const known = findings_.find(static_cast<FindingId>(*number));
  const auto root = project_of(document->path());
  if (*seen != json::Value(std::move(now)) || known == nullptr || !root) {
    return ResponseError{ErrorCode::ContentModified, "the text was edited meanwhile"};
  }
  std::vector<fixit::EditedFile> files = unsaved_texts(*root);
  if (files.empty()) {
    // The check on disk had no time for it.
    files.push_back({document->path(), std::string(document->text())});
  }
  const AnalysisResult* const analysis = known_analysis(*root, files);
  if (analysis == nullptr) {
    const JobId job = ++last_job_;
    analyses_[job] = {*root, settings_, files};
    host_.start_analysis(job, analyses_[job]);
    wait_for(job, id, [this, action, id] { return resolve_fix(action, id); });
    return std::nullopt;
  }
  if (!analysis->problem.empty()) {
    return ResponseError{ErrorCode::RequestFailed, analysis->problem};
  }
  const std::vector<PresentFinding> present = findings_.in_file(document->path());
  const auto place = std::find_if(present.begin(), present.end(),
                                  [known](const auto& one) { return one.known == known; });
  for (const ReportedFinding& finding : analysis->findings) {
    if (place == present.end() || finding.code != known->report.code ||
        finding.path != document->path() ||
        !overlap(place->primary, {finding.begin, finding.end})) {
      continue;
    }
    for (const ReportedFix& fix : finding.fixes) {
      if (fix.name != *name) {
        continue;
      }
      if (fix.verdict != Kind::Accepted) {
        return ResponseError{ErrorCode::RequestFailed,
                             "the compiler does not accept it: " + fix.reason};
      }
      json::Object done = *action.getAsObject();
      TextSource texts(documents_, host_, client_.encoding);
      done["edit"] = workspace_edit(fix.edits, document->path(), texts, documents_, client_);
      return Reply(json::Value(std::move(done)));
    }
  }
  return ResponseError{ErrorCode::ContentModified,
                       "the compiler no longer finds this in the text as it is"};
}

const AnalysisResult* Server::known_analysis(const std::string& project,
                                             const std::vector<fixit::EditedFile>& files) {
  for (const Analysed& one : analysed_) {
    if (one.project == project && one.files == files) {
      return &one.result;
    }
  }
  return nullptr;
}

void Server::analysis_ended(JobId job, AnalysisResult result) {
  const auto request = analyses_.find(job);
  if (request == analyses_.end()) {
    return;
  }
  constexpr size_t MostKept = 4;
  if (analysed_.size() >= MostKept) {
    analysed_.erase(analysed_.begin());
  }
  analysed_.push_back({request->second.root, std::move(request->second.files), std::move(result)});
  analyses_.erase(request);
  job_ended(job);
}

void Server::try_ended(JobId job, const TryResult& result) {
  const auto key = try_jobs_.find(job);
  if (key == try_jobs_.end()) {
    return;
  }
  constexpr size_t MostKept = 32;
  if (tried_.size() >= MostKept) {
    tried_.erase(tried_.begin());
  }
  tried_.push_back({key->second, result});
  try_jobs_.erase(key);
  job_ended(job);
}

const FactsResult* Server::known_facts(const Document& document) {
  const auto known = facts_.find(document.path());
  return known != facts_.end() && known->second.text == document.saved_text()
             ? &known->second.result
             : nullptr;
}

void Server::facts_ended(JobId job, FactsResult result) {
  const auto request = facts_jobs_.find(job);
  if (request == facts_jobs_.end()) {
    return;
  }
  const std::string path = request->second.path;
  facts_jobs_.erase(request);
  if (const Document* const document = documents_.find_path(path)) {
    facts_[path] = {document->saved_text(), std::move(result)};
  }
  job_ended(job);
}

namespace {

// What a hover can be about: the keyword of an await, or what begins a future.
struct HoverTarget {
  TextRange await;   // empty: none
  TextRange future;  // a function's name, or the first token of a block or closure
};

std::optional<HoverTarget> hover_target(const Document& document, uint32_t offset) {
  using syntax::Node;
  const syntax::Tree& tree = document.tree();
  const std::string_view text = document.text();
  // The whole word, whichever end of it the pointer is at.
  const auto is_word = [&text](uint32_t at) {
    return at < text.size() &&
           ((std::isalnum(static_cast<unsigned char>(text[at])) != 0) || text[at] == '_');
  };
  uint32_t begin = offset;
  while (begin > 0 && is_word(begin - 1)) {
    --begin;
  }
  uint32_t end = offset;
  while (is_word(end)) {
    ++end;
  }
  if (begin == end) {
    return std::nullopt;
  }
  const std::string_view word = text.substr(begin, end - begin);
  const Node node = tree.smallest_node({tree.file(), begin, end});
  if (word == "await" && node.is("await_expression")) {
    return HoverTarget{{begin, end}, {}};
  }
  const Node function = syntax::enclosing(node, {"function_item"});
  const Node name = function.field("name");
  const bool is_head = name && (name.begin() == begin || (word == "async" && begin < name.begin()));
  if (is_head && syntax::is_async_function(function)) {
    return HoverTarget{{}, {name.begin(), name.end()}};
  }
  const Node block = syntax::enclosing(node, {"async_block", "closure_expression"});
  if (word == "async" && block && block.begin() == begin && syntax::is_async_function(block)) {
    return HoverTarget{{}, {begin, end}};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Server::Reply> Server::hover(const json::Value& params, const json::Value& id) {
  ResponseError error;
  Document* const document = document_at(params, error);
  if (document == nullptr) {
    return error;
  }
  const auto position = position_at(params, {"position"});
  const auto offset = position ? document->offset(*position, client_.encoding) : std::nullopt;
  if (!offset) {
    return ResponseError{ErrorCode::InvalidParams, "no such position in " + document->uri()};
  }
  const Reply nothing(json::Value(nullptr));
  const auto target = hover_target(*document, *offset);
  const auto root = target ? project_of(document->path()) : std::nullopt;
  if (!root) {
    return nothing;
  }
  const FactsResult* const facts = known_facts(*document);
  if (facts == nullptr) {
    const auto running =
        std::find_if(facts_jobs_.begin(), facts_jobs_.end(),
                     [document](const auto& one) { return one.second.path == document->path(); });
    JobId job = 0;
    if (running != facts_jobs_.end()) {
      job = running->first;
    } else {
      job = ++last_job_;
      facts_jobs_[job] = {*root, settings_, document->path()};
      host_.start_facts(job, facts_jobs_[job]);
    }
    wait_for(job, id, [this, params, id] { return hover(params, id); });
    return std::nullopt;
  }
  const bool is_await = target->await.begin != target->await.end;
  const auto saved = document->to_saved(is_await ? target->await : target->future);
  if (!saved) {
    return nothing;  // edited since
  }
  for (const FutureFacts& future : facts->futures) {
    const FutureFacts::Await* found = nullptr;
    for (const FutureFacts::Await& await : future.awaits) {
      if (is_await && await.begin <= saved->begin && saved->end <= await.end) {
        found = &await;
      }
    }
    if (found == nullptr && (is_await || future.begin != saved->begin)) {
      continue;
    }
    const std::string text = hover_text(future, found);
    return Reply(json::Value(json::Object{
        {"contents", json::Object{{"kind", client_.markdown_hover ? "markdown" : "plaintext"},
                                  {"value", json::fixUTF8(text)}}},
        {"range", to_json({document->position(is_await ? target->await.begin : target->future.begin,
                                              client_.encoding),
                           document->position(is_await ? target->await.end : target->future.end,
                                              client_.encoding)})}}));
  }
  return nothing;
}

std::optional<Server::Reply> Server::inlay_hints(const json::Value& params, const json::Value& id) {
  ResponseError error;
  Document* const document = document_at(params, error);
  if (document == nullptr) {
    return error;
  }
  const auto range = range_at(params, {"range"});
  const auto begin = range ? document->offset(range->start, client_.encoding) : std::nullopt;
  const auto end = range ? document->offset(range->end, client_.encoding)
                               .value_or(static_cast<uint32_t>(document->text().size()))
                         : 0;
  if (!begin) {
    return ResponseError{ErrorCode::InvalidParams, "no such range in " + document->uri()};
  }
  const auto root = project_of(document->path());
  const bool has_awaits = document->text().find("await") != std::string_view::npos;
  if (!settings_.inlay_hints || !root || !has_awaits) {
    return Reply(json::Value(json::Array()));
  }
  const FactsResult* const facts = known_facts(*document);
  if (facts == nullptr) {
    const JobId job = ++last_job_;
    facts_jobs_[job] = {*root, settings_, document->path()};
    host_.start_facts(job, facts_jobs_[job]);
    wait_for(job, id, [this, params, id] { return inlay_hints(params, id); });
    return std::nullopt;
  }
  json::Array hints;
  for (const FutureFacts& future : facts->futures) {
    for (const FutureFacts::Await& await : future.awaits) {
      const auto place = document->to_present({await.begin, await.end});
      const std::string text = hint_text(await);
      if (place && !text.empty() && *begin <= place->end && place->begin <= end) {
        hints.push_back(
            json::Object{{"position", to_json(document->position(place->end, client_.encoding))},
                         {"label", json::fixUTF8(text)},
                         {"paddingLeft", true}});
      }
    }
  }
  return Reply(json::Value(std::move(hints)));
}

std::optional<Server::Reply> Server::execute_command(const json::Value& params,
                                                     const json::Value& /*id*/) {
  if (string_at(params, {"command"}) != "just-async.check") {
    return ResponseError{ErrorCode::InvalidParams, "there is no such command here"};
  }
  for (const auto& [root, project] : projects_) {
    start_check(root);
  }
  return Reply(json::Value(nullptr));
}

}  // namespace jaa::lsp
