#include "pitfalls/static_bounds.h"

#include <algorithm>
#include <map>

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSwitch.h"

#include "rewrite/bounds.h"
#include "rewrite/future_signature.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {

using syntax::Node;

namespace {

constexpr size_t ManyItems = 3;

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

// `<S as Service<R>>::Future` in its parts.
struct Projection {
  std::string trait;  // the last name of its path
  std::string name;
};

Projection projection_of(llvm::StringRef type) {
  const size_t end = type.rfind(">::");
  size_t as = llvm::StringRef::npos;
  int depth = 0;
  for (size_t at = 0; at < type.size() && end != llvm::StringRef::npos && at < end; ++at) {
    depth += type[at] == '<' ? 1 : type[at] == '>' && type[at - 1] != '-' ? -1 : 0;
    if (depth == 1 && type.substr(at).starts_with(" as ")) {
      as = at + 4;
    }
  }
  if (as == llvm::StringRef::npos) {
    return {};
  }
  const llvm::StringRef path =
      type.slice(as, end).take_until([](char one) { return one == '<' || one == '>'; });
  const size_t colon = path.rfind("::");
  return {(colon == llvm::StringRef::npos ? path : path.drop_front(colon + 2)).str(),
          type.drop_front(end + 3).str()};
}

Node associated_type(const flow::Facts& facts, const Projection& projection) {
  for (const Node& trait : facts.items().traits(projection.trait)) {
    for (const Node& part : trait.field("body").named_children()) {
      if (part.is("associated_type") && part.field("name").text() == projection.name) {
        return part;
      }
    }
  }
  return {};
}

// The bounds of a parameter, in its list and in the `where` clause.
std::vector<Node> bounds_of(const TypeParameter& parameter) {
  std::vector<Node> lists{parameter.owner.field("bounds")};
  if (parameter.owner.is_any({"abstract_type", "bounded_type"})) {
    lists.push_back(parameter.owner);
  }
  for (const Node& part : parameter.item.children()) {
    for (const Node& predicate : part.named_children()) {
      if (part.is("where_clause") && predicate.field("left").text() == parameter.name) {
        lists.push_back(predicate.field("bounds"));
      }
    }
  }
  std::vector<Node> result;
  for (const Node& list : lists) {
    const std::vector<Node> parts = list.named_children();
    result.insert(result.end(), parts.begin(), parts.end());
  }
  return result;
}

std::vector<Node> declared_bounds(const flow::Facts& facts, const TypeParameter& parameter) {
  std::vector<Node> result;
  for (const Node& bound : bounds_of(parameter)) {
    const auto& traits = facts.items().traits(syntax::last_name(bound));
    if (traits.size() == 1) {
      result.push_back(traits.front());
    }
  }
  return result;
}

// A method of a trait may not ask for more than the trait does; its `impl` may.
Node asking_item(Node place) {
  const Node function = syntax::enclosing(place, {"function_item", "function_signature_item"});
  const Node outer =
      syntax::enclosing(function ? function.parent() : place, {"impl_item", "trait_item"});
  const bool is_of_trait = outer.is("trait_item") || outer.field("trait");
  return function && !is_of_trait ? function : outer;
}

std::vector<StaticLack> static_lacks(const flow::Facts& facts) {
  std::vector<bool> of_future(facts.diagnostics().size());
  for (const flow::LifetimeError& error : flow::read_lifetime_errors(facts)) {
    of_future[error.diagnostic] =
        error.kind == flow::LifetimeError::Kind::TypeTooShort && concerns_future(facts, error);
  }
  std::vector<StaticLack> result;
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    const std::vector<std::string> quoted = rustc::quoted_parts(error.message);
    const Node place = flow::primary_node(facts, error);
    if (error.code != "E0310" || quoted.empty() || !place) {
      continue;
    }
    StaticLack lack;
    lack.diagnostic = index;
    lack.type = quoted.front();
    lack.place = place;
    lack.parameter = type_parameter(place, lack.type);
    lack.is_of_future = of_future[index] && lack.parameter.owner;
    if (lack.parameter.owner) {
      lack.declared = declared_bounds(facts, lack.parameter);
    } else if (const Projection projection = projection_of(lack.type); !projection.name.empty()) {
      lack.item = asking_item(place);
      if (const Node type = associated_type(facts, projection)) {
        lack.declared.push_back(type);
      }
    }
    if (lack.parameter.owner || lack.item) {
      result.push_back(std::move(lack));
    }
  }
  return result;
}

// What stands for one mistake: the parameter, or the item and its associated type.
std::pair<base::Span, std::string> place_of(const StaticLack& lack) {
  return lack.parameter.owner ? std::pair(lack.parameter.owner.span(), std::string())
                              : std::pair(lack.item.span(), lack.type);
}

// The declaration that most of them have in common.
Node most_common(const std::vector<StaticLack>& lacks) {
  std::map<base::Span, std::pair<Node, std::vector<base::Span>>> users;
  for (const StaticLack& lack : lacks) {
    const base::Span item = (lack.item ? lack.item : lack.parameter.item).span();
    for (const Node& declared : lack.declared) {
      auto& [node, items] = users[declared.span()];
      node = declared;
      if (std::find(items.begin(), items.end(), item) == items.end()) {
        items.push_back(item);
      }
    }
  }
  Node best;
  size_t most = ManyItems - 1;
  for (const auto& [span, user] : users) {
    if (user.second.size() > most) {
      most = user.second.size();
      best = user.first;
    }
  }
  return best;
}

bool uses(const StaticLack& lack, Node declared) {
  return std::find(lack.declared.begin(), lack.declared.end(), declared) != lack.declared.end();
}

}  // namespace

bool concerns_future(const flow::Facts& facts, const flow::LifetimeError& error) {
  bool found =
      has_async_bounds(error.function) || syntax::is_async_function(error.function) ||
      rewrite::written_future(facts.items(), error.function.field("return_type")).is_valid();
  syntax::walk(error.place, [&found](Node node) {
    found |= node.is("async_block");
    return found ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return found;
}

TypeParameter type_parameter(Node place, const std::string& name) {
  for (Node item = syntax::enclosing_item(place); item;
       item = syntax::enclosing_item(item.parent())) {
    for (const Node& part : item.field("type_parameters").named_children()) {
      if (part.field("name").text() == name) {
        return {item, part, name};
      }
    }
    TypeParameter result;
    syntax::walk(item.field("parameters"), [&](Node node) {
      const bool is_it = node.is_any({"abstract_type", "bounded_type"}) && node.text() == name;
      if (is_it && !result.owner) {
        result = {item, node, name};
      }
      return is_it ? syntax::Walk::Over : syntax::Walk::Into;
    });
    if (result.owner) {
      return result;
    }
  }
  return {};
}

std::vector<base::Edit> bound_of(const TypeParameter& parameter, const std::string& lifetime) {
  for (const Node& part : parameter.item.children()) {
    for (const Node& predicate : part.named_children()) {
      if (part.is("where_clause") && predicate.field("left").text() == parameter.name) {
        return rewrite::add_predicate(parameter.item, parameter.name, {lifetime});
      }
    }
  }
  return rewrite::add_bounds(parameter.owner, {lifetime});
}

std::vector<StaticGroup> static_groups(const flow::Facts& facts) {
  std::vector<StaticLack> left = static_lacks(facts);
  std::vector<StaticGroup> result;
  while (const Node declared = most_common(left)) {
    StaticGroup group{declared, {}};
    for (const StaticLack& lack : left) {
      if (uses(lack, declared)) {
        group.lacks.push_back(lack);
      }
    }
    std::erase_if(left, [&declared](const StaticLack& lack) { return uses(lack, declared); });
    result.push_back(std::move(group));
  }
  for (StaticLack& lack : left) {
    const auto same = std::find_if(result.begin(), result.end(), [&lack](const auto& group) {
      return !group.declared && place_of(group.lacks.front()) == place_of(lack);
    });
    if (same != result.end()) {
      same->lacks.push_back(std::move(lack));
    } else {
      result.push_back({Node(), {std::move(lack)}});
    }
  }
  return result;
}

}  // namespace jaa::pitfalls
