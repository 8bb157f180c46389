// Reports a variable that is used as an `Arc`, by a task or for one, and is none.
//
// Detected by rustc (E0308) at the uses: `Arc<T>` is expected, and the variable's `let` makes
// a `T` or a reference to one. All such uses of one variable are one finding. Left to
// rustc: an `Arc` that goes to no future.
#include <algorithm>
#include <map>

#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/owner_mismatch.h"
#include "flow/taken_along.h"
#include "flow/type_text.h"
#include "pitfalls/sink.h"
#include "rewrite/imports.h"
#include "rewrite/own_in_task.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::pitfalls {
namespace {

using flow::OwnerMismatch;
using syntax::Node;

// One variable, and the places that want an `Arc` of it.
struct Variable {
  Node binding;
  std::vector<OwnerMismatch> uses;
};

// The variable of `x`, `&x` and `x.clone()`.
Node variable_of(Node place) {
  if (place.is("shorthand_field_initializer") && !place.parts().empty()) {
    place = place.parts().back();
  }
  while (place.is("reference_expression") && !place.parts().empty()) {
    place = place.parts().back();
  }
  const Node function = place.field("function");
  if (place.is("call_expression") && function.field("field").text() == "clone") {
    place = function.field("value");
  }
  return place.is("identifier") ? place : Node();
}

Node let_of(Node binding) {
  const Node let = syntax::enclosing(binding, {"let_declaration", "block"});
  return let.is("let_declaration") && flow::only_binding(let) == binding && !let.field("type") &&
                 !let.field("alternative")
             ? let
             : Node();
}

// The future that gets the `Arc`: by a use within it or as its argument, by a variable that
// the use makes, or in the function that is called with it.
Node future_with(const flow::Facts& facts, const Variable& variable) {
  for (const OwnerMismatch& use : variable.uses) {
    const Node let = syntax::enclosing(use.place, {"let_declaration", "block"});
    const Node block = syntax::enclosing(use.place, {"async_block", "function_item"});
    std::vector<Node> futures{flow::receiver_of_value(facts, use.place)};
    if (let.is("let_declaration")) {
      futures.push_back(flow::taker_of_derived(facts, flow::only_binding(let)));
    }
    if (block.is("async_block") && !block.contains(variable.binding)) {
      futures.push_back(block);
    }
    if (const Node parameter = flow::only_binding(use.parameter);
        parameter && flow::taker_of_derived(facts, parameter)) {
      futures.push_back(use.call);
    }
    for (const Node& future : futures) {
      if (future) {
        return future;
      }
    }
  }
  return {};
}

base::FixIt put_in_arc(const Variable& variable) {
  base::FixIt fix;
  const std::string name(variable.binding.text());
  const Node let = let_of(variable.binding);
  Node value = let.field("value");
  const bool is_reference = value.is("reference_expression") && !value.parts().empty();
  const Node inner = is_reference ? value.parts().back() : value;
  if (syntax::is_in_macro(value) || value.has_child("mutable_specifier")) {
    return fix;
  }
  fix.name = "share";
  fix.title = "put `" + name + "` into an `Arc`";
  fix.keeps_meaning = true;
  fix.body = syntax::outermost_function(let).span();
  rewrite::ImportEdits imports;
  const base::FileId file = value.span().file;
  const std::string arc = imports.name_at(value, "std::sync::Arc");
  fix.edits = {{{file, value.begin(), inner.begin()}, arc + "::new("},
               {{file, inner.end(), value.end()}, ")"}};
  for (base::Edit& edit : imports.take()) {
    fix.edits.push_back(std::move(edit));
    fix.body = {};
  }
  // What got the reference before gets one now.
  for (const Node& mention : syntax::mentions(let.parent(), name)) {
    const bool is_use =
        std::any_of(variable.uses.begin(), variable.uses.end(),
                    [&mention](const OwnerMismatch& use) { return use.place.contains(mention); });
    const bool is_it = syntax::binding_of(name, mention) == variable.binding;
    if (is_reference && is_it && !is_use) {
      if (auto renamed = rewrite::as_reference(mention, false)) {
        fix.edits.push_back({renamed->first, std::move(renamed->second)});
      }
    }
  }
  return fix;
}

}  // namespace

void shared_without_arc(const flow::Facts& facts, Sink& sink) {
  std::map<base::Span, Variable> variables;
  for (const OwnerMismatch& use : flow::read_owner_mismatches(facts)) {
    const Node name = use.kind == OwnerMismatch::Kind::WantsArc ? variable_of(use.place) : Node();
    const Node binding = name ? syntax::binding_of(name.text(), name) : Node();
    if (let_of(binding)) {
      Variable& variable = variables[binding.span()];
      variable.binding = binding;
      variable.uses.push_back(use);
    }
  }
  for (const auto& [span, variable] : variables) {
    const Node future = future_with(facts, variable);
    if (!future) {
      continue;
    }
    auto finding = sink.report(
        span, diag::shared_without_arc{.value = std::string(variable.binding.text()),
                                       .type = flow::shown_type_text(variable.uses.front().type)});
    finding.label("is no `Arc`");
    finding.label(flow::head_of_future(future), "would share it");
    finding.evidence(base::Evidence::Messages);
    for (const OwnerMismatch& use : variable.uses) {
      finding.label(use.place.span(), "an `Arc` is expected here");
      finding.explains(use.diagnostic);
    }
    if (base::FixIt fix = put_in_arc(variable); !fix.edits.empty()) {
      finding.fix(std::move(fix));
    }
  }
}

}  // namespace jaa::pitfalls
