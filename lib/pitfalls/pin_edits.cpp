#include "pitfalls/pin_edits.h"

#include "llvm/ADT/StringSwitch.h"
#include "rewrite/evaluation.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {

using rewrite::HolderPath;
using syntax::Node;
using Step = rewrite::HolderStep::Kind;

namespace {

// What a borrow or a dereference is of.
Node borrowed(Node expression) {
  while (expression.is_any({"reference_expression", "parenthesized_expression"})) {
    const std::vector<Node> parts = expression.named_children();
    expression = parts.empty() ? Node() : parts.back();
  }
  return expression;
}

}  // namespace

PinEdits::PinEdits(const PinGroup& group)
    : form(group.is_boxed ? rewrite::BoxForm::FromBox : rewrite::BoxForm::New),
      is_alone(group.is_alone) {}

std::string PinEdits::pin_name(Node place) {
  // A glob may import it; then others spell it so.
  is_pin_used_ = true;
  const Node scope = rewrite::import_scope(place);
  bool is_spelled = false;
  syntax::walk(scope, [&](Node node) {
    const bool is_other = node != scope && rewrite::import_scope(node) == node;
    is_spelled = is_spelled || (node.is("type_identifier") && node.text() == "Pin" &&
                                !node.parent().is("scoped_type_identifier"));
    return is_spelled ? syntax::Walk::Stop : is_other ? syntax::Walk::Over : syntax::Walk::Into;
  });
  return is_spelled ? "Pin" : imports.name_at(place, "std::pin::Pin");
}

void PinEdits::insert(Node at, uint32_t offset, std::string text) {
  edits.push_back({{at.span().file, offset, offset}, std::move(text)});
}

void PinEdits::box(Node value, const HolderPath& path) {
  is_known = rewrite::box_value(value, path, edits, form) && is_known;
}

std::vector<base::Edit> PinEdits::take() {
  if (!is_known || edits.empty()) {
    return {};
  }
  std::vector<base::Edit> all = std::move(edits);
  for (const Node& mention : is_alone && !is_pin_used_ ? removed : std::vector<Node>()) {
    imports.remove_mention(mention);
  }
  for (base::Edit& edit : imports.take()) {
    all.push_back(std::move(edit));
  }
  return all;
}

Node pin_new_around(Node place) {
  const Node call = place.parent().parent();
  const Node function = call.field("function");
  const bool is_it = place.parent().is("arguments") && call.is("call_expression") &&
                     syntax::last_name(function) == "new" &&
                     syntax::last_name(function.field("path")) == "Pin";
  return is_it ? call : Node();
}

void replace_pin_new(Node call, Node place, PinEdits& edits) {
  const Node inner = borrowed(place);
  if (!inner || syntax::is_in_macro(call)) {
    edits.is_known = false;
    return;
  }
  // A dereference binds weaker than a method call, and the call dereferences by itself.
  std::string text(inner.text());
  if (inner.is("unary_expression") && text.starts_with("*")) {
    text.erase(0, 1);
  }
  edits.edits.push_back({call.span(), text + ".as_mut()"});
  const Node path = call.field("function").field("path");
  if (path.is("identifier")) {
    edits.removed.push_back(path);
  }
}

void poll_through_box(const std::vector<PinUse>& uses, PinEdits& edits) {
  for (const PinUse& use : uses) {
    if (!use.place) {
      continue;
    }
    if (use.error->kind == flow::Unpinned::Kind::NoMethod) {
      edits.insert(use.place, use.place.end(), ".as_mut()");
    } else if (const Node call = edits.is_alone ? pin_new_around(use.place) : Node()) {
      replace_pin_new(call, use.place, edits);
    }
  }
}

void box_what_is_put_in(Node scope, llvm::function_ref<bool(Node)> is_holder,
                        llvm::function_ref<bool(Node)> is_own, const HolderPath& path,
                        PinEdits& edits) {
  if (path.empty()) {
    return;
  }
  const HolderPath rest(path.begin() + 1, path.end());
  syntax::walk(scope, [&](Node node) {
    const Node method = rewrite::method_name(node);
    if (!method || !is_holder(rewrite::chain_receiver(node))) {
      return syntax::Walk::Into;
    }
    const std::vector<Node> arguments = node.field("arguments").parts();
    std::vector<Node> values;
    for (const Node& argument : arguments) {
      if (argument.is_named()) {
        values.push_back(argument);
      }
    }
    const std::string_view name = method.text();
    if (!values.empty() && values.back().is("identifier") && is_own(values.back())) {
      return syntax::Walk::Into;
    }
    const bool is_option = path.front().kind == Step::Inside;
    if (values.size() == 1 && name == "extend") {
      edits.box(values.front(), path);
    } else if (values.size() == 1 &&
               (is_option ? name == "replace" || name == "insert" || name == "get_or_insert"
                          : name == "push" || name == "push_back" || name == "push_front")) {
      edits.box(values.front(), rest);
    } else if (values.size() == 2 && name == "insert") {
      edits.box(values.back(), rest);
    }
    return syntax::Walk::Into;
  });
}

}  // namespace jaa::pitfalls
