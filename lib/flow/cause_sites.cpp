// Where what denies the trait is declared: the part of the cause reader that looks for
// trait objects, methods, parameters and arguments in the source.
#include <algorithm>
#include <set>

#include "flow/cause_reader.h"
#include "flow/type_shape.h"
#include "flow/type_sites.h"
#include "flow/type_text.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::flow {

using syntax::Node;

namespace {

// The name of the trait that a written `dyn A + B` or `impl A + B` starts with.
std::string_view written_principal(Node type) {
  while (type.is("bounded_type") && !type.named_children().empty()) {
    type = type.named_children().front();
  }
  Node trait = type.field("trait");
  if (trait.is("higher_ranked_trait_bound")) {
    trait = trait.field("type");
  }
  return trait.is("function_type") ? trait.field("trait").text() : syntax::last_name(trait);
}

// A written `dyn A + B`, as opposed to `impl A + B`.
bool is_trait_object(Node type) {
  while (type.is("bounded_type") && !type.named_children().empty()) {
    type = type.named_children().front();
  }
  return type.is("dynamic_type");
}

// The call that makes the awaited future, behind `.await`, `?` and what wraps it.
Node call_in(Node expression) {
  for (size_t steps = 0; steps < 8 && expression; ++steps) {
    if (expression.is("call_expression")) {
      return expression;
    }
    const std::vector<Node> parts = expression.parts();
    if (!expression.is_any({"await_expression", "try_expression", "parenthesized_expression"}) ||
        parts.empty()) {
      break;
    }
    expression = parts.front();
  }
  return {};
}

// The module that an item is in; none for the root of its file.
Node module_of(Node node) {
  return syntax::enclosing(node.parent(), {"mod_item"});
}

}  // namespace

// A type is bound to its thread on purpose where a marker says so, or where its module
// keeps state for each thread. What else denies the trait can be changed where it is
// declared.
bool CauseReader::is_bound_to_thread(Node site) const {
  if (site.is("pointer_type") && site.field("type").is("unit_type")) {
    return true;  // a pointer to nothing is a marker
  }
  for (Node at = site; at; at = at.parent()) {
    if (at.is("generic_type") && syntax::last_name(at) == "PhantomData") {
      return true;
    }
  }
  const Node module = module_of(site).field("body");
  const std::vector<Node> items =
      module ? module.named_children()
             : trees_.tree(site.span().file).top_items({syntax::OutlineItem::Kind::Call});
  return std::any_of(items.begin(), items.end(), [](Node item) {
    const Node macro =
        item.is("expression_statement") && !item.parts().empty() ? item.parts().front() : item;
    return macro.is("macro_invocation") &&
           syntax::last_name(macro.field("macro")) == "thread_local";
  });
}

// The written `dyn Trait` that lacks the bound: in the declarations that the value comes
// through, else wherever the crate spells that trait object.
void CauseReader::find_trait_object(const mir::TypeTable& types, mir::TypeId culprit,
                                    Cause& cause) const {
  const std::string_view trait = principal(types, culprit);
  cause.subject_trait = trait;
  const auto is_same = [&](Node node) {
    const bool is_type = is_trait_object(node) && !node.parent().is("bounded_type") &&
                         written_principal(node) == trait;
    return is_type && !syntax::is_mentioned(node, cause.trait);
  };
  cause.sites = type_sites(items_, cause.value, is_same);
  // Of the trait objects of one trait, `dyn Fn(u32)` and `dyn Fn(&str)` are two.
  const auto is_equal = [&](Node node) {
    return same_type_text(node.text(), types.print(culprit));
  };
  std::stable_partition(cause.sites.begin(), cause.sites.end(), is_equal);
  std::vector<Node> others;
  for (const Node& node : items_.trait_objects()) {
    if (is_same(node) &&
        std::find(cause.sites.begin(), cause.sites.end(), node) == cause.sites.end()) {
      others.push_back(node);
    }
  }
  if (cause.sites.empty()) {
    std::stable_partition(others.begin(), others.end(), is_equal);
  }
  cause.sites.insert(cause.sites.end(), others.begin(), others.end());
  const std::vector<Node>& traits = items_.traits(trait);
  if (cause.sites.size() > 1 && traits.size() == 1 && cause.kind == CauseKind::Dyn) {
    cause.place = traits.front().field("name").span();
  } else if (!cause.sites.empty()) {
    cause.place = cause.sites.front().span();
  }
}

// The traits that the code around `place` asks for, with what these ask for themselves.
std::set<std::string_view> CauseReader::traits_in_scope(Node place) const {
  std::set<std::string_view> names;
  std::vector<Node> headers;
  for (Node item = syntax::enclosing_item(place); item;
       item = syntax::enclosing_item(item.parent())) {
    for (const Node& part : item.children()) {
      if (!part.is_any({"block", "declaration_list", "field_declaration_list"})) {
        headers.push_back(part);
      }
    }
    if (item.is("trait_item")) {
      names.insert(item.field("name").text());
    }
  }
  // The list grows by the supertraits of what it names.
  constexpr size_t MostHeaders = 200;
  for (size_t at = 0; at < headers.size() && at < MostHeaders; ++at) {
    syntax::walk(headers[at], [&](Node node) {
      if (node.is("type_identifier") && names.insert(node.text()).second) {
        for (const Node& trait : items_.traits(node.text())) {
          headers.push_back(trait.field("bounds"));
        }
      }
      return syntax::Walk::Into;
    });
  }
  return names;
}

// The trait method whose future is awaited or spawned.
bool CauseReader::find_trait_method(const Denial& denial, Cause& cause) const {
  for (const Node& place : {cause.value, node_of(denial.demand)}) {
    const Node call = call_in(place);
    const std::set<std::string_view> traits =
        call ? traits_in_scope(call) : std::set<std::string_view>();
    for (const Node& function : items_.functions(syntax::called_name(call))) {
      const Node trait = syntax::trait_of(function);
      if (trait && traits.contains(trait.field("name").text())) {
        cause.sites.push_back(function);
      }
    }
  }
  // In a macro's arguments there are no calls to be seen; rustc may name the method.
  for (const std::string& text : denial.quoted) {
    const size_t colon = text.rfind("::");
    for (const Node& function : cause.sites.empty() && colon != std::string::npos
                                    ? items_.functions(std::string_view(text).substr(colon + 2))
                                    : syntax::Items::List()) {
      const Node trait = syntax::trait_of(function);
      if (trait && short_type_text(text) == function.field("name").text() &&
          text.find(trait.field("name").text()) != std::string::npos) {
        cause.sites.push_back(function);
      }
    }
  }
  // Several traits may have a method of that name; rustc quotes `Trait::method`.
  // and a note may point at the method.
  const auto is_named = [&](Node function) {
    const std::string trait(syntax::trait_of(function).field("name").text());
    const bool is_quoted =
        std::any_of(denial.quoted.begin(), denial.quoted.end(), [&trait](const std::string& text) {
          return text.starts_with(trait + "::") || text.find(" as " + trait) != std::string::npos ||
                 text.find("::" + trait + "::") != std::string::npos;
        });
    return is_quoted ||
           std::any_of(denial.bodies.begin(), denial.bodies.end(), [&](const NamedPlace& place) {
             const auto span = span_of(place, files_);
             return span && function.span().contains(*span);
           });
  };
  std::stable_partition(cause.sites.begin(), cause.sites.end(), is_named);
  if (cause.sites.empty()) {
    return false;
  }
  const Node method = cause.sites.front();
  cause.sites = {method};
  cause.subject = std::string(syntax::trait_of(method).field("name").text()) +
                  "::" + std::string(method.field("name").text());
  cause.place = method.field("name").span();
  return true;
}

// The declaration of a type parameter: the `where` predicate on it, else the parameter
// itself. Types are told as the code sees them that demands the trait.
bool CauseReader::find_parameter(const std::string& name, const Denial& denial,
                                 Cause& cause) const {
  return find_parameter_at(name, node_of(denial.demand), cause) ||
         find_parameter_at(name, cause.value, cause);
}

bool CauseReader::find_parameter_at(const std::string& name, Node place, Cause& cause) const {
  for (Node item = syntax::enclosing_item(place); item;
       item = syntax::enclosing_item(item.parent())) {
    const bool is_self = name == "Self" && item.is("trait_item");
    Node declared = is_self ? item : Node();
    for (const Node& parameter : item.field("type_parameters").named_children()) {
      if (parameter.is("type_parameter") && parameter.field("name").text() == name) {
        declared = parameter;
      }
    }
    for (const Node& part : item.children()) {
      for (const Node& predicate :
           part.is("where_clause") ? part.named_children() : std::vector<Node>()) {
        if (declared && predicate.field("left").text() == name) {
          declared = predicate;
        }
      }
    }
    if (declared) {
      cause.sites = {declared};
      cause.place = is_self ? item.field("name").span() : declared.span();
      cause.subject = name;
      return true;
    }
  }
  return false;
}

// A predicate on the associated type itself, where the item of its parameter has one.
void CauseReader::find_projection(const std::string& name, Cause& cause) const {
  const Node site = cause.sites.front();
  const Node item = site.parent().parent();  // of a parameter's list or a `where` clause
  for (const Node& part : item.children()) {
    for (const Node& predicate :
         part.is("where_clause") ? part.named_children() : std::vector<Node>()) {
      const Node left = predicate.field("left");
      if (left.is("scoped_type_identifier") && left.field("name").text() == name &&
          syntax::is_mentioned(left.field("path"), cause.subject)) {
        cause.sites = {predicate};
        cause.place = predicate.span();
      }
    }
  }
}

// `impl Trait` in the parameter that the value is.
void CauseReader::find_opaque_argument(Cause& cause) const {
  cause.sites = type_sites(items_, cause.value, [](Node node) {
    return node.is_any({"abstract_type", "bounded_type"}) && !node.parent().is("bounded_type");
  });
  std::erase_if(cause.sites, [](Node site) { return !syntax::enclosing(site, {"parameter"}); });
  if (!cause.sites.empty()) {
    cause.kind = CauseKind::Bound;
    cause.place = cause.sites.front().span();
  }
}

}  // namespace jaa::flow
