#include "flow/denial.h"

#include <algorithm>

namespace jaa::flow {

NamedPlace place_of(const rustc::DiagnosticSpan& span, const UnitSources& sources) {
  return {sources.absolute(span.file_name), span.line_start, span.column_start, span.line_end,
          span.column_end};
}

namespace {

void add_quoted(std::vector<std::string>& all, std::string_view message) {
  for (std::string& part : rustc::quoted_parts(message)) {
    all.push_back(std::move(part));
  }
}

// The path is there when the crate knows another trait of that name.
std::string_view auto_trait(std::string_view name) {
  const size_t colon = name.rfind("::");
  const std::string_view last = colon == std::string_view::npos ? name : name.substr(colon + 2);
  return last == "Send" || last == "Sync" ? last : std::string_view();
}

bool is_auto_trait(std::string_view name) {
  return !auto_trait(name).empty();
}

// A suggestion that restricts a type parameter or opaque type "`T` with trait `Send`".
void read_restriction(const rustc::Diagnostic& help, Denial& denial) {
  const std::vector<std::string> quoted = rustc::quoted_parts(help.message);
  if (quoted.size() == 2 && is_auto_trait(quoted[1]) && denial.culprit.empty()) {
    denial.culprit = quoted[0];
    denial.trait = auto_trait(quoted[1]);
  }
}

// A type that the message quotes, and a suggestion that adds an auto trait to it: all
// that rustc says of a `Self`.
void read_suggested_bound(const rustc::Diagnostic& error, Denial& denial) {
  const std::vector<std::string> quoted = rustc::quoted_parts(error.message);
  for (const rustc::Diagnostic& child : error.children) {
    for (const rustc::DiagnosticSpan& span : child.spans) {
      if (quoted.size() != 1 || !span.suggested_replacement) {
        continue;
      }
      std::string_view text = *span.suggested_replacement;
      text = text.substr(0, text.find_last_not_of(" ,{") + 1);
      const std::string_view last = text.substr(text.find_last_of(" +") + 1);
      if (is_auto_trait(last)) {
        denial.culprit = quoted.front();
        denial.trait = auto_trait(last);
      }
    }
  }
}

// "the trait `Send` is not implemented for `T`", possibly within something.
void read_culprit(const rustc::Diagnostic& help, Denial& denial) {
  const std::vector<std::string> quoted = rustc::quoted_parts(help.message);
  const size_t count = quoted.size();
  if (count >= 2 && is_auto_trait(quoted[count - 2]) && denial.culprit.empty()) {
    denial.trait = auto_trait(quoted[count - 2]);
    denial.culprit = quoted[count - 1];
  }
}

// A quoted obligation on an opaque type: "impl Future<Output = ()>: Send".
std::string undecided_in(const std::string& message) {
  for (const std::string& part : rustc::quoted_parts(message)) {
    const size_t colon = part.rfind(": ");
    if (part.starts_with("impl ") && colon != std::string::npos &&
        is_auto_trait(std::string_view(part).substr(colon + 2))) {
      return part;
    }
  }
  return {};
}

// A label on the one place of a note that says: this has type `T`, which is not
// `Send`. Of a value that the future captures or awaits.
bool read_held_value(const rustc::Diagnostic& note, const UnitSources& sources, Denial& denial) {
  if (note.spans.size() != 1 || note.spans.front().label.empty()) {
    return false;
  }
  const std::vector<std::string> quoted = rustc::quoted_parts(note.spans.front().label);
  if (quoted.size() < 2 || std::none_of(quoted.begin() + 1, quoted.end(), is_auto_trait)) {
    return false;
  }
  denial.value = place_of(note.spans.front(), sources);
  denial.value_type = quoted.front();
  return true;
}

// A note that labels a value and an await.
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

// The `impl Trait` of a signature, or the `async` that stands for one.
bool is_opaque_declaration(const rustc::DiagnosticSpan& span) {
  return !span.is_await() && !span.expansion.empty() && span.expansion.front().is_desugaring();
}

const rustc::DiagnosticSpan* primary_of(const rustc::Diagnostic& message) {
  const auto at = std::find_if(message.spans.begin(), message.spans.end(),
                               [](const rustc::DiagnosticSpan& span) { return span.is_primary; });
  return at == message.spans.end() ? nullptr : &*at;
}

void read_child(const rustc::Diagnostic& child, const UnitSources& sources, Denial& denial) {
  add_quoted(denial.quoted, child.message);
  for (const rustc::DiagnosticSpan& span : child.spans) {
    add_quoted(denial.quoted, span.label);
  }
  if (denial.undecided.empty()) {
    denial.undecided = undecided_in(child.message);
  }
  if (child.spans.empty()) {
    if (child.level == rustc::Level::Help) {
      read_culprit(child, denial);
    }
    return;
  }
  if (child.level == rustc::Level::Help) {
    read_restriction(child, denial);
    return;
  }
  if (child.level != rustc::Level::Note || read_saved_value(child, sources, denial) ||
      read_held_value(child, sources, denial)) {
    return;
  }
  // An unlabelled place on the way is a body that the future passes through; a labelled
  // one is the bound at the end of it.
  const rustc::DiagnosticSpan* place = primary_of(child);
  if (place == nullptr) {
    return;
  }
  if (place->label.empty() && child.spans.size() == 1 && is_opaque_declaration(*place)) {
    denial.opaque = place_of(*place, sources);
  } else if (!place->label.empty() && !denial.bound) {
    denial.bound = place_of(*place, sources);
    denial.bound_label = place->label;
  } else if (place->label.empty() && child.spans.size() == 1) {
    denial.bodies.push_back(place_of(*place, sources));
  }
}

void read_denial(const rustc::Diagnostic& error, const UnitSources& sources, Denial& denial) {
  add_quoted(denial.quoted, error.message);
  denial.undecided = undecided_in(error.message);
  for (const rustc::Diagnostic& child : error.children) {
    read_child(child, sources, denial);
  }
  // The type of a future is hidden from the body that makes it, and was asked about there.
  if (denial.opaque && denial.bound && error.code.empty() && denial.culprit.empty() &&
      denial.undecided.empty()) {
    denial.undecided = "impl Future";
  }
  if (denial.culprit.empty() && denial.undecided.empty() && !denial.value) {
    read_suggested_bound(error, denial);
  }
}

}  // namespace

std::vector<Denial> read_denials(const std::vector<rustc::Diagnostic>& diagnostics,
                                 const UnitSources& sources) {
  std::vector<Denial> result;
  for (uint32_t index = 0; index < diagnostics.size(); ++index) {
    const rustc::Diagnostic& error = diagnostics[index];
    const rustc::DiagnosticSpan* primary = primary_of(error);
    if (!error.is_error() || error.is_summary() || primary == nullptr) {
      continue;
    }
    Denial& denial = result.emplace_back();
    denial.diagnostic = index;
    denial.demand = place_of(*primary, sources);
    denial.demand_label = primary->label;
    read_denial(error, sources, denial);
    if (!denial.value && denial.culprit.empty() && denial.undecided.empty()) {
      result.pop_back();  // about no trait at all
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
