// Reports an `Rc` that is given where an `Arc` is expected, or the other way round.
//
// Detected: rustc finds one of the two types where it needs the other (E0308). Most often
// a value was changed to `Arc` for a task, and something that holds it was not. All such
// errors of one value are one finding.
#include <algorithm>
#include <array>

#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/type_text.h"
#include "pitfalls/sink.h"
#include "rewrite/change_type.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

// `name<` stands in `text`, and is no part of a longer name.
bool names_type(std::string_view text, std::string_view name) {
  for (size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const bool begins = at == 0 || std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0;
    const bool ends = at + name.size() < text.size() && text[at + name.size()] == '<';
    if (begins && ends) {
      return true;
    }
  }
  return false;
}

// The two types of the mismatch, expected first; none for any other error.
std::array<std::string, 2> mismatch(const rustc::Diagnostic& error) {
  for (const rustc::Diagnostic& child : error.children) {
    const std::vector<std::string> quoted = rustc::quoted_parts(child.message);
    if (quoted.size() < 2) {
      continue;
    }
    const bool rc_first = names_type(quoted[0], "Rc") && names_type(quoted[1], "Arc");
    const bool arc_first = names_type(quoted[0], "Arc") && names_type(quoted[1], "Rc");
    if (rc_first != arc_first) {
      return {quoted[0], quoted[1]};
    }
  }
  return {};
}

}  // namespace

void rc_meets_arc(const flow::Facts& facts, Sink& sink) {
  struct Mismatch {
    uint32_t diagnostic;
    base::Span place;
    std::array<std::string, 2> types;
  };
  std::vector<Mismatch> mismatches;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    const auto types = error.code == "E0308" ? mismatch(error) : std::array<std::string, 2>();
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const auto place = facts.names().span(span);
      if (!types[0].empty() && span.is_primary && place) {
        mismatches.push_back({index, *place, types});
      }
    }
  }
  if (mismatches.empty()) {
    return;
  }
  const Mismatch& first = mismatches.front();
  auto finding = sink.report(first.place,
                             diag::rc_meets_arc{.found = flow::shown_type_text(first.types[1]),
                                                .expected = flow::shown_type_text(first.types[0])});
  finding.label("the two count their owners apart, and do not mix");
  finding.evidence(base::Evidence::Messages);
  for (const Mismatch& one : mismatches) {
    finding.explains(one.diagnostic);
    if (one.place != first.place) {
      finding.label(one.place, "here as well");
    }
  }
  std::vector<const syntax::Tree*> trees{&facts.tree(first.place.file)};
  for (const base::FileId file : facts.crate_of(first.place.file)) {
    if (file != first.place.file) {
      trees.push_back(&facts.tree(file));
    }
  }
  for (const Mismatch& one : mismatches) {
    if (one.place.file == first.place.file) {
      const Node node = trees.front()->smallest_node(one.place);
      finding.fixes(rewrite::change_type(trees, node, rewrite::TypeChange::RcToArc));
    }
  }
}

}  // namespace jaa::pitfalls
