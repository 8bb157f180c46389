// Reports a type parameter that may borrow for less time than the function's future lives.
//
// Detected: rustc wants the parameter to outlive a lifetime (E0309, E0310, E0311) in a
// function that returns a future, for an async block, or where the generics speak of
// futures or of other threads. The parameter is bound in the
// signature; where the lifetime has no name it is given one.
#include <algorithm>

#include "llvm/ADT/StringSwitch.h"

#include "diag/catalogue.h"
#include "pitfalls/future_signature_report.h"
#include "pitfalls/send_report.h"
#include "rewrite/bounds.h"
#include "rewrite/signature_lifetimes.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using flow::LifetimeError;
using syntax::Node;

// What says that values of a type go to other tasks or threads, or that it is a future.
bool is_async_trait(std::string_view name) {
  return llvm::StringSwitch<bool>(name)
      .Cases("Send", "Sync", "Future", "IntoFuture", "Stream", "AsyncFn", "AsyncFnOnce", true)
      .Cases("AsyncFnMut", "AsyncRead", "AsyncWrite", "Sink", true)
      .Default(false);
}

// The generics of the function, or of what is around it, speak of futures or of tasks.
bool has_async_bounds(Node function) {
  bool found = false;
  for (Node item = function; item && !found;
       item = syntax::enclosing(item.parent(), {"impl_item", "trait_item"})) {
    for (const Node& part : item.children()) {
      if (!part.is_any({"type_parameters", "where_clause", "parameters"})) continue;
      syntax::walk(part, [&found](Node node) {
        found |= node.is("type_identifier") && is_async_trait(node.text());
        return found ? syntax::Walk::Stop : syntax::Walk::Into;
      });
    }
  }
  return found;
}

bool concerns_future(const flow::Facts& facts, const LifetimeError& error) {
  bool found =
      has_async_bounds(error.function) || syntax::is_async_function(error.function) ||
      rewrite::written_future(facts.items(), error.function.field("return_type")).is_valid();
  syntax::walk(error.place, [&found](Node node) {
    found |= node.is("async_block");
    return found ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return found;
}

// The item that declares the parameter, and what its bounds belong to.
struct Parameter {
  Node item;
  Node owner;
  std::string name;
};

Parameter parameter_of(const flow::Facts& facts, const LifetimeError& error) {
  const auto quoted = rustc::quoted_parts(facts.diagnostics()[error.diagnostic].message);
  if (quoted.empty()) return {};
  const std::string& name = quoted.front();
  const Node around = syntax::enclosing(error.function.parent(), {"impl_item", "trait_item"});
  for (const Node& item : {error.function, around}) {
    for (const Node& part : item.field("type_parameters").named_children()) {
      if (part.field("name").text() == name) return {item, part, name};
    }
  }
  Parameter result;
  syntax::walk(error.function.field("parameters"), [&](Node node) {
    const bool is_it = node.is_any({"abstract_type", "bounded_type"}) && node.text() == name;
    if (is_it && !result.owner) result = {error.function, node, name};
    return is_it ? syntax::Walk::Over : syntax::Walk::Into;
  });
  return result;
}

// The lifetime that the parameter has to outlive.
struct Needed {
  std::string name;
  Node elided;  // where it is left out
};

Needed needed_lifetime(const flow::Facts& facts, const LifetimeError& error) {
  const std::string& code = facts.diagnostics()[error.diagnostic].code;
  if (code == "E0310") return {"'static", {}};
  for (const Node& label : error.labels) {
    const Node lifetime = syntax::enclosing(label, {"lifetime", "lifetime_parameter"});
    if (lifetime && lifetime.text() != "'_") {
      const std::string_view text = lifetime.text();
      return {std::string(text.substr(0, text.find_first_of(" :,"))), {}};
    }
    const Node parameter = syntax::enclosing(label, {"parameter", "self_parameter"});
    const auto elided = rewrite::lifetimes_in(parameter).elided;
    if (!elided.empty()) return {"", elided.front()};
  }
  return {};
}

std::vector<base::Edit> bound_of(const Parameter& parameter, const std::string& lifetime) {
  for (const Node& part : parameter.item.children()) {
    for (const Node& predicate : part.named_children()) {
      if (part.is("where_clause") && predicate.field("left").text() == parameter.name) {
        return rewrite::add_predicate(parameter.item, parameter.name, {lifetime});
      }
    }
  }
  return rewrite::add_bounds(parameter.owner, {lifetime});
}

// The lifetime that is left out gets a name, in the parameter and in the result.
std::vector<base::Edit> name_lifetime(const flow::Facts& facts, Node function, Node elided,
                                      std::string& name) {
  rewrite::EditList edits(facts.tree(function.span().file));
  name = rewrite::unused_lifetime(function);
  rewrite::declare(function, {name}, {}, edits);
  rewrite::write_lifetime(elided, name, edits);
  for (const Node& place : rewrite::lifetimes_in(function.field("return_type")).elided) {
    rewrite::write_lifetime(place, name, edits);
  }
  return edits.take();
}

void add(std::vector<base::Edit>& edits, const std::vector<base::Edit>& more) {
  for (const base::Edit& edit : more) {
    if (std::find(edits.begin(), edits.end(), edit) == edits.end()) edits.push_back(edit);
  }
}

}  // namespace

void future_parameter_lifetime(const flow::Facts& facts, Sink& sink) {
  const std::vector<LifetimeError> errors = flow::read_lifetime_errors(facts);
  std::vector<bool> is_done(errors.size());
  for (size_t first = 0; first < errors.size(); ++first) {
    const Parameter parameter = is_done[first] ||
                                        errors[first].kind != LifetimeError::Kind::TypeTooShort ||
                                        !concerns_future(facts, errors[first])
                                    ? Parameter()
                                    : parameter_of(facts, errors[first]);
    if (!parameter.owner) continue;
    const Node function = errors[first].function;
    auto finding = sink.report(
        parameter.owner.span(),
        diag::future_parameter_lifetime{.function = std::string(function.field("name").text()),
                                        .parameter = parameter.name});
    finding.label("may stand for a type that borrows");
    finding.label(errors[first].place.span(), "holds a value of it");
    finding.evidence(base::Evidence::Messages);
    base::FixIt fix = bound_fix("bind_parameter", "", {});
    std::string given;
    std::string lifetime;
    // All that is missing in this signature, in one edit.
    for (size_t index = first; index < errors.size(); ++index) {
      const Parameter other = errors[index].kind == LifetimeError::Kind::TypeTooShort &&
                                      errors[index].function == function
                                  ? parameter_of(facts, errors[index])
                                  : Parameter();
      if (!other.owner) continue;
      const Needed needed = needed_lifetime(facts, errors[index]);
      std::string name = needed.name;
      if (name.empty() && needed.elided) {
        if (given.empty()) add(fix.edits, name_lifetime(facts, function, needed.elided, given));
        name = given;
      }
      if (name.empty()) continue;
      if (lifetime.empty()) lifetime = name;
      add(fix.edits, bound_of(other, name));
      is_done[index] = true;
      finding.explains(errors[index].diagnostic);
    }
    if (!is_done[first]) finding.explains(errors[first].diagnostic);
    fix.title = "let `" + parameter.name + "` outlive `" + lifetime + "`";
    if (lifetime == "'static") {
      fix.trade_off = "callers can pass nothing that borrows";
    }
    if (!fix.edits.empty()) finding.fix(std::move(fix));
  }
}

}  // namespace jaa::pitfalls
