#include "plugin/lsp/views.h"

#include <algorithm>
#include <set>

#include "plugin/lsp/protocol.h"
#include "syntax/queries.h"

namespace jaa::lsp {

namespace json = llvm::json;
using plugin::ReportedEdit;
using plugin::ReportedFinding;
using plugin::ReportedFix;
using plugin::ReportedPlace;

namespace {

// `DiagnosticSeverity`.
int severity(base::Level level) {
  switch (level) {
    case base::Level::Error:
      return 1;
    case base::Level::Warning:
      return 2;
    case base::Level::Note:
      return 3;
    case base::Level::Help:
      return 4;
  }
  return 1;
}

json::Value text_json(const std::string& text) {
  return json::fixUTF8(text);
}

json::Object diagnostic_head(const std::string& path, TextRange range, base::Level level,
                             const std::string& code, TextSource& texts,
                             const ClientAbilities& client, Host& host) {
  json::Object result{{"range", texts.range(path, range)},
                      {"severity", severity(level)},
                      {"code", code},
                      {"source", "just-async"}};
  if (client.code_description) {
    if (std::string uri = host.page_uri(code); !uri.empty()) {
      result["codeDescription"] = json::Object{{"href", std::move(uri)}};
    }
  }
  return result;
}

// The edit lies in what others see of an item: outside of every body, in something `pub`
// or in a trait.
bool changes_public_signature(const Document& document, const ReportedEdit& edit) {
  using syntax::Node;
  const Node at = document.tree().smallest_node({document.tree().file(), edit.begin, edit.end});
  for (Node node = at; node; node = node.parent()) {
    if (node.is_any({"block", "attribute_item"})) {
      return false;
    }
    if (node.has_child("visibility_modifier") || node.is("trait_item")) {
      return true;
    }
  }
  return false;
}

}  // namespace

ClientAbilities read_abilities(const json::Value& params) {
  ClientAbilities client;
  const json::Value* const given = value_at(params, {"capabilities"});
  const json::Value nothing(json::Object{});
  const json::Value& all = given == nullptr ? nothing : *given;
  if (const json::Array* const encodings = array_at(all, {"general", "positionEncodings"})) {
    // The client's order is its preference, but bytes cost both of us less.
    for (const json::Value& encoding : *encodings) {
      if (encoding.getAsString() == "utf-8") {
        client.encoding = Encoding::Utf8;
      }
    }
  }
  client.pulls_diagnostics = value_at(all, {"textDocument", "diagnostic"}) != nullptr &&
                             flag_at(all, {"workspace", "diagnostics", "refreshSupport"});
  client.document_changes = flag_at(all, {"workspace", "workspaceEdit", "documentChanges"});
  client.annotations =
      client.document_changes &&
      value_at(all, {"workspace", "workspaceEdit", "changeAnnotationSupport"}) != nullptr;
  client.literal_actions =
      value_at(all, {"textDocument", "codeAction", "codeActionLiteralSupport"}) != nullptr;
  client.disabled_actions = flag_at(all, {"textDocument", "codeAction", "disabledSupport"});
  const bool keeps_data = flag_at(all, {"textDocument", "codeAction", "dataSupport"});
  if (const json::Array* const resolved =
          array_at(all, {"textDocument", "codeAction", "resolveSupport", "properties"})) {
    client.resolves_edits =
        keeps_data && std::any_of(resolved->begin(), resolved->end(), [](const json::Value& name) {
          return name.getAsString() == "edit";
        });
  }
  const char* const reported = client.pulls_diagnostics ? "diagnostic" : "publishDiagnostics";
  client.related_information =
      flag_at(all, {"textDocument", reported, "relatedInformation"}) ||
      flag_at(all, {"textDocument", "publishDiagnostics", "relatedInformation"});
  client.code_description =
      flag_at(all, {"textDocument", reported, "codeDescriptionSupport"}) ||
      flag_at(all, {"textDocument", "publishDiagnostics", "codeDescriptionSupport"});
  client.progress = flag_at(all, {"window", "workDoneProgress"});
  client.watches_files =
      flag_at(all, {"workspace", "didChangeWatchedFiles", "dynamicRegistration"});
  client.configuration = flag_at(all, {"workspace", "configuration"});
  client.refreshes_hints = flag_at(all, {"workspace", "inlayHint", "refreshSupport"});
  if (const json::Array* const formats =
          array_at(all, {"textDocument", "hover", "contentFormat"})) {
    client.markdown_hover =
        std::any_of(formats->begin(), formats->end(),
                    [](const json::Value& name) { return name.getAsString() == "markdown"; });
  }
  return client;
}

const TextSource::FileText& TextSource::file(const std::string& path) {
  const auto known = files_.find(path);
  if (known != files_.end()) {
    return known->second;
  }
  std::string text = host_.read_file(path).value_or(std::string());
  Lines lines(text);
  return files_.emplace(path, FileText{std::move(text), std::move(lines)}).first->second;
}

json::Value TextSource::range(const std::string& path, TextRange range) {
  if (const Document* const document = documents_.find_path(path)) {
    return to_json(
        {document->position(range.begin, encoding_), document->position(range.end, encoding_)});
  }
  const FileText& known = file(path);
  return to_json({known.lines.position(known.text, range.begin, encoding_),
                  known.lines.position(known.text, range.end, encoding_)});
}

json::Value TextSource::location(const std::string& path, TextRange place) {
  return json::Object{{"uri", uri(path)}, {"range", range(path, place)}};
}

std::string TextSource::uri(const std::string& path) {
  const Document* const document = documents_.find_path(path);
  return document == nullptr ? uri_of_path(path) : document->uri();
}

json::Value TextSource::version(const std::string& path) {
  const Document* const document = documents_.find_path(path);
  return document == nullptr ? json::Value(nullptr) : json::Value(document->version());
}

bool TextSource::has_text(const std::string& path, TextRange range, std::string_view text) {
  const Document* const document = documents_.find_path(path);
  const std::string_view all =
      document == nullptr ? std::string_view(file(path).text) : document->text();
  return range.begin <= range.end && range.end <= all.size() &&
         all.substr(range.begin, range.end - range.begin) == text;
}

json::Value diagnostic_json(const PresentFinding& finding, TextSource& texts,
                            const ClientAbilities& client, Host& host) {
  const ReportedFinding& report = finding.known->report;
  json::Object result =
      diagnostic_head(report.path, finding.primary, report.level, report.code, texts, client, host);
  std::string message = report.message;
  if (!report.label.empty()) {
    message += "\n" + report.label;
  }
  json::Array related;
  const auto relate = [&](const ReportedPlace& place) {
    if (place.path.empty() || !client.related_information) {
      // Said without its place rather than not at all.
      message += place.text.empty() ? "" : "\n" + place.text;
    } else if (!place.text.empty()) {
      related.push_back(
          json::Object{{"location", texts.location(place.path, {place.begin, place.end})},
                       {"message", text_json(place.text)}});
    }
  };
  for (const ReportedPlace& label : finding.labels) {
    relate(label);
  }
  for (const ReportedPlace& note : finding.notes) {
    relate(note);
  }
  for (const ReportedFix& fix : report.fixes) {
    if (fix.verdict == base::Verdict::Kind::Accepted) {
      message += "\nhelp: " + fix.title + " (the compiler accepts this)";
      break;
    }
  }
  result["message"] = text_json(message);
  if (!related.empty()) {
    result["relatedInformation"] = std::move(related);
  }
  result["data"] = json::Object{{"finding", static_cast<int64_t>(finding.known->id)}};
  return result;
}

json::Value diagnostic_json(const MisplacedAwait& await, const std::string& path, TextSource& texts,
                            const ClientAbilities& client, Host& host) {
  json::Object result =
      diagnostic_head(path, await.keyword, base::Level::Error, await.code, texts, client, host);
  result["message"] = text_json(await.message + "\n" + await.label);
  return result;
}

json::Value workspace_edit(const std::vector<ReportedEdit>& edits, const std::string& path,
                           TextSource& texts, Documents& documents, const ClientAbilities& client) {
  constexpr llvm::StringLiteral OtherFile = "otherFile";
  constexpr llvm::StringLiteral PublicSignature = "publicSignature";
  std::map<std::string, std::vector<const ReportedEdit*>> by_path;
  for (const ReportedEdit& edit : edits) {
    by_path[edit.path].push_back(&edit);
  }
  std::set<llvm::StringRef> annotations;
  json::Array changes;
  json::Object plain_changes;
  for (auto& [file, list] : by_path) {
    std::stable_sort(list.begin(), list.end(), [](const ReportedEdit* a, const ReportedEdit* b) {
      return a->begin < b->begin;
    });
    const Document* const document = documents.find_path(file);
    json::Array texts_of_file;
    for (const ReportedEdit* const edit : list) {
      json::Object one{{"range", texts.range(file, {edit->begin, edit->end})},
                       {"newText", text_json(edit->text)}};
      const bool is_public = document != nullptr && changes_public_signature(*document, *edit);
      if (client.annotations && (file != path || is_public)) {
        const llvm::StringRef annotation = is_public ? PublicSignature : OtherFile;
        annotations.insert(annotation);
        one["annotationId"] = annotation;
      }
      texts_of_file.push_back(std::move(one));
    }
    if (client.document_changes) {
      changes.push_back(
          json::Object{{"textDocument",
                        json::Object{{"uri", texts.uri(file)}, {"version", texts.version(file)}}},
                       {"edits", std::move(texts_of_file)}});
    } else {
      plain_changes[texts.uri(file)] = std::move(texts_of_file);
    }
  }
  if (!client.document_changes) {
    return json::Object{{"changes", std::move(plain_changes)}};
  }
  json::Object result{{"documentChanges", std::move(changes)}};
  json::Object described;
  for (const llvm::StringRef annotation : annotations) {
    const bool is_public = annotation == PublicSignature;
    described[annotation] = json::Object{
        {"label", is_public ? "Changes a public signature" : "Changes another file"},
        {"needsConfirmation", true},
        {"description", is_public ? "other crates may depend on it" : "not the one you are in"}};
  }
  if (!described.empty()) {
    result["changeAnnotations"] = std::move(described);
  }
  return result;
}

std::string action_title(const ReportedFix& fix) {
  return fix.trade_off.empty() ? fix.title : fix.title + " (" + fix.trade_off + ")";
}

namespace {

std::string saved_text(const FutureFacts::Saved& saved) {
  const std::string name = saved.name.empty() ? "a temporary" : "`" + saved.name + "`";
  return name + ": `" + saved.type + "`" +
         (saved.guard_of.empty() ? "" : ", a guard of a " + saved.guard_of);
}

}  // namespace

std::string hover_text(const FutureFacts& future, const FutureFacts::Await* await) {
  std::string text;
  if (await != nullptr) {
    text = await->saved.empty() ? "Nothing but the future itself is saved across this await."
                                : "Saved across this await:";
    for (const FutureFacts::Saved& saved : await->saved) {
      text += "\n- " + saved_text(saved);
    }
  } else {
    text = "`" + future.name + "` waits at " + std::to_string(future.awaits.size()) +
           (future.awaits.size() == 1 ? " place." : " places.");
    std::set<std::string> all;
    for (const FutureFacts::Await& one : future.awaits) {
      for (const FutureFacts::Saved& saved : one.saved) {
        all.insert(saved_text(saved));
      }
    }
    text += all.empty() ? "" : " Its future saves there:";
    for (const std::string& saved : all) {
      text += "\n- " + saved;
    }
  }
  if (future.is_send) {
    text += *future.is_send ? "\n\nIts future is `Send`." : "\n\nIts future is not `Send`:";
    for (const std::string& reason : future.why) {
      text += *future.is_send ? "" : "\n- " + reason;
    }
  }
  return text;
}

std::string hint_text(const FutureFacts::Await& await) {
  std::string text;
  for (const FutureFacts::Saved& saved : await.saved) {
    if (!saved.name.empty()) {
      text += (text.empty() ? "" : ", ") + saved.name;
    }
  }
  return text.empty() ? text : "holds " + text;
}

}  // namespace jaa::lsp
