#include "flow/cause_reader.h"

#include <algorithm>

#include "flow/guard_types.h"
#include "flow/type_shape.h"
#include "flow/type_sites.h"
#include "flow/type_text.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::flow {

using syntax::Node;
using Kind = mir::Type::Kind;

namespace {

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

namespace {

// "F" of "<F as AsyncFnMut<(u32,)>>::CallRefFuture<'_>": the futures of async closures'
// traits cannot be named on stable, so a bound does not help. By its text, because the
// type before `as` may be an `impl` with several bounds.
std::string called_async(const Denial& denial) {
  constexpr std::string_view As = " as AsyncFn";
  const std::string& type = denial.culprit.empty() ? denial.value_type : denial.culprit;
  const size_t at = type.find(As);
  const bool is_future = type.find(">::CallRefFuture") != std::string::npos ||
                         type.find(">::CallOnceFuture") != std::string::npos;
  return is_future && type.starts_with("<") && at != std::string::npos ? type.substr(1, at - 1)
                                                                       : std::string();
}

}  // namespace

void CauseReader::classify(const Denial& denial, const mir::TypeTable& types, mir::TypeId culprit,
                           Cause& cause) const {
  if (const std::string called = called_async(denial); !called.empty()) {
    cause.kind = CauseKind::AsyncCall;
    cause.subject_trait = called;
    return;
  }
  const mir::Type shape = types[culprit];
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
      if (shape.args.size() >= 2 &&
          find_parameter(types.print(shape.args.front()), denial, cause)) {
        cause.kind = CauseKind::Bound;
        find_projection(std::string(shape.name), cause);
      }
      return;
    case Kind::RawPtr:
    case Kind::Path:
    case Kind::Member:
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

}  // namespace jaa::flow
