#include "pitfalls/future_signature_report.h"

#include <algorithm>

#include "pitfalls/send_report.h"
#include "rewrite/signature_lifetimes.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using flow::LifetimeError;
using syntax::Node;

Node name_of_parameter(Node parameter) {
  if (parameter.is("self_parameter")) {
    for (const Node& part : parameter.children()) {
      if (part.is("self")) return part;
    }
  }
  return parameter.field("pattern");
}

std::string parameter_name(Node function, size_t index) {
  const std::vector<Node> parameters = rewrite::parameters_of(function);
  return index < parameters.size() ? std::string(name_of_parameter(parameters[index]).text())
                                   : std::string();
}

}  // namespace

std::vector<SignatureErrors> signature_errors(const flow::Facts& facts,
                                              std::initializer_list<LifetimeError::Kind> kinds,
                                              bool is_opaque) {
  std::vector<SignatureErrors> result;
  for (LifetimeError& error : flow::read_lifetime_errors(facts)) {
    if (std::find(kinds.begin(), kinds.end(), error.kind) == kinds.end()) continue;
    const rewrite::WrittenFuture future =
        rewrite::written_future(facts.items(), error.function.field("return_type"));
    if (!future.is_valid() || future.is_opaque != is_opaque) continue;
    const auto same =
        std::find_if(result.begin(), result.end(), [&error](const SignatureErrors& other) {
          return std::find(other.family.begin(), other.family.end(), error.function) !=
                 other.family.end();
        });
    if (same != result.end()) {
      same->errors.push_back(std::move(error));
      continue;
    }
    SignatureErrors group;
    group.family = rewrite::method_family(facts.items(), error.function);
    group.future = future;
    group.errors.push_back(std::move(error));
    result.push_back(std::move(group));
  }
  return result;
}

std::set<size_t> held_parameters(const SignatureErrors& group, rewrite::Reach reach) {
  std::set<size_t> result;
  const auto add = [&result](Node function, const std::set<size_t>& indexes) {
    const std::vector<Node> parameters = rewrite::parameters_of(function);
    for (const size_t index : indexes) {
      if (rewrite::is_borrowing(parameters[index])) result.insert(index);
    }
  };
  for (const Node& function : group.family) {
    if (function.field("body")) add(function, rewrite::parameters_in_future(function, reach));
  }
  for (const LifetimeError& error : group.errors) {
    const std::vector<Node> parameters = rewrite::parameters_of(error.function);
    for (size_t index = 0; index < parameters.size(); ++index) {
      const bool is_labelled =
          std::any_of(error.labels.begin(), error.labels.end(),
                      [&](Node label) { return parameters[index].contains(label); });
      if (is_labelled) add(error.function, {index});
    }
  }
  return result;
}

std::string parameter_list(Node function, const std::set<size_t>& indexes) {
  std::string result;
  size_t left = indexes.size();
  for (const size_t index : indexes) {
    --left;
    if (!result.empty()) result += left == 0 ? " and " : ", ";
    result += "`" + parameter_name(function, index) + "`";
  }
  return result;
}

std::string first_untied(Node function, const std::set<size_t>& indexes) {
  const std::vector<Node> parameters = rewrite::parameters_of(function);
  // `'_` in the result speaks of `self`.
  const bool has_bound = !rewrite::lifetimes_in(function.field("return_type")).elided.empty();
  for (const size_t index : indexes) {
    const bool is_tied =
        index < parameters.size() && (!rewrite::lifetimes_in(parameters[index]).named.empty() ||
                                      (has_bound && parameters[index].is("self_parameter")));
    if (!is_tied) return parameter_name(function, index);
  }
  return indexes.empty() ? std::string() : parameter_name(function, *indexes.begin());
}

void explain(FindingBuilder& finding, const SignatureErrors& group, const std::set<size_t>& held) {
  finding.evidence(base::Evidence::Messages);
  const std::vector<Node> parameters = rewrite::parameters_of(group.errors.front().function);
  for (const size_t index : held) {
    if (index < parameters.size()) {
      finding.label(name_of_parameter(parameters[index]).span(), "the future holds on to this");
    }
  }
  for (const LifetimeError& error : group.errors) finding.explains(error.diagnostic);
}

std::vector<base::FixIt> say_borrowed(const flow::Facts& facts, const SignatureErrors& group,
                                      const std::set<size_t>& held) {
  const Node function = group.errors.front().function;
  base::FixIt fix = bound_fix("name_lifetime",
                              "let the future of `" + std::string(function.field("name").text()) +
                                  "` borrow from " + parameter_list(function, held),
                              {});
  const bool has_plain_alias =
      group.future.alias_item &&
      rewrite::lifetimes_in(group.future.alias_item.field("type_parameters")).named.empty();
  if (has_plain_alias) {
    const auto borrowing = rewrite::borrow_through_alias(
        crate_trees(facts, group.future.alias_item.span().file), group.family, group.future, held);
    if (!borrowing.is_possible) return {};
    fix.edits = borrowing.edits;
    return {std::move(fix)};
  }
  for (const Node& member : group.family) {
    const rewrite::WrittenFuture future =
        rewrite::written_future(facts.items(), member.field("return_type"));
    // An `async fn` among them captures everything by itself.
    if (!future.is_valid()) continue;
    const auto borrowing =
        rewrite::borrow_from(facts.tree(member.span().file), member, future, held);
    if (!borrowing.is_possible) return {};
    fix.edits.insert(fix.edits.end(), borrowing.edits.begin(), borrowing.edits.end());
  }
  if (fix.edits.empty()) return {};
  return {std::move(fix)};
}

}  // namespace jaa::pitfalls
