#include "flow/cause_reader.h"

#include <algorithm>

#include "flow/guard_types.h"
#include "flow/type_sites.h"
#include "flow/type_text.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::flow {

using syntax::Node;
using Kind = mir::Type::Kind;

namespace {

// `&T` -> `T`.
mir::TypeId without_references(const mir::TypeTable& types, mir::TypeId type) {
  while (type.is_valid() && types[type].kind == Kind::Ref) {
    type = types[type].args.front();
  }
  return type;
}

// `type` or a part of it satisfies `wanted`.
bool has_part(const mir::TypeTable& types, mir::TypeId type,
              llvm::function_ref<bool(mir::TypeId)> wanted) {
  constexpr size_t MostParts = 256;
  std::vector<mir::TypeId> parts{type};
  for (size_t at = 0; at < parts.size() && at < MostParts; ++at) {
    const mir::TypeId part = parts[at];
    if (!part.is_valid()) {
      continue;
    }
    if (wanted(part)) {
      return true;
    }
    parts.insert(parts.end(), types[part].args.begin(), types[part].args.end());
  }
  return false;
}

bool is_named(const mir::TypeTable& types, mir::TypeId type,
              std::initializer_list<std::string_view> names) {
  const std::string_view name = types.last_segment(type);
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The first bound of `dyn A + B` or `impl A + B`, by its last name.
std::string_view principal(const mir::TypeTable& types, mir::TypeId type) {
  const std::vector<mir::TypeId>& bounds = types[type].args;
  return bounds.empty() ? std::string_view() : types.last_segment(bounds.front());
}

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

// The node that names the value: of a binding its name, for `mut x` also where the
// keyword is no part of the pattern; else the expression.
Node name_node(Node value, const base::Span& span) {
  if (value.is_any({"let_declaration", "parameter"}) && value.field("pattern").end() == span.end) {
    value = value.field("pattern");
  }
  if (value.is("mut_pattern") && !value.named_children().empty()) {
    value = value.named_children().back();
  }
  return value;
}

// `x`, `self`, or the expression on one line.
std::string subject_of(Node value) {
  if (value.is("self_parameter")) {
    return "self";
  }
  std::string text;
  for (const char c : value.text()) {
    if (c != '\n' && c != '\r' && !(c == ' ' && !text.empty() && text.back() == ' ')) {
      text.push_back(c);
    }
  }
  return text;
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

std::string_view called_name(Node call) {
  const Node function = call.field("function");
  return function.is("field_expression") ? function.field("field").text()
                                         : syntax::last_name(function);
}

// The module that an item is in; none for the root of its file.
Node module_of(Node node) {
  return syntax::enclosing(node.parent(), {"mod_item"});
}

Node node_at(const std::optional<NamedPlace>& place, const base::SourceFiles& files,
             const syntax::TreeCache& trees) {
  const auto span = place ? span_of(*place, files) : std::nullopt;
  return span ? trees.tree(span->file).smallest_node(*span) : Node();
}

bool names_future(Node function) {
  if (!function.is_any({"function_item", "function_signature_item"})) {
    return false;
  }
  const std::vector<Node> parts = function.children();
  return std::any_of(parts.begin(), parts.end(), [](Node part) {
    return part.is_any({"type_parameters", "parameters", "where_clause"}) &&
           syntax::is_mentioned(part, "Future");
  });
}

bool is_async_body(Node node) {
  const Node head = syntax::enclosing(node, {"async_block", "closure_expression"});
  return (node.is("block") && syntax::is_async_function(node.parent())) ||
         (head && head.begin() == node.begin() && syntax::is_async_function(head));
}

}  // namespace

bool concerns_future(const Denial& denial, const base::SourceFiles& files,
                     const syntax::TreeCache& trees) {
  if (denial.value || !denial.undecided.empty()) {
    return true;
  }
  mir::TypeTable types;
  const bool is_future = has_part(types, types.parse(denial.culprit), [&types](mir::TypeId type) {
    return (types[type].kind == Kind::Dyn || types[type].kind == Kind::ImplTrait) &&
           principal(types, type) == "Future";
  });
  if (is_future || is_async_body(node_at(denial.demand, files, trees)) ||
      names_future(syntax::enclosing_item(node_at(denial.bound, files, trees)))) {
    return true;
  }
  return std::any_of(denial.bodies.begin(), denial.bodies.end(), [&](const NamedPlace& place) {
    return is_async_body(node_at(place, files, trees));
  });
}

Node CauseReader::node_of(const std::optional<NamedPlace>& place) const {
  return node_at(place, files_, trees_);
}

std::optional<Cause> CauseReader::read(const Denial& denial, std::optional<HeldValue> held) const {
  mir::TypeTable types;
  Cause cause;
  cause.trait = denial.trait.empty() ? "Send" : denial.trait;
  cause.is_inferred = denial.is_inferred;
  const std::string& value_type = held ? held->type : denial.value_type;
  mir::TypeId culprit = types.parse(denial.culprit.empty() ? value_type : denial.culprit);
  if (denial.culprit.empty() && types[culprit].kind == Kind::Ref) {
    // A shared reference goes where what it refers to may be shared.
    cause.trait = types[culprit].is_mut ? "Send" : "Sync";
    culprit = types[culprit].args.front();
  }
  cause.type = short_type_text(types.print(culprit));
  cause.value_type = value_type;
  cause.held = std::move(held);
  cause.evidence = cause.held ? base::Evidence::Mir : base::Evidence::Messages;
  read_value(denial, cause);
  classify(denial, types, culprit, cause);
  if (!cause.place.is_valid()) {
    cause.place = cause.value_place;
  }
  if (!cause.place.is_valid()) {
    return std::nullopt;
  }
  return cause;
}

void CauseReader::read_value(const Denial& denial, Cause& cause) const {
  std::optional<base::Span> labelled;
  if (cause.held) {
    labelled = cause.held->value;
    for (const HeldAwait& await : cause.held->awaits) {
      cause.awaits.push_back(await.keyword);
    }
  } else if (denial.value) {
    labelled = span_of(*denial.value, files_);
    if (const auto await = denial.await ? span_of(*denial.await, files_) : std::nullopt) {
      cause.awaits.push_back(*await);
    }
  } else {
    read_unlabelled_value(denial, cause);
    return;
  }
  if (!labelled) {
    return;
  }
  cause.value = name_node(trees_.tree(labelled->file).smallest_node(*labelled), *labelled);
  cause.value_place = *labelled;
  if (cause.value.is_any({"string_literal", "string_content"})) {
    // `"{name}"`: the variable is what it is bound to.
    const std::string_view text = files_.text(*labelled);
    const std::string name(text.substr(0, text.find(':')));
    if (const Node binding = local_binding(cause.value, name)) {
      cause.value = binding;
    }
  }
  cause.subject = subject_of(cause.value);
}

// rustc names no value: what the innermost async body on the way uses, or what the call
// that demands the trait is given.
void CauseReader::read_unlabelled_value(const Denial& denial, Cause& cause) const {
  cause.value = node_of(denial.demand);
  cause.value_place = span_of(denial.demand, files_).value_or(base::Span());
  if (cause.value.is("field_identifier")) {
    cause.value = cause.value.parent().parent().field("arguments");
  }
  for (const NamedPlace& place : denial.bodies) {
    const Node node = node_of(place);
    if (is_async_body(node)) {
      const Node head = syntax::enclosing(node, {"async_block", "closure_expression"});
      cause.value = node.is("block") || !head ? node : head;
      break;
    }
  }
  cause.subject = "the future";
}

namespace {

// The name of what is declared with the type at `site`.
std::string declared_name(Node site) {
  const Node owner =
      syntax::enclosing(site, {"field_declaration", "parameter", "let_declaration", "type_item",
                               "static_item", "function_item", "function_signature_item"});
  const Node name = owner.field("pattern") ? owner.field("pattern") : owner.field("name");
  return std::string(name.text());
}

}  // namespace

void CauseReader::classify(const Denial& denial, const mir::TypeTable& types, mir::TypeId culprit,
                           Cause& cause) const {
  const mir::Type& shape = types[culprit];
  switch (shape.kind) {
    case Kind::Dyn:
      cause.kind = principal(types, culprit) == "Error" ? CauseKind::Error : CauseKind::Dyn;
      find_trait_object(types, culprit, cause);
      return;
    case Kind::ImplTrait:
      if (principal(types, culprit) == "Future" && find_trait_method(denial, cause)) {
        cause.kind = CauseKind::TraitFuture;
      } else {
        find_opaque_argument(cause);
      }
      return;
    case Kind::Projection:
      // The futures of async closures' traits cannot be named on stable.
      if (shape.args.size() >= 2 && !types.last_segment(shape.args[1]).starts_with("AsyncFn") &&
          find_parameter(types.print(shape.args.front()), denial, cause)) {
        cause.kind = CauseKind::Bound;
        find_projection(shape.name, cause);
      }
      return;
    case Kind::RawPtr:
    case Kind::Path:
      classify_name(denial, types, culprit, cause);
      return;
    default:
      return;
  }
}

void CauseReader::classify_name(const Denial& denial, const mir::TypeTable& types,
                                mir::TypeId culprit, Cause& cause) const {
  const std::string name(types.last_segment(culprit));
  const bool is_pointer =
      types[culprit].kind == Kind::RawPtr || is_named(types, culprit, {"NonNull"});
  if (!is_pointer && types[culprit].name == name && find_parameter(name, denial, cause)) {
    cause.kind = CauseKind::Bound;
    return;
  }
  mir::TypeTable value_types;
  const mir::TypeId value = value_types.parse(cause.value_type);
  if (is_named(value_types, without_references(value_types, value), {"Entered", "EnteredSpan"})) {
    cause.kind = CauseKind::SpanGuard;
    return;
  }
  const bool is_rc = is_named(types, culprit, {"Rc", "Weak"});
  const bool is_ref_cell = is_named(types, culprit, {"RefCell"});
  const bool is_cell = is_named(types, culprit, {"Cell", "OnceCell"});
  if (!is_pointer && !is_rc && !is_ref_cell && !is_cell) {
    cause.kind = cause.trait == "Sync" ? CauseKind::Reference : CauseKind::Other;
    return;
  }
  // Written in the value's own type, or in that of a field which can be seen from there.
  const bool is_visible =
      cause.value_type.empty() || has_part(value_types, value, [&](mir::TypeId part) {
        return value_types[part].kind == Kind::RawPtr
                   ? is_pointer
                   : value_types.last_segment(part) == name && !name.empty();
      });
  // As a type, or by the constructor that makes it.
  cause.sites = type_sites(items_, cause.value, [&](Node node) {
    return (is_pointer && node.is("pointer_type")) ||
           (node.is("generic_type") && syntax::last_name(node) == name) ||
           (node.is("scoped_identifier") && syntax::last_name(node.field("path")) == name);
  });
  std::erase_if(cause.sites, [this](Node site) { return is_bound_to_thread(site); });
  if (!is_visible && cause.sites.empty()) {
    cause.kind = CauseKind::ThreadHandle;
  } else if (is_pointer) {
    cause.kind = CauseKind::RawPointer;
  } else {
    cause.kind = is_rc ? CauseKind::Rc : is_ref_cell ? CauseKind::RefCell : CauseKind::Cell;
  }
  // What rustc gives no value for stands where its type does.
  const bool has_value = denial.value || cause.held;
  if ((!is_visible || !has_value) && !cause.sites.empty()) {
    const Node let = syntax::enclosing(cause.sites.front(), {"let_declaration", "type_item"});
    cause.place =
        let.is("let_declaration") ? let.field("pattern").span() : cause.sites.front().span();
    cause.subject = declared_name(cause.sites.front());
    cause.value_type = cause.type;
  }
}

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
  const Node module = module_of(site);
  const std::string_view text = module ? module.text() : files_.text(site.span().file);
  return text.find("thread_local!") != std::string_view::npos;
}

// The written `dyn Trait` that lacks the bound: in the declarations that the value comes
// through, else wherever the crate spells that trait object.
void CauseReader::find_trait_object(const mir::TypeTable& types, mir::TypeId culprit,
                                    Cause& cause) const {
  const std::string_view trait = principal(types, culprit);
  cause.subject_trait = trait;
  const auto is_same = [&](Node node) {
    const bool is_type = node.is_any({"bounded_type", "dynamic_type"}) &&
                         !node.parent().is("bounded_type") && written_principal(node) == trait;
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

// The trait method whose future is awaited or spawned.
bool CauseReader::find_trait_method(const Denial& denial, Cause& cause) const {
  for (const Node& place : {cause.value, node_of(denial.demand)}) {
    const Node call = call_in(place);
    for (const Node& function : items_.functions(called_name(call))) {
      if (syntax::trait_of(function)) {
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
