// Reports a type parameter that may borrow for less time than the function's future lives.
//
// Detected: rustc wants the parameter to outlive a lifetime (E0309, E0310, E0311) in a
// function that returns a future, for an async block, or where the generics speak of
// futures or of other threads. The parameter is bound in the
// signature; where the lifetime has no name it is given one.
#include <algorithm>

#include "diag/catalogue.h"
#include "pitfalls/future_signature_report.h"
#include "pitfalls/send_report.h"
#include "pitfalls/static_bounds.h"
#include "rewrite/signature_lifetimes.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using flow::LifetimeError;
using syntax::Node;

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

TypeParameter parameter_of(const flow::Facts& facts, const LifetimeError& error) {
  const auto quoted = rustc::quoted_parts(facts.diagnostics()[error.diagnostic].message);
  return quoted.empty() ? TypeParameter() : type_parameter(error.place, quoted.front());
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
  std::vector<LifetimeError> errors = flow::read_lifetime_errors(facts);
  // What a trait is to say, for all who use it, is no matter of this function.
  for (const StaticGroup& group : static_groups(facts)) {
    if (!group.declared) continue;
    for (const StaticLack& lack : group.lacks) {
      std::erase_if(errors, [&lack](const LifetimeError& error) {
        return error.diagnostic == lack.diagnostic;
      });
    }
  }
  std::vector<bool> is_done(errors.size());
  for (size_t first = 0; first < errors.size(); ++first) {
    const TypeParameter parameter =
        is_done[first] || errors[first].kind != LifetimeError::Kind::TypeTooShort ||
                !concerns_future(facts, errors[first])
            ? TypeParameter()
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
      const TypeParameter other = errors[index].kind == LifetimeError::Kind::TypeTooShort &&
                                          errors[index].function == function
                                      ? parameter_of(facts, errors[index])
                                      : TypeParameter();
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
