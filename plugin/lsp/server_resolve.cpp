// Code actions that were chosen, and whose edit the compiler has not seen yet.
#include <algorithm>

#include "llvm/Support/xxhash.h"
#include "plugin/lsp/function_changes.h"
#include "plugin/lsp/protocol.h"
#include "plugin/lsp/refactorings.h"
#include "plugin/lsp/server.h"
#include "plugin/rustc/text_edits.h"

namespace jaa::lsp {

namespace json = llvm::json;
using plugin::ReportedEdit;
using plugin::ReportedFinding;
using plugin::ReportedFix;
using Kind = base::Verdict::Kind;

namespace {

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
  if (const auto kind = change_called(*name)) {
    return resolve_change(params, *document, {*begin, *end}, *kind, id);
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
  const auto known = std::find_if(tried_.begin(), tried_.end(), [&](const Tried& tried) {
    return tried.root == *root && tried.key == key;
  });
  if (known == tried_.end()) {
    const JobId job = ++last_job_;
    tries_[job] = {*root, key};
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

// A function and its callers: which edits that takes the compiler has to be asked first.
std::optional<Server::Reply> Server::resolve_change(const json::Value& action, Document& document,
                                                    TextRange place, FunctionChangeKind kind,
                                                    const json::Value& id) {
  const auto change = function_change_at(document, place, kind == FunctionChangeKind::Complete);
  if (!change || change->kind != kind) {
    return ResponseError{ErrorCode::ContentModified, "it is no longer there"};
  }
  const auto root = project_of(document.path());
  if (!root) {
    return ResponseError{ErrorCode::RequestFailed, "there is no cargo project around it"};
  }
  const ChangeRequest request{*root, settings_,       unsaved_texts(*root),
                              kind,  document.path(), change->name};
  const ChangeResult* const known = known_change(request);
  if (known == nullptr) {
    ask_change(request, change->title, id,
               [this, action, id] { return resolve_action(action, id); });
    return std::nullopt;
  }
  if (!known->problem.empty()) {
    return ResponseError{ErrorCode::RequestFailed, known->problem};
  }
  std::vector<ReportedEdit> edits;
  for (const ChangeResult::File& file : known->files) {
    const Document* const open = documents_.find_path(file.path);
    const std::optional<std::string> present =
        open == nullptr ? host_.read_file(file.path) : std::string(open->text());
    if (present != file.before) {
      return ResponseError{ErrorCode::ContentModified, file.path + " was changed meanwhile"};
    }
    const std::vector<ReportedEdit> its = plugin::edits_between(file.path, file.before, file.after);
    edits.insert(edits.end(), its.begin(), its.end());
  }
  json::Object done = *action.getAsObject();
  TextSource texts(documents_, host_, client_.encoding);
  done["edit"] = workspace_edit(edits, document.path(), texts, documents_, client_);
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
    ask_analysis(*root, files, id, [this, action, id] { return resolve_fix(action, id); });
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
        finding.path != document->path() || !touch(place->primary, {finding.begin, finding.end})) {
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

}  // namespace jaa::lsp
