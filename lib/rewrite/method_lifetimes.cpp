#include "rewrite/method_lifetimes.h"

#include <algorithm>
#include <set>

#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

struct Borrowed {
  std::vector<Node> elided;  // a reference without a lifetime, or `'_`
  std::vector<std::string> named;
  std::vector<std::string> by_value;  // types that may borrow: `T`, `Self::Key`
  bool is_behind_mut = false;
  Node self;  // the elided lifetime of the receiver
  bool has_reference_self = false;
};

std::set<std::string> type_parameters_of(Node item) {
  std::set<std::string> result;
  for (const Node& part : item.field("type_parameters").named_children())
    if (part.is("type_parameter")) result.insert(std::string(part.field("name").text()));
  return result;
}

bool is_reference(Node node) {
  return node.is("reference_type") || (node.is("self_parameter") && node.has_child("&"));
}

Node written_lifetime(Node reference) {
  for (const Node& part : reference.named_children())
    if (part.is("lifetime")) return part;
  return {};
}

// What is between `node` and the parameters.
bool is_behind_mut(Node node) {
  for (Node at = node.parent(); at && !at.is("parameters"); at = at.parent())
    if (at.is("reference_type") && at.has_child("mutable_specifier") &&
        !(written_lifetime(at) == node))
      return true;
  return false;
}

template <typename List, typename Value>
void add_once(List& list, Value value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

void read_type_name(Node node, const std::set<std::string>& parameters, Borrowed& into) {
  if (syntax::enclosing(node, {"reference_type", "parameters"}).is("reference_type")) return;
  const Node path = node.parent();
  if (path.is("scoped_type_identifier") && path.field("name") == node) {
    const std::string_view owner = path.field("path").text();
    if (owner == "Self" || parameters.contains(std::string(owner)))
      add_once(into.by_value, std::string(path.text()));
    return;
  }
  if (parameters.contains(std::string(node.text())))
    add_once(into.by_value, std::string(node.text()));
}

Borrowed borrowed_by(Node method) {
  Borrowed result;
  std::set<std::string> parameters = type_parameters_of(method);
  parameters.merge(type_parameters_of(method.parent().parent()));
  const std::vector<Node> all = method.field("parameters").named_children();
  const Node receiver = all.empty() ? Node() : all.front();
  const bool has_self = receiver.is("self_parameter") || receiver.field("pattern").is("self") ||
                        receiver.field("pattern").text() == "self";
  syntax::walk(method.field("parameters"), [&](Node node) {
    if (node.is_any({"function_type", "higher_ranked_trait_bound", "attribute_item"}))
      return Walk::Over;
    if (has_self && receiver.contains(node) && is_reference(node)) result.has_reference_self = true;
    const bool is_elided =
        node.is("lifetime") ? node.text() == "'_" : is_reference(node) && !written_lifetime(node);
    if (is_elided) {
      result.elided.push_back(node);
      result.is_behind_mut |= is_behind_mut(node);
      if (has_self && receiver.contains(node) && !result.self) result.self = node;
    } else if (node.is("lifetime")) {
      if (node.text() != "'static") add_once(result.named, std::string(node.text()));
    } else if (node.is("type_identifier")) {
      read_type_name(node, parameters, result);
    }
    return node.is("lifetime") ? Walk::Over : Walk::Into;
  });
  return result;
}

// Names that nothing around the method spells.
class FreshLifetimes {
 public:
  explicit FreshLifetimes(Node method) : around_(method.parent().parent().text()) {}

  std::string next() {
    for (; letter_ <= 'z'; ++letter_) {
      std::string name{'\'', letter_};
      if (!is_spelled(name)) {
        ++letter_;
        return name;
      }
    }
    return "'borrow" + std::to_string(++number_);
  }

  [[nodiscard]] std::string of_future() const { return is_spelled("'fut") ? "'future" : "'fut"; }

 private:
  [[nodiscard]] bool is_spelled(const std::string& name) const {
    for (size_t at = around_.find(name); at != std::string_view::npos;
         at = around_.find(name, at + 1)) {
      const size_t end = at + name.size();
      if (end == around_.size() ||
          (around_[end] != '_' && around_[end] != '\'' && isalnum(around_[end]) == 0))
        return true;
    }
    return false;
  }

  std::string_view around_;
  char letter_ = 'a';
  int number_ = 0;
};

LifetimePlan plan_of(Node method, const Borrowed& borrowed, bool is_distinct, bool is_bounded) {
  LifetimePlan plan;
  FreshLifetimes fresh(method);
  std::vector<std::string> lifetimes = borrowed.named;
  const auto name_elided = [&](Node place, const std::string& name) {
    plan.names.emplace_back(place, name);
    add_once(plan.declared, name);
    if (place == borrowed.self || (!borrowed.self && borrowed.elided.size() == 1))
      plan.elided_output = name;
  };
  if (is_distinct) {
    for (const Node& place : borrowed.elided) {
      lifetimes.push_back(fresh.next());
      name_elided(place, lifetimes.back());
    }
    plan.result = fresh.of_future();
    plan.declared.push_back(plan.result);
    for (const std::string& one : lifetimes) plan.predicates.push_back(one + ": " + plan.result);
  } else if (!borrowed.named.empty()) {
    plan.result = borrowed.named.front();
  } else if (borrowed.elided.size() == 1 && !is_bounded) {
    plan.result = "'_";
  } else if (!borrowed.elided.empty() || is_bounded) {
    plan.result = fresh.next();
    for (const Node& place : borrowed.elided) name_elided(place, plan.result);
    if (borrowed.elided.empty()) plan.declared.push_back(plan.result);
  }
  if (is_bounded) {
    plan.predicates.push_back("Self: " + plan.result);
    for (const std::string& type : borrowed.by_value)
      plan.predicates.push_back(type + ": " + plan.result);
  }
  return plan;
}

}  // namespace

std::string LifetimePlan::output_text(Node type) const {
  std::string written(type.text());
  if (elided_output.empty()) return written;
  std::vector<Node> places;
  syntax::walk(type, [&](Node node) {
    if (node.is_any({"function_type", "higher_ranked_trait_bound"})) return Walk::Over;
    if (node.is("lifetime") ? node.text() == "'_" : is_reference(node) && !written_lifetime(node))
      places.push_back(node);
    return Walk::Into;
  });
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    const uint32_t at = place->begin() - type.begin();
    if (place->is("lifetime"))
      written.replace(at, 2, elided_output);
    else
      written.insert(at + 1, elided_output + " ");
  }
  return written;
}

std::vector<LifetimePlan> plan_lifetimes(const std::vector<Node>& methods, bool is_general) {
  std::vector<Borrowed> borrowed;
  bool is_distinct = is_general;
  bool is_bounded = is_general;
  for (const Node& method : methods) {
    borrowed.push_back(borrowed_by(method));
    const Borrowed& one = borrowed.back();
    is_distinct |= one.is_behind_mut || one.named.size() + (one.elided.empty() ? 0 : 1) > 1;
    is_bounded |= !one.by_value.empty();
  }
  std::vector<LifetimePlan> result;
  for (size_t index = 0; index < methods.size(); ++index)
    result.push_back(plan_of(methods[index], borrowed[index], is_distinct, is_bounded));
  return result;
}

}  // namespace jaa::rewrite
