// Reports a future of which the compiler can prove `Send` for each lifetime, but not for
// all at once: an await in it keeps a closure whose type names a lifetime.
//
// Detected: an error without a code whose label repeats its message, with notes that have
// no place, about a call that is given a future. The awaits in question are looked for in
// the source: in the async blocks there and in the async functions that they call.
#include <algorithm>
#include <map>
#include <set>

#include "diag/catalogue.h"
#include "flow/facts.h"
#include "pitfalls/send_report.h"
#include "rewrite/erase_closure.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

constexpr size_t DeepestCall = 3;

// rustc 1.95 says "implementation of `X` is not general enough" twice, in the message and at
// the place, and explains it in notes without a place.
bool is_not_general(const rustc::Diagnostic& error) {
  const auto has_place = [](const rustc::Diagnostic& child) { return !child.spans.empty(); };
  return error.is_error() && error.code.empty() && error.spans.size() == 1 &&
         error.spans.front().label == error.message && !error.children.empty() &&
         !std::any_of(error.children.begin(), error.children.end(), has_place) &&
         rustc::quoted_parts(error.message).size() == 1;
}

// The awaits that keep a closure, in `body` and in what it calls.
void add_awaits(const flow::Facts& facts, Node body, size_t depth, std::set<base::Span>& seen,
                std::vector<Node>& awaits) {
  if (depth > DeepestCall || !seen.insert(body.span()).second) {
    return;
  }
  for (const Node& await : rewrite::awaits_with_closures(body)) {
    if (std::find(awaits.begin(), awaits.end(), await) == awaits.end()) {
      awaits.push_back(await);
    }
  }
  std::vector<Node> called;
  syntax::for_each_name(body, [&](std::string_view name, Node) {
    for (const Node& function : facts.items().functions(name)) {
      if (syntax::is_async_function(function)) {
        called.push_back(function.field("body"));
      }
    }
  });
  for (const Node& next : called) {
    add_awaits(facts, next, depth + 1, seen, awaits);
  }
}

bool has_async_block(Node node) {
  bool found = false;
  syntax::walk(node, [&found](Node part) {
    found |= part.is("async_block");
    return syntax::Walk::Into;
  });
  return found;
}

}  // namespace

void send_not_general_enough(const flow::Facts& facts, Sink& sink) {
  std::map<base::Span, std::vector<uint32_t>> places;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    const auto place = is_not_general(error) && !error.spans.front().is_from_macro()
                           ? facts.names().span(error.spans.front())
                           : std::nullopt;
    if (place) {
      places[*place].push_back(index);
    }
  }
  for (const auto& [place, diagnostics] : places) {
    const Node demand = facts.tree(place.file).smallest_node(place);
    std::set<base::Span> seen;
    std::vector<Node> awaits;
    add_awaits(facts, demand, 0, seen, awaits);
    if (awaits.empty() && !has_async_block(demand)) {
      continue;
    }
    const std::string trait =
        rustc::quoted_parts(facts.diagnostics()[diagnostics.front()].message).front();
    auto finding = sink.report(awaits.empty() ? place : awaits.front().span(),
                               diag::send_not_general_enough{.trait = trait});
    if (!awaits.empty()) {
      finding.label("the future keeps a closure, whose type names a lifetime, over this await");
      finding.label(place, "the future has to be `Send` here");
    } else {
      finding.label("the future has to be `Send` here");
    }
    finding.evidence(base::Evidence::Messages);
    for (const uint32_t index : diagnostics) {
      finding.explains(index);
    }
    for (const Node& await : awaits) {
      const base::Span body = syntax::outermost_function(await).span();
      const auto offer = [&](const char* name, const char* title, const char* trade_off,
                             std::vector<base::Edit> edits) {
        if (!edits.empty()) {
          base::FixIt fix = bound_fix(name, title, std::move(edits));
          fix.trade_off = trade_off;
          fix.body = body;
          finding.fix(std::move(fix));
        }
      };
      offer("collect", "be done with the closure before the await", "a `Vec` of what it gives",
            rewrite::collect_arguments(await));
      offer("box_as_send", "await a box whose type does not name the closure", "one allocation",
            rewrite::box_as_send(await, facts.package().edition));
    }
    finding.note(
        "where a fix like these helps, the future was `Send` all along: the compiler forgets the "
        "lifetimes in it (rust-lang/rust#110338)");
  }
}

}  // namespace jaa::pitfalls
