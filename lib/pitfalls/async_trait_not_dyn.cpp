// Reports a trait that is used as `dyn Trait` although its methods are async.
//
// Detected by rustc (E0038), once for each place that names the trait object. What counts
// is where its notes point: at an `async fn` of a trait, or at an `impl Future` that a
// method returns. One finding stands at the first of these methods, for all the errors.
// A trait that is not `dyn` compatible for other reasons only is passed over.
#include <algorithm>

#include "diag/catalogue.h"
#include "flow/dyn_trait.h"
#include "flow/facts.h"
#include "pitfalls/dyn_remedies.h"
#include "pitfalls/sink.h"
#include "rewrite/boxed_method.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

void add_once(std::vector<syntax::Node>& list, syntax::Node node) {
  if (std::find(list.begin(), list.end(), node) == list.end()) {
    list.push_back(node);
  }
}

bool is_without_self(syntax::Node method) {
  const std::vector<syntax::Node> all = method.field("parameters").named_children();
  return std::none_of(all.begin(), all.end(), [](const syntax::Node& one) {
    return one.is("self_parameter") || one.field("pattern").text() == "self";
  });
}

// Has parameters that are types, with or without a name.
bool is_generic(syntax::Node method) {
  bool result = false;
  for (const syntax::Node& part : method.field("type_parameters").named_children()) {
    result |= part.is_any({"type_parameter", "const_parameter"});
  }
  syntax::walk(method.field("parameters"), [&result](syntax::Node node) {
    result |= node.is("abstract_type");
    return syntax::Walk::Into;
  });
  return result;
}

void sort_reason(syntax::Node reason, UndynTrait& into) {
  const syntax::Node method =
      syntax::enclosing(reason, {"function_item", "function_signature_item", "trait_item"});
  if (!syntax::trait_of(method)) {
    into.has_other_reason = true;
  } else if (is_without_self(method) || method.field("parameters").contains(reason)) {
    add_once(into.excluded, method);
  } else if (is_generic(method)) {
    add_once(into.generic, method);
  } else if (rewrite::gives_future(method)) {
    add_once(into.methods, method);
  } else {
    add_once(into.excluded, method);
  }
}

// One of the methods is async; what is first in the source.
syntax::Node first_async(const UndynTrait& one) {
  syntax::Node first;
  for (const auto* list : {&one.methods, &one.generic}) {
    for (const syntax::Node& method : *list) {
      if (rewrite::gives_future(method) && (!first || method.span() < first.span())) {
        first = method;
      }
    }
  }
  return first;
}

bool share_method(const UndynTrait& a, const UndynTrait& b) {
  return std::any_of(a.methods.begin(), a.methods.end(),
                     [&b](const syntax::Node& one) {
                       return std::find(b.methods.begin(), b.methods.end(), one) != b.methods.end();
                     }) ||
         (first_async(a) && first_async(a) == first_async(b));
}

void join(UndynTrait& into, const UndynTrait& from) {
  for (const syntax::Node& one : from.methods) add_once(into.methods, one);
  for (const syntax::Node& one : from.generic) add_once(into.generic, one);
  for (const syntax::Node& one : from.excluded) add_once(into.excluded, one);
  for (const syntax::Node& one : from.traits) add_once(into.traits, one);
  into.has_other_reason |= from.has_other_reason;
  into.uses.insert(into.uses.end(), from.uses.begin(), from.uses.end());
  into.diagnostics.insert(into.diagnostics.end(), from.diagnostics.begin(), from.diagnostics.end());
}

std::vector<UndynTrait> undyn_traits(const flow::Facts& facts) {
  std::vector<UndynTrait> result;
  for (const flow::DynDenial& denial : flow::read_dyn_denials(facts.diagnostics(), facts.names())) {
    UndynTrait one;
    one.diagnostics.push_back(denial.diagnostic);
    const auto node_of = [&facts](const flow::NamedPlace& place) {
      const auto span = flow::span_of(place, facts.files());
      return span ? facts.tree(span->file).smallest_node(*span) : syntax::Node();
    };
    const syntax::Node trait = syntax::enclosing(node_of(denial.trait), {"trait_item"});
    if (!trait) {
      continue;
    }
    one.traits.push_back(trait);
    for (const flow::NamedPlace& reason : denial.reasons) {
      sort_reason(node_of(reason), one);
    }
    if (const auto use = flow::span_of(denial.use, facts.files())) {
      one.uses.push_back(*use);
    }
    if (!first_async(one)) {
      continue;
    }
    // A trait and its supertrait may fail for the same method.
    for (auto other = result.begin(); other != result.end();) {
      if (share_method(*other, one)) {
        join(*other, one);
        one = std::move(*other);
        other = result.erase(other);
      } else {
        ++other;
      }
    }
    result.push_back(std::move(one));
  }
  return result;
}

}  // namespace

void async_trait_not_dyn(const flow::Facts& facts, Sink& sink) {
  for (const UndynTrait& one : undyn_traits(facts)) {
    const syntax::Node method = first_async(one);
    const std::string trait(one.traits.front().field("name").text());
    auto finding =
        sink.report(method.field("name").span(),
                    diag::async_trait_not_dyn{.trait = trait,
                                              .method = std::string(method.field("name").text())});
    finding.label("each implementation gives a future of another type");
    finding.evidence(base::Evidence::Messages);
    for (const uint32_t diagnostic : one.diagnostics) {
      finding.explains(diagnostic);
    }
    for (const auto* list : {&one.methods, &one.generic}) {
      for (const syntax::Node& other : *list) {
        if (other != method && rewrite::gives_future(other)) {
          finding.label(other.field("name").span(), "so does this method");
        }
      }
    }
    if (!one.uses.empty()) {
      finding.label(*std::min_element(one.uses.begin(), one.uses.end()),
                    "here it has to be one type for all");
    }
    add_dyn_remedies(finding, facts, one);
  }
}

}  // namespace jaa::pitfalls
