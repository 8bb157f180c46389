#include "rustc/read_diagnostic.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSwitch.h"
#include "rustc/fields.h"

namespace jaa::rustc {
namespace {

using Json = nlohmann::json;

// rustc nests children one level; anything deeper than this is not from rustc.
constexpr size_t MaxChildDepth = 64;
// A stream of foreign text is told of by its beginning.
constexpr size_t MaxProblems = 100;

Level level_from(std::string_view name) {
  return llvm::StringSwitch<Level>(name)
      .Case("error", Level::Error)
      .StartsWith("error: internal compiler error", Level::Ice)
      .Case("warning", Level::Warning)
      .Case("note", Level::Note)
      .Case("help", Level::Help)
      .Case("failure-note", Level::FailureNote)
      .Default(Level::Other);
}

// The chain of expansions: each frame's `span` is the place of the call, which
// may itself be inside an expansion.
std::vector<ExpansionFrame> expansion_from(const Fields& span, std::string& problem) {
  std::vector<ExpansionFrame> frames;
  const Json* expansion = span.object("expansion", false);
  while (expansion != nullptr) {
    const Fields fields(*expansion, problem);
    ExpansionFrame& frame = frames.emplace_back();
    frame.macro_name = fields.text("macro_decl_name");
    const Json* call_site = fields.object("span", true);
    if (call_site == nullptr) {
      break;
    }
    const Fields site(*call_site, problem);
    frame.file_name = site.text("file_name");
    frame.byte_start = site.number("byte_start");
    frame.byte_end = site.number("byte_end");
    expansion = site.object("expansion", false);
  }
  return frames;
}

bool is_of_std(llvm::StringRef file_name) {
  return file_name.starts_with("/rustc/") || file_name.contains("/rustlib/src/rust/library/");
}

// What one of std's macros wrote is shown at its call. rustc does so itself where it has no
// source of std (`fix_multispan_in_extern_macros`); with the component `rust-src` it points
// into the macro.
const Json& shown_place(const Json& span, std::string& problem) {
  const Json* place = &span;
  while (is_of_std(Fields(*place, problem).text("file_name"))) {
    const Json* const expansion = Fields(*place, problem).object("expansion", false);
    const Json* const site =
        expansion == nullptr ? nullptr : Fields(*expansion, problem).object("span", false);
    if (site == nullptr) {
      return span;
    }
    place = site;
  }
  return *place;
}

DiagnosticSpan span_from(const Json& object, std::string& problem) {
  const Fields whole(object, problem);
  const Fields fields(shown_place(object, problem), problem);
  DiagnosticSpan span;
  span.file_name = fields.text("file_name");
  span.byte_start = fields.number("byte_start");
  span.byte_end = fields.number("byte_end");
  span.line_start = fields.number("line_start");
  span.line_end = fields.number("line_end");
  span.column_start = fields.number("column_start");
  span.column_end = fields.number("column_end");
  span.is_primary = whole.flag("is_primary");
  span.label = whole.maybe_text("label").value_or(std::string());
  span.suggested_replacement = whole.maybe_text("suggested_replacement");
  span.suggestion_applicability =
      whole.maybe_text("suggestion_applicability").value_or(std::string());
  span.expansion = expansion_from(fields, problem);
  if (const Json* lines = fields.array("text", false)) {
    span.text.reserve(lines->size());
    for (const Json& line : *lines) {
      const Fields of_line(line, problem);
      span.text.push_back({of_line.text("text"), of_line.number("highlight_start"),
                           of_line.number("highlight_end")});
    }
  }
  if (span.byte_end < span.byte_start) {
    fields.complain("span ends before it begins");
    span.byte_end = span.byte_start;
  }
  return span;
}

// One diagnostic without its children.
Diagnostic shallow_diagnostic_from(const Fields& fields, std::string& problem) {
  Diagnostic diagnostic;
  diagnostic.message = fields.text("message");
  diagnostic.level = level_from(fields.text("level"));
  diagnostic.rendered = fields.maybe_text("rendered").value_or(std::string());
  if (const Json* code = fields.object("code", false)) {
    diagnostic.code = Fields(*code, problem).text("code");
  }
  if (const Json* spans = fields.array("spans", true)) {
    diagnostic.spans.reserve(spans->size());
    for (const Json& span : *spans) {
      diagnostic.spans.push_back(span_from(span, problem));
    }
  }
  return diagnostic;
}

std::optional<Diagnostic> read_line(std::string_view line, std::string& problem) {
  const auto object = parse_object(line, problem);
  return object ? diagnostic_from(*object, problem) : std::nullopt;
}

}  // namespace

std::optional<Diagnostic> diagnostic_from(const Json& object, std::string& problem) {
  const Fields fields(object, problem);
  // Messages of other kinds carry a type; diagnostics of old compilers carry none.
  if (const auto type = fields.maybe_text("$message_type"); type && *type != "diagnostic") {
    return std::nullopt;
  }
  if (!object.contains("message") || !object.contains("level")) {
    problem = "expected a diagnostic, found an object without `message` and `level`";
    return std::nullopt;
  }
  struct Pending {
    const Json* object;
    Diagnostic* diagnostic;
    size_t depth;
  };
  Diagnostic root = shallow_diagnostic_from(fields, problem);
  llvm::SmallVector<Pending, 8> pending{{&object, &root, 0}};
  while (!pending.empty()) {
    const Pending next = pending.pop_back_val();
    const Json* children = Fields(*next.object, problem).array("children", true);
    if (children == nullptr || children->empty()) {
      continue;
    }
    if (next.depth == MaxChildDepth) {
      fields.complain("children nested too deeply were dropped");
      continue;
    }
    // The vector gets its final size before any address in it is taken.
    next.diagnostic->children.reserve(children->size());
    for (const Json& child : *children) {
      next.diagnostic->children.push_back(shallow_diagnostic_from(Fields(child, problem), problem));
    }
    for (size_t index = 0; index < children->size(); ++index) {
      pending.push_back({&(*children)[index], &next.diagnostic->children[index], next.depth + 1});
    }
  }
  return root;
}

std::optional<Diagnostic> read_diagnostic_line(std::string_view line, std::string* problem) {
  std::string what;
  std::optional<Diagnostic> diagnostic = read_line(line, what);
  if (problem != nullptr) {
    const bool is_other = !diagnostic && what.empty();
    *problem = is_other ? "a message of another kind than a diagnostic" : std::move(what);
  }
  return diagnostic;
}

Messages read_messages(std::string_view text, std::string_view input_name) {
  Messages messages;
  uint32_t number = 0;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
      continue;
    }
    std::string problem;
    if (auto diagnostic = read_line(line, problem)) {
      messages.diagnostics.push_back(std::move(*diagnostic));
    }
    if (!problem.empty() && messages.problems.size() < MaxProblems) {
      if (messages.problems.size() + 1 == MaxProblems) {
        problem = "more that is no message from here on";
      }
      messages.problems.push_back({std::string(input_name), number, std::move(problem)});
    }
  }
  return messages;
}

}  // namespace jaa::rustc
