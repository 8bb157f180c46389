// Reports a pinned future that is given away, and wanted again: in the next round of a loop,
// or by a later call.
//
// Detected by rustc (E0382), of a value whose type is a `Pin`.
// Ignored on purpose: one that is awaited by value, and so has come to its end.
#include <algorithm>

#include "diag/catalogue.h"
#include "flow/told_type.h"
#include "flow/until_done.h"
#include "pitfalls/sink.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

struct MovedPin {
  Node binding;
  std::vector<Node> moves;  // but the last, where that is not repeated
  std::vector<Node> wanted;
  std::vector<uint32_t> diagnostics;
};

// The variable itself is what is given, not what it comes to.
bool is_given(Node place) {
  return place.is("identifier") && !place.parent().is("await_expression");
}

std::vector<MovedPin> moved_pins(const flow::Facts& facts) {
  std::vector<MovedPin> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    const std::vector<std::string> quoted = rustc::quoted_parts(error.message);
    if (!error.is_error() || error.code != "E0382" || quoted.empty()) continue;
    const std::string type = flow::told_type(error, quoted.front());
    if (!type.starts_with("Pin<&mut ") && !type.starts_with("Pin<Box<")) continue;
    Node primary;
    Node moved;
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const Node node = facts.node_at(span);
      if (!node.is("identifier") || node.text() != quoted.front()) continue;
      if (span.is_primary)
        primary = node;
      else if (is_given(node) &&
               !(syntax::binding_of(node.text(), primary ? primary : node) == node))
        moved = node;
    }
    // In a loop the use is the move of the round before.
    const Node place = moved ? moved : primary;
    const Node binding = place ? syntax::binding_of(place.text(), place) : Node();
    if (!is_given(place) || !binding || syntax::is_in_macro(place)) continue;
    auto known = std::find_if(result.begin(), result.end(),
                              [&binding](const MovedPin& one) { return one.binding == binding; });
    if (known == result.end()) known = result.insert(known, MovedPin{binding, {}, {}, {}});
    if (std::find(known->moves.begin(), known->moves.end(), place) == known->moves.end())
      known->moves.push_back(place);
    if (primary && primary != place) known->wanted.push_back(primary);
    known->diagnostics.push_back(index);
  }
  return result;
}

bool is_mutable(Node binding) {
  return binding.parent().is("mut_pattern") || binding.previous().is("mutable_specifier");
}

base::FixIt lend(const flow::Facts& facts, const MovedPin& pin) {
  base::FixIt fix;
  fix.name = "lend_pinned";
  fix.title = "lend it for the call, by `as_mut()`";
  fix.body = syntax::outermost_function(pin.binding).span();
  const base::FileId file = pin.binding.span().file;
  if (!is_mutable(pin.binding))
    fix.edits.push_back({{file, pin.binding.begin(), pin.binding.begin()}, "mut "});
  for (const Node& move : pin.moves) {
    const bool is_short = move.parent().is("shorthand_field_initializer");
    const std::string field = is_short ? ": " + std::string(move.text()) : std::string();
    fix.edits.push_back({{file, move.end(), move.end()}, field + ".as_mut()"});
  }
  fix.keeps_meaning = std::all_of(pin.moves.begin(), pin.moves.end(), [&](const Node& move) {
    return flow::ends_when_done(facts, move, syntax::repeater_of(move, pin.binding));
  });
  if (!fix.keeps_meaning) fix.trade_off = "if a call brings it to its end, the next one panics";
  return fix;
}

}  // namespace

void pinned_future_moved(const flow::Facts& facts, Sink& sink) {
  for (const MovedPin& pin : moved_pins(facts)) {
    const Node first = pin.moves.front();
    auto finding = sink.report(
        first.span(), diag::pinned_future_moved{.future = std::string(pin.binding.text())});
    const Node loop = syntax::repeater_of(first, pin.binding);
    finding.label(loop ? "given away here, in each round" : "given away here");
    for (const Node& move : pin.moves)
      if (move != first) finding.label(move.span(), "and here");
    for (const Node& use : pin.wanted) finding.label(use.span(), "wanted again here");
    finding.label(pin.binding.span(), "is pinned once");
    finding.evidence(base::Evidence::Messages);
    for (const uint32_t index : pin.diagnostics) finding.explains(index);
    finding.fix(lend(facts, pin));
  }
}

}  // namespace jaa::pitfalls
