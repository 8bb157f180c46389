// Code actions: which there are at a place.
#include <algorithm>

#include "plugin/lsp/function_changes.h"
#include "plugin/lsp/protocol.h"
#include "plugin/lsp/refactorings.h"
#include "plugin/lsp/server.h"

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

bool is_automatic(const ReportedFix& fix) {
  return fix.verdict == Kind::Accepted && fix.keeps_meaning && !fix.has_placeholders;
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
        [&query](const MisplacedAwait& await) { return touch(await.keyword, query.place); });
    const auto root = project_of(document->path());
    if (is_typed && root) {
      const std::vector<fixit::EditedFile> files = unsaved_texts(*root);
      if (known_analysis(*root, files) == nullptr) {
        ask_analysis(*root, files, id, [this, params, id] { return code_actions(params, id); });
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

void Server::add_fixes(ActionQuery& query, json::Array& actions) {
  TextSource& texts = query.texts;
  const auto root = project_of(query.document.path());
  const bool is_saved = root && unsaved_texts(*root).empty();
  for (const PresentFinding& finding : findings_.in_file(query.document.path())) {
    if (!touch(finding.primary, query.place)) {
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
void Server::add_typed_fixes(ActionQuery& query, json::Array& actions) {
  TextSource& texts = query.texts;
  const auto root = project_of(query.document.path());
  const AnalysisResult* const analysis = known_analysis(*root, unsaved_texts(*root));
  if (analysis == nullptr) {
    return;
  }
  for (const ReportedFinding& finding : analysis->findings) {
    if (finding.path != query.document.path() ||
        !touch({finding.begin, finding.end}, query.place)) {
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

void Server::add_refactorings(ActionQuery& query, json::Array& actions) {
  if (!client_.resolves_edits || !project_of(query.document.path())) {
    return;
  }
  const auto offer = [&](const std::string& name, const std::string& title) {
    actions.push_back(json::Object{
        {"title", json::fixUTF8(title)},
        {"kind", Refactor},
        {"data",
         json::Object{
             {"refactoring", name},
             {"uri", query.document.uri()},
             {"version", query.document.version()},
             {"range", to_json({query.document.position(query.place.begin, client_.encoding),
                                query.document.position(query.place.end, client_.encoding)})}}}});
  };
  for (const Refactoring& one : refactorings_at(query.document, query.place)) {
    offer(one.name, one.title);
  }
  const bool has_errors = findings_.explains_errors(*project_of(query.document.path()));
  if (const auto change = function_change_at(query.document, query.place, has_errors)) {
    offer(name_of(change->kind), change->title);
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

void Server::add_fix_all(ActionQuery& query, json::Array& actions) {
  const std::vector<ReportedEdit> edits = all_fixes(query.document.path());
  const auto root = project_of(query.document.path());
  if (edits.empty() || !root || !settings_.shows_findings) {
    return;
  }
  TextSource& texts = query.texts;
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

}  // namespace jaa::lsp
