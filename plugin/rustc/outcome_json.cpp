#include "plugin/rustc/outcome_json.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include "plugin/rustc/records.h"
#include "rustc/diagnostic.h"

namespace jaa::plugin {
namespace {

namespace json = llvm::json;

const char* level_name(rustc::Level level) {
  switch (level) {
    case rustc::Level::Error:
      return "error";
    case rustc::Level::Ice:
      return "error: internal compiler error";
    case rustc::Level::Warning:
      return "warning";
    case rustc::Level::Note:
      return "note";
    case rustc::Level::Help:
      return "help";
    case rustc::Level::FailureNote:
      return "failure-note";
    case rustc::Level::Other:
      break;
  }
  return "other";
}

json::Value maybe(const std::string& text) {
  return text.empty() ? json::Value(nullptr) : json::Value(text);
}

// Innermost first here, and inside out in rustc's form.
json::Value expansion_value(const std::vector<rustc::ExpansionFrame>& frames) {
  json::Value result = nullptr;
  for (size_t index = frames.size(); index-- > 0;) {
    const rustc::ExpansionFrame& frame = frames[index];
    result = json::Object{{"macro_decl_name", frame.macro_name},
                          {"span", json::Object{{"file_name", frame.file_name},
                                                {"byte_start", frame.byte_start},
                                                {"byte_end", frame.byte_end},
                                                {"expansion", std::move(result)}}}};
  }
  return result;
}

json::Value span_value(const rustc::DiagnosticSpan& span) {
  json::Array lines;
  for (const rustc::SpanLine& line : span.text) {
    lines.push_back(json::Object{{"text", line.text},
                                 {"highlight_start", line.highlight_start},
                                 {"highlight_end", line.highlight_end}});
  }
  json::Object result{{"file_name", span.file_name},
                      {"byte_start", span.byte_start},
                      {"byte_end", span.byte_end},
                      {"line_start", span.line_start},
                      {"line_end", span.line_end},
                      {"column_start", span.column_start},
                      {"column_end", span.column_end},
                      {"is_primary", span.is_primary},
                      {"label", maybe(span.label)},
                      {"suggestion_applicability", maybe(span.suggestion_applicability)},
                      {"expansion", expansion_value(span.expansion)},
                      {"text", std::move(lines)}};
  if (span.suggested_replacement) {
    result["suggested_replacement"] = *span.suggested_replacement;
  }
  return result;
}

// rustc's own form, so that its reader reads it. Children nest as deep as that lets
// them, which is not deep.
json::Value diagnostic_value(const rustc::Diagnostic& diagnostic) {
  json::Array spans;
  for (const rustc::DiagnosticSpan& span : diagnostic.spans) {
    spans.push_back(span_value(span));
  }
  json::Array children;
  for (const rustc::Diagnostic& child : diagnostic.children) {
    children.push_back(diagnostic_value(child));
  }
  json::Value code = nullptr;
  if (!diagnostic.code.empty()) {
    code = json::Object{{"code", diagnostic.code}};
  }
  return json::Object{{"message", diagnostic.message},   {"level", level_name(diagnostic.level)},
                      {"code", std::move(code)},         {"spans", std::move(spans)},
                      {"children", std::move(children)}, {"rendered", maybe(diagnostic.rendered)}};
}

std::string text_of(const json::Value& value) {
  std::string text;
  llvm::raw_string_ostream(text) << value;
  return text;
}

bool read_strings(const json::Object& object, llvm::StringRef name,
                  std::vector<std::string>& result) {
  const json::Array* const array = object.getArray(name);
  if (array == nullptr) {
    return false;
  }
  for (const json::Value& element : *array) {
    const auto text = element.getAsString();
    if (!text) {
      return false;
    }
    result.push_back(text->str());
  }
  return true;
}

bool read_unit(const json::Object& object, fixit::UnitOutcome& unit) {
  const auto text = [&object](llvm::StringRef name, std::string& result) {
    const auto value = object.getString(name);
    result = value.value_or("").str();
    return value.has_value();
  };
  const auto flag = [&object](llvm::StringRef name, bool& result) {
    const auto value = object.getBoolean(name);
    result = value.value_or(false);
    return value.has_value();
  };
  std::vector<std::string> diagnostics;
  if (!text("package", unit.package) || !text("target", unit.target) ||
      !text("kind", unit.target_kind) || !flag("test", unit.is_test) ||
      !flag("fresh", unit.is_fresh) || !flag("succeeded", unit.succeeded) ||
      !read_strings(object, "sources", unit.sources) ||
      !read_strings(object, "diagnostics", diagnostics)) {
    return false;
  }
  for (const std::string& line : diagnostics) {
    std::optional<rustc::Diagnostic> diagnostic = rustc::read_diagnostic_line(line);
    if (!diagnostic) {
      return false;
    }
    unit.diagnostics.push_back(std::move(*diagnostic));
  }
  return true;
}

}  // namespace

std::string units_to_json(const std::vector<fixit::UnitOutcome>& units) {
  json::Array list;
  for (const fixit::UnitOutcome& unit : units) {
    // As texts, for they are read line by line.
    json::Array diagnostics;
    for (const rustc::Diagnostic& diagnostic : unit.diagnostics) {
      diagnostics.push_back(text_of(diagnostic_value(diagnostic)));
    }
    list.push_back(json::Object{{"package", unit.package},
                                {"target", unit.target},
                                {"kind", unit.target_kind},
                                {"test", unit.is_test},
                                {"fresh", unit.is_fresh},
                                {"succeeded", unit.succeeded},
                                {"sources", json::Array(unit.sources)},
                                {"diagnostics", std::move(diagnostics)}});
  }
  return text_of(json::Value(std::move(list)));
}

std::optional<std::vector<fixit::UnitOutcome>> units_from_json(const std::string& text) {
  llvm::Expected<json::Value> value = parse_json(text);
  if (!value) {
    llvm::consumeError(value.takeError());
    return std::nullopt;
  }
  const json::Array* const list = value->getAsArray();
  if (list == nullptr) {
    return std::nullopt;
  }
  std::vector<fixit::UnitOutcome> units;
  for (const json::Value& element : *list) {
    const json::Object* const object = element.getAsObject();
    if (object == nullptr || !read_unit(*object, units.emplace_back())) {
      return std::nullopt;
    }
  }
  return units;
}

}  // namespace jaa::plugin
