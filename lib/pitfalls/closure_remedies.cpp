#include "pitfalls/closure_remedies.h"

#include <algorithm>

#include "propagate/async_fields.h"
#include "propagate/boxed_callables.h"
#include "rewrite/chain.h"
#include "rewrite/chain_to_loop.h"
#include "rewrite/closure_to_async.h"
#include "rewrite/imports.h"
#include "rewrite/in_place.h"
#include "rewrite/join_all.h"
#include "rewrite/match_combinator.h"
#include "rewrite/stream_stage.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

base::FixIt remedy(std::string name, std::string title, std::vector<base::Edit> edits,
                   Node argument) {
  base::FixIt fix;
  fix.name = std::move(name);
  fix.title = std::move(title);
  fix.edits = std::move(edits);
  fix.keeps_meaning = true;
  const Node function = syntax::outermost_function(argument);
  const bool stays_inside =
      std::all_of(fix.edits.begin(), fix.edits.end(),
                  [&](const base::Edit& edit) { return function.span().contains(edit.span); });
  if (stays_inside) {
    fix.body = function.span();
  }
  return fix;
}

// The modules around `node` within its file, the outermost first: "a::b::".
std::string module_path(Node node) {
  std::string path;
  for (Node at = node.parent(); at; at = at.parent()) {
    if (at.is("mod_item")) {
      path = std::string(at.field("name").text()) + "::" + path;
    }
  }
  return path;
}

// How a function that awaits many futures at once is spelled at `place`; empty when the
// project has none.
std::string join_all_at(const flow::Facts& facts, Node place) {
  constexpr std::string_view Name = "join_all";
  for (const rewrite::Import& import : rewrite::imports_of(rewrite::import_scope(place))) {
    if (import.name.text() == Name) {
      return std::string(Name);
    }
  }
  for (const Node& function : facts.items().functions(Name)) {
    if (function.span().file != place.span().file || syntax::trait_of(function) ||
        syntax::impl_of(function)) {
      continue;
    }
    const std::string theirs = module_path(function);
    const std::string ours = module_path(place);
    if (theirs.starts_with(ours)) {
      return theirs.substr(ours.size()) + std::string(Name);
    }
    if (facts.root_of(place.span().file) == place.span().file) {
      return "crate::" + theirs + std::string(Name);
    }
  }
  return facts.package().depends_on("futures") ? "futures::future::join_all" : "";
}

}  // namespace

std::string receiver_name(Node argument) {
  const Node parent = argument.parent();
  if (parent.is("arguments")) {
    Node function = parent.parent().field("function");
    if (function.is("generic_function")) {
      function = function.field("function");
    }
    return std::string(function.is("field_expression") ? function.field("field").text()
                                                       : function.text());
  }
  if (parent.is("let_declaration")) {
    return std::string(parent.field("pattern").text());
  }
  return std::string(rewrite::returning_function(argument).field("name").text());
}

std::vector<base::FixIt> closure_remedies(const flow::Facts& facts, const WaitingClosure& closure) {
  std::vector<base::FixIt> fixes;
  const Node argument = closure.argument;
  const syntax::Tree& tree = *closure.tree;
  const bool returns_future =
      std::find(closure.futures.begin(), closure.futures.end(), argument) != closure.futures.end();
  std::vector<base::Edit> in_stream = rewrite::wait_in_stream(argument, returns_future);
  if (!in_stream.empty()) {
    fixes.push_back(
        remedy("stream", "let the stream wait for the futures", std::move(in_stream), argument));
  }
  const size_t of_stream = fixes.size();
  rewrite::ChainRequest request;
  request.tree = &tree;
  request.items = &facts.items();
  request.first = argument;
  request.futures = closure.futures;
  request.parts = closure.parts;
  for (std::vector<base::Edit>& edits : rewrite::chain_to_loop(request)) {
    fixes.push_back(remedy("loop", "write the chain as a loop", std::move(edits), argument));
  }
  const std::string method = receiver_name(argument);
  if (fixes.size() == of_stream && closure.parts.empty()) {
    for (std::vector<base::Edit>& edits :
         rewrite::match_for_combinator(tree, argument, closure.futures)) {
      fixes.push_back(
          remedy("match", "write out what `" + method + "` does", std::move(edits), argument));
    }
  }
  std::vector<base::Edit> first = !closure.parts.empty()
                                      ? std::vector<base::Edit>()
                                      : rewrite::answer_first(tree, argument, returns_future);
  if (!first.empty()) {
    fixes.push_back(remedy("answers_first", "compute what `" + method + "` asks for before it",
                           std::move(first), argument));
    fixes.back().trade_off = "each element is asked about once, in order";
  }
  const bool has_async_closures = facts.package().edition != "2015";
  if (has_async_closures && fixes.size() == of_stream && !returns_future) {
    for (std::vector<base::Edit>& edits :
         rewrite::make_closure_async(tree, facts.items(), argument)) {
      fixes.push_back(remedy("async_closure", "make the closure async and await its calls",
                             std::move(edits), argument));
    }
  }
  if (has_async_closures && fixes.size() == of_stream && !returns_future) {
    fixes = propagate::make_field_async(facts, argument);
  }
  if (fixes.size() == of_stream && !returns_future) {
    fixes = propagate::box_callables(facts, argument);
  }
  const std::string join_all = join_all_at(facts, argument);
  if (!join_all.empty() && closure.parts.empty()) {
    std::vector<base::Edit> edits = rewrite::join_chain(tree, argument, join_all);
    if (!edits.empty()) {
      base::FixIt fix =
          remedy("join_all", "await the futures of all items together", std::move(edits), argument);
      fix.keeps_meaning = false;
      fix.trade_off = "the items are worked on at the same time, so what they do interleaves";
      fixes.push_back(std::move(fix));
    }
  }
  return fixes;
}

void closure_words(FindingBuilder& finding, Node argument, bool has_fix) {
  if (has_fix) {
    return;
  }
  if (!argument.parent().is("arguments")) {
    finding.help(
        "make the closure async, by `AsyncFn` where its type is written, and await its calls; or "
        "wait for the value before the closure is made");
    return;
  }
  const Node function = argument.parent().parent().field("function");
  if (!function.is("field_expression")) {
    finding.help(
        "pass an async block to a function that takes a future, or wait for the value "
        "before this call and move it into the closure");
    return;
  }
  finding.help(
      "wait for the value outside of the closure: in a loop over the items, or before "
      "the call");
}

}  // namespace jaa::pitfalls
