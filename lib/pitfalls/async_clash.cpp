#include "pitfalls/async_clash.h"

#include <algorithm>

#include "flow/call_sites.h"
#include "flow/future_text.h"
#include "flow/method_clash.h"
#include "pitfalls/send_report.h"
#include "pitfalls/trait_methods.h"
#include "propagate/carry.h"
#include "rewrite/boxed_method.h"
#include "rewrite/declared_head.h"
#include "rewrite/imports.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {

using syntax::Node;

namespace {

Node function_at(const flow::Facts& facts, const flow::NamedPlace& place) {
  const auto span = flow::span_of(place, facts.files());
  if (!span) {
    return {};
  }
  const Node node = facts.tree(span->file).smallest_node(*span);
  const Node function = syntax::enclosing(node, {"function_item", "function_signature_item"});
  // The head, not something in the body or about a parameter.
  const std::vector<Node> parameters = function.field("parameters").named_children();
  const bool is_inner = function.field("body").contains(node) ||
                        std::any_of(parameters.begin(), parameters.end(),
                                    [&node](const Node& one) { return one.contains(node); });
  return is_inner ? Node() : function;
}

// A box with a future in it, be it behind a name.
bool is_boxed_future(const flow::Facts& facts, Node method) {
  const Node type = method.field("return_type");
  return type && !type.is_any({"abstract_type", "bounded_type"}) &&
         flow::mentions_future(type, facts.items());
}

// Something in the body waits, not counting what nested blocks and closures do.
bool awaits(Node method) {
  bool result = false;
  syntax::walk(method.field("body"), [&result](Node node) {
    if (node.is_any({"async_block", "closure_expression", "function_item"})) {
      return syntax::Walk::Over;
    }
    // In a macro's arguments it is a word among others.
    result |=
        node.is("await_expression") || (node.parent().is("token_tree") && node.text() == "await");
    return syntax::Walk::Into;
  });
  return result;
}

// Keyword `async` in front of `fn` and what stands before it.
base::Edit async_keyword(Node method) {
  Node place = method;
  for (const Node& part : method.children()) {
    if (part.is_any({"function_modifiers", "fn"})) {
      place = part;
      break;
    }
  }
  return {{method.span().file, place.begin(), place.begin()}, "async "};
}

// A call whose value nobody takes: as a future it would do nothing.
bool is_dropped(const flow::CallSite& site) {
  const Node behind = site.call.next();
  if (site.is_in_macro) {
    return !behind.is(".") || behind.next().text() != "await";
  }
  return site.call.parent().is_any({"expression_statement", "block"}) ||
         (site.call.parent().is("let_declaration") &&
          site.call.parent().field("pattern").text() == "_");
}

// The trait's method of that name, where the error points at it.
Node declared_in(const flow::Facts& facts, const flow::MethodClash& clash, std::string_view name) {
  for (const flow::NamedPlace& place : clash.declared) {
    const Node function = function_at(facts, place);
    if (syntax::trait_of(function) && (name.empty() || function.field("name").text() == name)) {
      return function;
    }
  }
  return {};
}

// What a method returns is to be a future, says a trait of another crate.
bool is_foreign_promise(const flow::Facts& facts, const flow::MethodClash& clash, Node method) {
  const auto place = flow::span_of(clash.implemented, facts.files());
  const bool is_foreign = std::none_of(
      clash.declared.begin(), clash.declared.end(),
      [&facts](const auto& one) { return flow::span_of(one, facts.files()).has_value(); });
  const std::vector<std::string> quoted = flow::quoted_texts(facts.diagnostics()[clash.diagnostic]);
  return clash.is_unmet && is_foreign && place == method.field("return_type").span() &&
         std::any_of(quoted.begin(), quoted.end(), flow::names_future_trait);
}

// A method that a macro of this workspace writes: its head is a row of tokens.
bool in_macro(const flow::Facts& facts, const flow::MethodClash& clash, AsyncClash& one) {
  const auto place = flow::span_of(clash.implemented, facts.files());
  one.declared = declared_in(facts, clash, "");
  const std::string name(one.declared.field("name").text());
  if (!place || name.empty() || !syntax::trait_of(one.declared) ||
      !rewrite::is_async(one.declared) ||
      !syntax::is_in_macro(
          facts.tree(place->file).smallest_node({place->file, place->begin, place->begin + 2}))) {
    return false;
  }
  const std::string_view head = facts.files().text(*place);
  if (!head.starts_with("fn ") || head.find(name) == std::string_view::npos) {
    return false;
  }
  one.place = *place;
  one.name = name;
  return true;
}

void add_once(std::vector<AsyncClash>& list, AsyncClash one) {
  for (AsyncClash& known : list) {
    if (known.place == one.place) {
      known.diagnostics.push_back(one.diagnostics.front());
      return;
    }
  }
  list.push_back(std::move(one));
}

}  // namespace

std::vector<AsyncClash> async_clashes(const flow::Facts& facts) {
  std::vector<AsyncClash> result;
  for (const flow::MethodClash& clash :
       flow::read_method_clashes(facts.diagnostics(), facts.names())) {
    AsyncClash one;
    one.diagnostics = {clash.diagnostic};
    one.method = function_at(facts, clash.implemented);
    if (one.method) {
      one.place = one.method.field("name").span();
      one.name = one.method.field("name").text();
    } else if (clash.is_whole_head && in_macro(facts, clash, one)) {
      add_once(result, std::move(one));
      continue;
    }
    if (!syntax::impl_of(one.method).field("trait")) {
      continue;
    }
    one.is_async = rewrite::is_async(one.method);
    one.declared = declared_in(facts, clash, one.name);
    const bool is_foreign = is_foreign_promise(facts, clash, one.method);
    if (!clash.declared.empty() && !one.declared && !is_foreign) {
      continue;
    }
    one.wants_box = is_boxed_future(facts, one.declared);
    const bool is_future = rewrite::gives_future(one.method) || is_boxed_future(facts, one.method);
    const bool wants_future = rewrite::gives_future(one.declared) || one.wants_box;
    if (one.is_async ? clash.is_mistyped && (one.wants_box || !wants_future)
                     : !is_future && ((one.declared && wants_future) || is_foreign)) {
      add_once(result, one);
    }
  }
  return result;
}

std::vector<base::FixIt> make_async(const flow::Facts& facts, const AsyncClash& clash) {
  std::vector<base::FixIt> result;
  base::FixIt fix = bound_fix("make_async", "make `" + clash.name + "` async", {});
  if (!clash.method) {
    fix.edits.push_back({{clash.place.file, clash.place.begin, clash.place.begin}, "async "});
  } else if (!syntax::is_in_macro(clash.method)) {
    fix.edits.push_back(async_keyword(clash.method));
  }
  const flow::CallSites calls(facts.trees(), facts.crates(), facts.items());
  const std::vector<flow::CallSite> sites =
      calls.of(clash.declared ? with_implementations(facts, clash.declared)
                              : std::vector<Node>{clash.method});
  const bool is_dropped_somewhere =
      std::any_of(sites.begin(), sites.end(),
                  [](const flow::CallSite& site) { return site.is_certain && is_dropped(site); });
  if (is_dropped_somewhere) {
    fix.keeps_meaning = false;
    fix.trade_off = "where its future is not awaited, nothing happens";
  }
  std::vector<base::FixIt> carried;
  if (clash.method && rewrite::is_async(clash.declared)) {
    propagate::Goal goal;
    goal.functions = {clash.method};
    carried = propagate::fixes(facts, goal, "");
    for (base::FixIt& one : carried) {
      one.name = "make_async";
      one.title = fix.title + ", and await it where it is called";
    }
  }
  if (!fix.edits.empty() && !is_dropped_somewhere) {
    result.push_back(fix);
  }
  for (base::FixIt& one : carried) {
    if (one.edits != fix.edits) {
      result.push_back(std::move(one));
    }
  }
  if (!fix.edits.empty() && is_dropped_somewhere) {
    result.push_back(std::move(fix));
  }
  return result;
}

namespace {

base::FixIt return_boxed(const AsyncClash& clash, std::vector<base::Edit> edits,
                         rewrite::ImportEdits& imports) {
  base::FixIt fix = bound_fix(
      "return_boxed",
      "let `" + std::string(clash.method.field("name").text()) + "` return a boxed future",
      std::move(edits));
  fix.trade_off = "one allocation a call";
  const std::vector<base::Edit> more = imports.take();
  fix.edits.insert(fix.edits.end(), more.begin(), more.end());
  return fix;
}

}  // namespace

std::vector<base::FixIt> box_as_declared(const flow::Facts& facts, const AsyncClash& clash) {
  std::vector<base::FixIt> result;
  const rewrite::BoxedMethod method{&facts.tree(clash.method.span().file), clash.method};
  const Node type = clash.declared.field("return_type");
  rewrite::BoxedForm form;
  form.is_send = syntax::is_mentioned(type, "Send") || syntax::is_mentioned(type, "BoxFuture");
  form.edition = facts.package().edition;
  form.takes_sync = true;
  const auto add = [&](base::FixIt fix) {
    if (!fix.edits.empty()) result.push_back(std::move(fix));
  };
  rewrite::ImportEdits imports;
  std::vector<base::Edit> edits =
      rewrite::take_declared_head(*method.tree, clash.method, clash.declared, imports);
  if (!edits.empty()) {
    for (base::Edit& edit : rewrite::box_body(method, form)) edits.push_back(std::move(edit));
    add(return_boxed(clash, std::move(edits), imports));
  }
  // Where what the trait writes cannot be written here.
  for (const bool is_general : {false, true}) {
    rewrite::ImportEdits own;
    form.is_general = is_general;
    add(return_boxed(clash, rewrite::box_method({method}, form, own), own));
  }
  return result;
}

std::vector<base::FixIt> make_sync(const AsyncClash& clash) {
  if (awaits(clash.method) || syntax::is_in_macro(clash.method)) {
    return {};
  }
  for (const Node& part : clash.method.children()) {
    if (!part.is("function_modifiers")) {
      continue;
    }
    for (const Node& keyword : part.children()) {
      const Node after = keyword.next() ? keyword.next() : part.next();
      if (keyword.is("async")) {
        return {bound_fix("make_sync",
                          "take `async` off `" + std::string(clash.method.field("name").text()) +
                              "`, which waits for nothing",
                          {{{keyword.span().file, keyword.begin(), after.begin()}, ""}})};
      }
    }
  }
  return {};
}

}  // namespace jaa::pitfalls
