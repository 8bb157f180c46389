#include "flow/denial.h"

#include <algorithm>

namespace jaa::flow {
namespace {

NamedPlace place_of(const rustc::DiagnosticSpan& span, const UnitSources& sources) {
  return {sources.absolute(span.file_name), span.line_start, span.column_start, span.line_end,
          span.column_end};
}

void add_quoted(std::vector<std::string>& all, std::string_view message) {
  for (std::string& part : rustc::quoted_parts(message)) {
    all.push_back(std::move(part));
  }
}

// A note that labels a value and an await: the first shape.
bool read_saved_value(const rustc::Diagnostic& note, const UnitSources& sources, Denial& denial) {
  const rustc::DiagnosticSpan* await = nullptr;
  const rustc::DiagnosticSpan* value = nullptr;
  for (const rustc::DiagnosticSpan& span : note.spans) {
    if (span.label.empty()) {
      continue;
    }
    if (span.is_await() && await == nullptr) {
      await = &span;
    } else if (!span.is_await() && value == nullptr) {
      value = &span;
    }
  }
  if (await == nullptr || value == nullptr || note.spans.size() != 2) {
    return false;
  }
  denial.await = place_of(*await, sources);
  denial.value = place_of(*value, sources);
  const std::vector<std::string> types = rustc::quoted_parts(value->label);
  denial.value_type = types.empty() ? std::string() : types.front();
  return true;
}

}  // namespace

std::vector<Denial> read_denials(const std::vector<rustc::Diagnostic>& diagnostics,
                                 const UnitSources& sources) {
  std::vector<Denial> result;
  for (uint32_t index = 0; index < diagnostics.size(); ++index) {
    const rustc::Diagnostic& error = diagnostics[index];
    if (!error.is_error() || error.is_summary()) {
      continue;
    }
    const auto primary =
        std::find_if(error.spans.begin(), error.spans.end(),
                     [](const rustc::DiagnosticSpan& span) { return span.is_primary; });
    if (primary == error.spans.end()) {
      continue;
    }
    Denial denial;
    denial.diagnostic = index;
    denial.demand = place_of(*primary, sources);
    denial.demand_label = primary->label;
    add_quoted(denial.quoted, error.message);
    bool is_denial = false;
    for (const rustc::Diagnostic& child : error.children) {
      add_quoted(denial.quoted, child.message);
      for (const rustc::DiagnosticSpan& span : child.spans) {
        add_quoted(denial.quoted, span.label);
      }
      if (child.spans.empty()) {
        continue;
      }
      if (read_saved_value(child, sources, denial)) {
        is_denial = true;
      } else if (child.level == rustc::Level::Note && child.spans.size() == 1) {
        // An unlabelled place on the way is a body that the future passes through; a
        // labelled one is the bound at the end of it.
        const rustc::DiagnosticSpan& span = child.spans.front();
        if (span.label.empty()) {
          denial.bodies.push_back(place_of(span, sources));
        } else if (!denial.bound) {
          denial.bound = place_of(span, sources);
          denial.bound_label = span.label;
        }
      }
    }
    if (is_denial || !denial.bodies.empty()) {
      result.push_back(std::move(denial));
    }
  }
  return result;
}

std::optional<base::Span> span_of(const NamedPlace& place, const base::SourceFiles& files) {
  const auto file = files.find(place.path);
  if (!file) {
    return std::nullopt;
  }
  return files.span(*file, {place.line, place.column}, {place.end_line, place.end_column});
}

}  // namespace jaa::flow
