#include "flow/unpinned.h"

#include <algorithm>
#include <optional>

namespace jaa::flow {
namespace {

bool quotes(const std::string& text, std::string_view part) {
  const std::vector<std::string> parts = rustc::quoted_parts(text);
  return std::find(parts.begin(), parts.end(), part) != parts.end();
}

std::string without_references(std::string type) {
  while (type.starts_with("&")) {
    type.erase(0, type.starts_with("&mut ") ? 5 : 1);
    if (type.starts_with("'")) {
      type.erase(0, std::min(type.find(' '), type.size() - 1) + 1);
    }
    if (type.starts_with("mut ")) {
      type.erase(0, 4);
    }
  }
  return type;
}

const rustc::DiagnosticSpan* primary_of(const rustc::Diagnostic& error) {
  for (const rustc::DiagnosticSpan& span : error.spans) {
    if (span.is_primary) {
      return &span;
    }
  }
  return nullptr;
}

bool children_quote(const rustc::Diagnostic& error, std::string_view part) {
  return std::any_of(
      error.children.begin(), error.children.end(),
      [part](const rustc::Diagnostic& child) { return quotes(child.message, part); });
}

// A reference to a future is one itself only if that is `Unpin`; of a type parameter rustc
// says only that the reference is no future, and that a bound would help.
bool lacks_unpin(const rustc::Diagnostic& error, const rustc::DiagnosticSpan& primary,
                 std::string& type) {
  const std::vector<std::string> parts = rustc::quoted_parts(error.message);
  if (parts.empty()) {
    return false;
  }
  type = without_references(parts.front());
  // At a call the label says nothing; a note then names the trait and the type.
  const bool is_noted = std::any_of(
      error.children.begin(), error.children.end(), [&](const rustc::Diagnostic& child) {
        return quotes(child.message, "Unpin") && quotes(child.message, parts.front());
      });
  return quotes(primary.label, "Unpin") || is_noted ||
         (parts.front().starts_with("&mut ") && children_quote(error, "Unpin"));
}

bool lacks_method(const rustc::Diagnostic& error, Unpinned& result) {
  const std::vector<std::string> parts = rustc::quoted_parts(error.message);
  if (parts.size() < 2) {
    return false;
  }
  result.method = parts[0];
  result.type = without_references(parts[1]);
  result.is_method_of_pin =
      result.method == "as_mut" || result.method == "as_ref" || result.method == "set";
  for (const rustc::Diagnostic& child : error.children) {
    for (const std::string& part : rustc::quoted_parts(child.message)) {
      result.is_pinnable = result.is_pinnable || part.starts_with("Pin<&mut") ||
                           part.find("pin!") != std::string::npos;
    }
    for (const rustc::DiagnosticSpan& span : child.spans) {
      result.is_pinnable =
          result.is_pinnable ||
          (span.suggested_replacement &&
           span.suggested_replacement->find("std::pin::pin!(") != std::string::npos);
    }
  }
  return true;
}

// "data in dereference of `Pin<&mut T>`", and the notes name what `Pin` lacks.
bool is_pinned_self(const rustc::Diagnostic& error, std::string& type) {
  for (const std::string& part : rustc::quoted_parts(error.message)) {
    if (part.starts_with("Pin<&mut ") && part.ends_with(">")) {
      type = part.substr(9, part.size() - 10);
      return children_quote(error, "DerefMut");
    }
  }
  return false;
}

// "expected `Pin<&mut _>`, found `async` block"
bool expects_pin(const rustc::DiagnosticSpan& primary, std::string& type) {
  const std::vector<std::string> parts = rustc::quoted_parts(primary.label);
  if (parts.empty() || !parts.front().starts_with("Pin<&mut ")) {
    return false;
  }
  type = without_references(parts.back());
  return !type.starts_with("Pin<");
}

}  // namespace

std::vector<Unpinned> read_unpinned(const std::vector<rustc::Diagnostic>& diagnostics,
                                    const UnitSources& sources) {
  std::vector<Unpinned> result;
  for (uint32_t index = 0; index < diagnostics.size(); ++index) {
    const rustc::Diagnostic& error = diagnostics[index];
    const rustc::DiagnosticSpan* primary = error.is_error() ? primary_of(error) : nullptr;
    if (primary == nullptr || (primary->is_from_macro() && error.code != "E0277")) {
      continue;
    }
    Unpinned found;
    found.is_macro = primary->is_from_macro();
    found.diagnostic = index;
    if (error.code == "E0277" && lacks_unpin(error, *primary, found.type)) {
      found.kind = Unpinned::Kind::NotUnpin;
    } else if (error.code == "E0599" && lacks_method(error, found)) {
      found.kind = Unpinned::Kind::NoMethod;
    } else if ((error.code == "E0596" || error.code == "E0594") &&
               is_pinned_self(error, found.type)) {
      found.kind = Unpinned::Kind::PinnedSelf;
    } else if (error.code == "E0308" && expects_pin(*primary, found.type)) {
      found.kind = Unpinned::Kind::NotPinned;
    } else {
      continue;
    }
    const auto place = found.is_macro ? sources.visible_span(*primary) : sources.span(*primary);
    if (!place) {
      continue;
    }
    found.place = *place;
    found.is_await = primary->is_await() && !found.is_macro;
    for (const rustc::Diagnostic& child : error.children) {
      for (const rustc::DiagnosticSpan& span : child.spans) {
        const auto note = span.suggested_replacement ? std::nullopt : sources.span(span);
        if (note) {
          found.notes.push_back(*note);
        }
      }
    }
    result.push_back(std::move(found));
  }
  return result;
}

}  // namespace jaa::flow
