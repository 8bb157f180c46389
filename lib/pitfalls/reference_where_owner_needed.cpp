// Reports a reference where a future has to own the value.
//
// Detected by rustc (E0308): a parameter is a reference, what it is called with is a value,
// and a future takes the parameter along that outlives the function, or wants the value (E0308
// or E0521 in the body); or a reference is given to a call whose future is not awaited on the
// spot, and the call wants the value.
// Left to rustc: the same mismatch where no future outlives the call.
#include <algorithm>
#include <map>

#include "diag/catalogue.h"
#include "flow/call_sites.h"
#include "flow/captures.h"
#include "flow/cloning.h"
#include "flow/facts.h"
#include "flow/owner_mismatch.h"
#include "flow/taken_along.h"
#include "pitfalls/owned_values.h"
#include "pitfalls/sink.h"
#include "rewrite/own_in_task.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::pitfalls {
namespace {

using flow::Cloning;
using flow::OwnerMismatch;
using syntax::Node;
using Kind = OwnerMismatch::Kind;

// All that is said about one parameter.
struct Parameter {
  Node node;
  Node binding;
  std::vector<OwnerMismatch> given;   // values, at the callers
  std::vector<OwnerMismatch> wanted;  // values, in the body
  Node future;                        // that takes it along
};

bool is_reference(Node parameter) {
  const Node type = parameter.field("type");
  return type.is("reference_type") && !type.has_child("mutable_specifier");
}

// Its signature is nobody else's.
bool is_own_function(Node function) {
  return function.is("function_item") && !syntax::trait_of(function) &&
         !syntax::impl_of(function).field("trait");
}

// The parameter that the expression names; none for any other expression.
Node parameter_named(Node place) {
  if (place.is("shorthand_field_initializer") && !place.parts().empty()) {
    place = place.parts().back();
  }
  if (!place.is("identifier")) {
    return {};
  }
  const Node binding = syntax::binding_of(place.text(), place);
  const Node parameter = syntax::enclosing(binding, {"parameter", "block"});
  return parameter.is("parameter") && flow::only_binding(parameter) == binding ? parameter : Node();
}

std::vector<Parameter> parameters_in(const std::vector<OwnerMismatch>& mismatches) {
  std::map<base::Span, Parameter> found;
  for (const OwnerMismatch& one : mismatches) {
    const Node node = one.kind == Kind::WantsReference ? one.parameter : parameter_named(one.place);
    if (!node || !is_reference(node) || !is_own_function(node.parent().parent())) {
      continue;
    }
    Parameter& parameter = found[node.span()];
    parameter.node = node;
    parameter.binding = flow::only_binding(node);
    (one.kind == Kind::WantsReference ? parameter.given : parameter.wanted).push_back(one);
  }
  std::vector<Parameter> result;
  for (auto& [span, parameter] : found) {
    if (parameter.binding && !parameter.given.empty()) {
      result.push_back(std::move(parameter));
    }
  }
  return result;
}

// Errors that the borrow checker has about what the parameter leads to.
std::vector<uint32_t> escapes_of(const flow::Facts& facts, const Parameter& parameter) {
  std::vector<uint32_t> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    const bool is_about_it =
        std::any_of(error.spans.begin(), error.spans.end(),
                    [&](const auto& span) { return facts.node_at(span) == parameter.binding; });
    if (error.is_error() && error.code == "E0521" && is_about_it) {
      result.push_back(index);
    }
  }
  return result;
}

// The future that needs to own it; none where a borrow would do, as far as one can tell.
Node owning_future(const flow::Facts& facts, const Parameter& parameter) {
  const Node taker = flow::taker_of(facts, parameter.binding);
  if (taker && (!parameter.wanted.empty() || !escapes_of(facts, parameter).empty() ||
                flow::outlives_function(facts, taker, parameter.binding))) {
    return taker;
  }
  // The function's own future counts, where a caller gives that away.
  for (const OwnerMismatch& one : parameter.given) {
    const Node receiver = flow::receiver_of_value(facts, one.place);
    if (receiver && flow::outlives_function(facts, receiver)) {
      return receiver;
    }
  }
  return {};
}

bool is_at_one_of(Node node, const std::vector<OwnerMismatch>& mismatches) {
  return std::any_of(mismatches.begin(), mismatches.end(), [&node](const OwnerMismatch& one) {
    return one.place.contains(node) || (one.argument && one.argument.contains(node));
  });
}

// `&T` -> `T`, with what that means in the body and for callers that have a reference.
base::FixIt own_parameter(const flow::Facts& facts, const Parameter& parameter) {
  base::FixIt fix;
  const std::string name(parameter.binding.text());
  const Node function = parameter.node.parent().parent();
  fix.name = "own";
  fix.title = "let `" + std::string(function.field("name").text()) + "` own `" + name + "`";
  fix.keeps_meaning = true;
  const Node type = parameter.node.field("type");
  fix.edits = {{{type.span().file, type.begin(), type.field("type").begin()}, ""}};
  for (const Node& mention : syntax::mentions(function.field("body"), name)) {
    const bool is_it = syntax::binding_of(name, mention) == parameter.binding;
    if (!is_it || is_at_one_of(mention, parameter.wanted)) {
      continue;
    }
    if (auto renamed = rewrite::as_reference(mention, true)) {
      fix.edits.push_back({renamed->first, std::move(renamed->second)});
    }
  }
  const bool can_clone =
      flow::cloning_of(facts.items(), parameter.given.front().type) < Cloning::SplitsState;
  const flow::CallSites sites(facts.trees(), facts.crates(), facts.items());
  for (const flow::CallSite& site : sites.of({function})) {
    const Node argument = site.is_in_macro ? Node() : flow::argument_for(site.call, parameter.node);
    if (!argument || !site.is_certain || is_at_one_of(argument, parameter.given)) {
      continue;
    }
    if (!can_clone) {
      return {};
    }
    const bool is_borrow = argument.is("reference_expression") && !argument.parts().empty();
    const Node value = is_borrow ? argument.parts().back() : argument;
    fix.edits.push_back({argument.span(), std::string(value.text()) + ".clone()"});
  }
  return fix;
}

// `x.clone()` of a reference `x`, or of `&x`; what is copied needs none.
std::string owned_text(const flow::Facts& facts, const OwnerMismatch& one) {
  const bool is_borrow = one.place.is("reference_expression") && !one.place.parts().empty();
  const Node place = is_borrow ? one.place.parts().back() : one.place;
  const bool is_short =
      place.is("shorthand_field_initializer") || place.parent().is("shorthand_field_initializer");
  const bool is_name = is_short || place.is_any({"identifier", "self", "field_expression",
                                                 "call_expression", "parenthesized_expression"});
  const std::string text(place.text());
  const std::string value = is_name ? text : "(" + text + ")";
  if (flow::cloning_of(facts.items(), one.type) == Cloning::Copies) {
    return (is_short ? text + ": " : "") + (is_borrow ? text : "*" + value);
  }
  std::string clone = clone_text(place, one.type, value);
  // A reference is what `Arc::clone` wants.
  const std::string of_value = "(&" + value + ")";
  if (const size_t at = clone.find(of_value); !is_borrow && at != std::string::npos) {
    clone.replace(at, of_value.size(), "(" + value + ")");
  }
  return (is_short ? text + ": " : "") + clone;
}

void report_parameter(const flow::Facts& facts, const Parameter& parameter, Sink& sink) {
  auto finding = sink.report(
      parameter.node.span(),
      diag::reference_where_owner_needed{.value = std::string(parameter.binding.text())});
  finding.label("only borrows");
  finding.label(flow::head_of_future(parameter.future), "needs to own it");
  finding.label(parameter.given.front().place.span(), "a value is given here");
  finding.evidence(base::Evidence::Messages);
  for (const std::vector<OwnerMismatch>* some : {&parameter.given, &parameter.wanted}) {
    for (const OwnerMismatch& one : *some) {
      finding.explains(one.diagnostic);
    }
  }
  for (const uint32_t diagnostic : escapes_of(facts, parameter)) {
    finding.explains(diagnostic);
  }
  if (base::FixIt fix = own_parameter(facts, parameter); !fix.edits.empty()) {
    finding.fix(std::move(fix));
  }
}

// In front of the closure or block that takes the reference along, where that may outlive
// what it leads to as well.
std::vector<base::Edit> own_in_front(const flow::Facts& facts, const OwnerMismatch& one) {
  const std::string name(one.place.text());
  const Node binding = syntax::binding_of(name, one.place);
  Node outermost;
  for (Node at = syntax::enclosing_function(one.place);
       at.is_any({"closure_expression", "async_block"}) && !at.contains(binding);
       at = syntax::enclosing_function(at)) {
    outermost = at;
  }
  if (!one.place.is("identifier") || !binding || !outermost) {
    return {};
  }
  rewrite::OwnedTask task;
  task.future = outermost;
  task.values = {{name, owned_text(facts, one)}};
  for (const flow::Capture& capture : flow::captures_of(outermost)) {
    for (const Node& mention : capture.mentions) {
      if (!(capture.binding == binding) || mention == one.place) {
        continue;
      }
      if (auto renamed = rewrite::as_reference(mention, true)) {
        task.renamed.push_back(std::move(*renamed));
      }
    }
  }
  return rewrite::own_in_task(facts.tree(one.place.span().file), task);
}

// `spawn(run(state))`, where `state` is a reference.
void report_argument(const flow::Facts& facts, const OwnerMismatch& one, Node future, Sink& sink) {
  auto finding = sink.report(
      one.place.span(), diag::reference_where_owner_needed{.value = std::string(one.place.text())});
  finding.label("only borrows");
  finding.label(flow::head_of_future(future), "needs to own it");
  finding.evidence(base::Evidence::Messages);
  finding.explains(one.diagnostic);
  if (flow::cloning_of(facts.items(), one.type) >= Cloning::SplitsState) {
    return;
  }
  base::FixIt fix;
  fix.name = "own";
  fix.title = "give the future its own `" + std::string(one.place.text()) + "`";
  fix.keeps_meaning = true;
  fix.body = syntax::outermost_function(one.place).span();
  fix.edits = {{one.place.span(), owned_text(facts, one)}};
  finding.fix(fix);
  fix.edits = own_in_front(facts, one);
  if (!fix.edits.empty()) {
    fix.name = "own_in_front";
    finding.fix(std::move(fix));
  }
}

}  // namespace

void reference_where_owner_needed(const flow::Facts& facts, Sink& sink) {
  const std::vector<OwnerMismatch> mismatches = flow::read_owner_mismatches(facts);
  std::vector<uint32_t> explained;
  for (Parameter& parameter : parameters_in(mismatches)) {
    parameter.future = owning_future(facts, parameter);
    if (!parameter.future) {
      continue;
    }
    for (const OwnerMismatch& one : parameter.wanted) {
      explained.push_back(one.diagnostic);
    }
    report_parameter(facts, parameter, sink);
  }
  for (const OwnerMismatch& one : mismatches) {
    const bool is_left =
        one.kind == Kind::WantsOwner && !syntax::is_in_macro(one.place) &&
        std::find(explained.begin(), explained.end(), one.diagnostic) == explained.end();
    const Node future = is_left ? flow::receiver_of_value(facts, one.place) : Node();
    if (future) {
      report_argument(facts, one, future, sink);
    }
  }
}

}  // namespace jaa::pitfalls
