#include "pitfalls/pin_home.h"

#include <algorithm>

#include "flow/type_sites.h"
#include "llvm/ADT/StringSwitch.h"
#include "pitfalls/send_report.h"
#include "rewrite/evaluation.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {

using rewrite::HolderPath;
using rewrite::HolderStep;
using syntax::Node;
using Step = rewrite::HolderStep::Kind;

namespace {

// More steps than any program takes from a use back to where the value was made.
constexpr uint32_t MostSteps = 32;

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char one) { return one >= '0' && one <= '9'; });
}

uint32_t to_number(std::string_view text) {
  uint32_t number = 0;
  for (const char digit : text.substr(0, 4)) {
    number = number * 10 + static_cast<uint32_t>(digit - '0');
  }
  return number;
}

// The types of a tuple struct's fields.
std::vector<Node> ordered_types(Node body) {
  std::vector<Node> result;
  for (const Node& part : body.named_children()) {
    if (!part.is_comment() && !part.is_any({"visibility_modifier", "attribute_item"})) {
      result.push_back(part);
    }
  }
  return result;
}

// The type of the field `name` of a struct or variant.
Node field_type(Node owner, std::string_view name) {
  const Node body = owner.field("body");
  if (body.is("ordered_field_declaration_list")) {
    const std::vector<Node> types = ordered_types(body);
    return is_number(name) && to_number(name) < types.size() ? types[to_number(name)] : Node();
  }
  for (const Node& part : body.named_children()) {
    if (part.is("field_declaration") && part.field("name").text() == name) {
      return part.field("type");
    }
  }
  return {};
}

// Without the parentheses, borrows and dereferences around it.
Node bare(Node expression) {
  for (uint32_t step = 0; step < MostSteps; ++step) {
    if (expression.is("reference_expression")) {
      expression = expression.field("value");
    } else if (expression.is("parenthesized_expression") ||
               (expression.is("unary_expression") && expression.text().starts_with("*"))) {
      const std::vector<Node> parts = expression.named_children();
      expression = parts.empty() ? Node() : parts.back();
    } else {
      break;
    }
  }
  return expression;
}

// The expression is `self` in another form: `self.get_mut()`, `&mut *self`,
// `Pin::into_inner(self)`, or a variable that is given such.
bool is_self(Node expression) {
  for (uint32_t step = 0; step < MostSteps && expression; ++step) {
    expression = bare(expression);
    if (expression.is("self")) {
      return true;
    }
    const Node method = rewrite::method_name(expression);
    if (method) {
      if (method.text() != "get_mut" && method.text() != "as_mut" && method.text() != "deref_mut") {
        return false;
      }
      expression = rewrite::chain_receiver(expression);
    } else if (expression.is("call_expression") &&
               syntax::last_name(expression.field("function").field("path")) == "Pin") {
      const std::vector<Node> arguments = expression.field("arguments").named_children();
      expression = arguments.size() == 1 ? arguments.front() : Node();
    } else if (expression.is("identifier")) {
      const Node binding = flow::local_binding(expression, expression.text());
      const Node let = syntax::enclosing(binding, {"let_declaration", "block"});
      expression = let.is("let_declaration") && let.field("pattern") == binding ? let.field("value")
                                                                                : Node();
    } else {
      return false;
    }
  }
  return false;
}

class Search {
 public:
  explicit Search(const flow::Facts& facts) : facts_(facts) {}

  PinHome run(Node place) {
    at_ = place;
    for (uint32_t step = 0; step < MostSteps && at_ && home_.kind == PinHome::Kind::Unknown;
         ++step) {
      look();
    }
    home_.path = path_;
    return home_;
  }

 private:
  void push(Step kind, uint32_t index = 0) { path_.insert(path_.begin(), HolderStep{kind, index}); }
  bool starts_with(Step kind) const { return !path_.empty() && path_.front().kind == kind; }
  void pop() { path_.erase(path_.begin()); }

  void finish(PinHome::Kind kind, Node node, Node value = {}) {
    home_.kind = kind;
    home_.node = node;
    home_.value = value;
  }

  void look() {
    const Node expression = bare(at_);
    at_ = {};
    if (expression.is("identifier")) {
      look_binding(flow::local_binding(expression, expression.text()));
    } else if (expression.is("field_expression")) {
      look_field(expression);
    } else if (expression.is("index_expression")) {
      push(Step::Element);
      const std::vector<Node> parts = expression.parts();
      at_ = parts.empty() ? Node() : parts.front();
    } else if (expression.is("try_expression")) {
      push(Step::Inside);
      at_ = rewrite::chain_receiver(expression);
    } else if (rewrite::method_name(expression)) {
      look_method(expression);
    } else if (expression && !expression.is("self")) {
      finish(PinHome::Kind::Value, expression);
    }
  }

  void look_method(Node call) {
    const std::string_view name = rewrite::method_name(call).text();
    const Node receiver = rewrite::chain_receiver(call);
    enum class Rule { Same, Unpack, Lookup, Number, Lock, Other };
    const Rule rule =
        llvm::StringSwitch<Rule>(name)
            .Cases("as_mut", "by_ref", "borrow_mut", "iter_mut", "into_iter", Rule::Same)
            .Cases("values_mut", "rev", "skip", "as_mut_slice", "drain", Rule::Same)
            .Cases("flatten", "take", "filter", "as_pin_mut", Rule::Same)
            .Cases("unwrap", "expect", Rule::Unpack)
            .Cases("get_mut", "first_mut", "last_mut", "front_mut", "back_mut", Rule::Lookup)
            .Cases("pop", "pop_front", "pop_back", "next", "peek_mut", Rule::Lookup)
            .Case("remove", has_inside() ? Rule::Lookup : Rule::Other)
            .Case("enumerate", Rule::Number)
            .Cases("lock", "write", has_inside() ? Rule::Lock : Rule::Other)
            .Default(Rule::Other);
    if (rule == Rule::Other && name == "swap_remove") {
      push(Step::Element);
      at_ = receiver;
      return;
    }
    if (name == "zip") {
      look_zip(call);
      return;
    }
    if (rule == Rule::Unpack) {
      push(Step::Inside);
    } else if (rule == Rule::Lookup) {
      if (!starts_with(Step::Inside)) {
        return;
      }
      path_.front() = {Step::Element, 0};
    } else if (rule == Rule::Number) {
      if (path_.size() < 2 || path_[1].kind != Step::Tuple) {
        return;
      }
      path_.erase(path_.begin() + 1);
    } else if (rule == Rule::Lock) {
      pop();
    } else if (rule == Rule::Other) {
      finish(PinHome::Kind::Value, call);
      return;
    }
    at_ = receiver;
  }

  // `a.zip(b)` gives pairs of both.
  void look_zip(Node call) {
    const std::vector<Node> arguments = call.field("arguments").named_children();
    if (path_.size() < 2 || path_[1].kind != Step::Tuple || arguments.size() != 1) {
      return;
    }
    at_ = path_[1].index == 0 ? rewrite::chain_receiver(call) : arguments.front();
    path_.erase(path_.begin() + 1);
  }

  bool has_inside() const { return starts_with(Step::Inside); }

  void look_field(Node expression) {
    const Node value = expression.field("value");
    const std::string_view name = expression.field("field").text();
    if (is_self(value)) {
      for (const Node& item : facts_.items().structs(impl_type(expression))) {
        if (field_type(item, name)) {
          set_field(item, name);
          return;
        }
      }
      return;
    }
    if (is_number(name)) {
      push(Step::Tuple, to_number(name));
      at_ = value;
      return;
    }
    const auto& fields = facts_.items().fields(name);
    if (fields.size() == 1) {
      set_field(syntax::enclosing(fields.front(), {"struct_item"}), name);
    }
  }

  void set_field(Node owner, std::string_view name) {
    const Node type = owner ? field_type(owner, name) : Node();
    if (type) {
      finish(PinHome::Kind::Field, type);
      home_.owner = owner;
      home_.field = name;
    }
  }

  // The struct or variant that a pattern takes apart.
  Node owner_of(Node path) const {
    const std::string_view name = syntax::last_name(path);
    if (name == "Self") {
      const auto& own = facts_.items().structs(impl_type(path));
      return own.empty() ? Node() : own.front();
    }
    if (!facts_.items().structs(name).empty()) {
      return facts_.items().structs(name).front();
    }
    const std::string_view outer = syntax::last_name(path.field("path"));
    const std::string_view item = outer == "Self" ? impl_type(path) : outer;
    Node found;
    for (const syntax::Tree* tree : crate_trees(facts_, path.span().file)) {
      syntax::walk(tree->root(), [&](Node node) {
        if (node.is("enum_variant") && node.field("name").text() == name &&
            (item.empty() || type_item_of(node).field("name").text() == item)) {
          found = node;
          return syntax::Walk::Stop;
        }
        return syntax::Walk::Into;
      });
      if (found) {
        break;
      }
    }
    return found;
  }

  void look_binding(Node name) {
    Node at = name;
    for (Node up = name.parent(); up; at = up, up = up.parent()) {
      if (up.is_any({"let_declaration", "let_condition", "for_expression"})) {
        look_binder(name, at, up, up.field("value"));
        return;
      }
      if (up.is("match_arm")) {
        look_binder(name, at, up, syntax::enclosing(up, {"match_expression"}).field("value"));
        return;
      }
      if (up.is("parameter") && !up.parent().is("closure_parameters")) {
        if (up.field("pattern") == name) {
          finish(PinHome::Kind::Parameter, name);
        }
        return;
      }
      if (up.is("closure_parameters")) {
        look_closure(up.parent());
        return;
      }
      if (!step_out(at, up)) {
        return;
      }
    }
  }

  // One step from a pattern to the pattern around it; false when it leads to no value.
  bool step_out(Node inner, Node outer) {
    if (outer.is_any({"tuple_pattern", "tuple_struct_pattern"})) {
      const Node type = outer.field("type");
      uint32_t index = 0;
      for (const Node& part : outer.named_children()) {
        if (part == inner) {
          break;
        }
        const bool counts = !part.is_comment() && !part.is("mutable_specifier") && part != type;
        index += counts ? 1 : 0;
      }
      const std::string_view name = syntax::last_name(type);
      if (outer.is("tuple_pattern")) {
        push(Step::Tuple, index);
      } else if (name == "Some" || name == "Ok") {
        push(Step::Inside);
      } else {
        set_field(owner_of(type), std::to_string(index));
        return false;
      }
      return true;
    }
    if (outer.is("struct_pattern")) {
      const Node name = inner.is("field_pattern") ? inner.field("name") : inner;
      set_field(owner_of(outer.field("type")), name.text());
      return false;
    }
    if (outer.is("slice_pattern")) {
      push(Step::Element);
    }
    return outer.is_any({"slice_pattern", "mut_pattern", "ref_pattern", "reference_pattern",
                         "field_pattern", "match_pattern", "parameter", "or_pattern"});
  }

  void look_binder(Node name, Node pattern, Node binder, Node value) {
    if (binder.is("for_expression")) {
      push(Step::Element);
      at_ = value;
      return;
    }
    if (!binder.is("let_declaration")) {
      at_ = value;
      return;
    }
    // `let (a, b) = (f(), g());` binds each to its own value.
    if (pattern.is("tuple_pattern") && value.is("tuple_expression")) {
      std::vector<Node> parts;
      for (const Node& part : value.named_children()) {
        if (!part.is_comment()) {
          parts.push_back(part);
        }
      }
      if (starts_with(Step::Tuple) && path_.front().index < parts.size()) {
        const Node own = parts[path_.front().index];
        pop();
        finish(PinHome::Kind::Local, name, own);
      }
      return;
    }
    const bool is_plain = pattern == name;
    const Node inner = bare(value);
    const bool is_borrow = value.is("reference_expression");
    const bool is_access = rewrite::method_name(inner) && is_accessor(inner);
    if (!is_plain || is_borrow || is_access || inner.is("match_expression")) {
      at_ = inner.is("match_expression") && !is_borrow && is_plain ? tail_of_arm(inner) : value;
      if (!at_ && is_plain) {
        finish(PinHome::Kind::Local, name, value);
      }
      return;
    }
    finish(PinHome::Kind::Local, name, value);
  }

  // `match x { Some(inner) => inner, None => return }` is followed through `inner`.
  static Node tail_of_arm(Node match) {
    for (const Node& arm : match.field("body").named_children()) {
      const Node value = arm.field("value");
      const std::vector<syntax::Binding> names = syntax::bindings(arm.field("pattern"));
      if (value.is("identifier") &&
          std::any_of(names.begin(), names.end(), [&value](const syntax::Binding& binding) {
            return binding.name.text() == value.text();
          })) {
        return value;
      }
    }
    return {};
  }

  // The call gives access to what its receiver holds.
  static bool is_accessor(Node call) {
    return llvm::StringSwitch<bool>(rewrite::method_name(call).text())
        .Cases("as_mut", "unwrap", "expect", "iter_mut", "get_mut", "first_mut", true)
        .Cases("last_mut", "pop", "pop_front", "pop_back", "swap_remove", "remove", true)
        .Cases("take", "next", true)
        .Default(false);
  }

  // `.iter_mut().map(|future| ..)`: an element of the receiver.
  void look_closure(Node closure) {
    const Node call = closure.parent().parent();
    if (!closure.parent().is("arguments") || !rewrite::method_name(call)) {
      return;
    }
    const Node receiver = rewrite::chain_receiver(call);
    const std::string_view method = rewrite::method_name(receiver).text();
    push(method == "as_mut" || method == "as_deref_mut" ? Step::Inside : Step::Element);
    at_ = receiver;
  }

  const flow::Facts& facts_;
  Node at_;
  HolderPath path_;
  PinHome home_;
};

}  // namespace

PinHome home_of(const flow::Facts& facts, Node place) {
  return Search(facts).run(place);
}

std::string_view impl_type(Node node) {
  return syntax::last_name(syntax::enclosing(node, {"impl_item"}).field("type"));
}

Node type_item_of(Node owner) {
  return owner.is("enum_variant") ? syntax::enclosing(owner, {"enum_item"}) : owner;
}

std::string_view made_by(std::string_view type) {
  const size_t open = type.find('(');
  if (!type.starts_with("{async fn") || open == std::string_view::npos) {
    return {};
  }
  const std::string_view path = type.substr(0, open);
  return path.substr(path.find_last_of(" :") + 1);
}

bool makes(Node value, std::string_view type) {
  bool is_made = false;
  syntax::walk(value, [&](Node node) {
    const bool is_call = !made_by(type).empty() && node.text() == made_by(type) &&
                         node.is_any({"identifier", "field_identifier"});
    is_made = is_made || is_call || (type.starts_with("{async block") && node.is("async_block"));
    return is_made ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return is_made;
}

bool is_made_by(Node value, std::string_view type) {
  if (value.is("async_block")) {
    return type.starts_with("{async block");
  }
  const Node method = rewrite::method_name(value);
  const std::string_view called =
      method ? method.text() : syntax::last_name(value.field("function"));
  return value.is("call_expression") && !made_by(type).empty() && called == made_by(type);
}

}  // namespace jaa::pitfalls
