#include "pitfalls/dropped_values.h"

#include <algorithm>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "pitfalls/pin_home.h"
#include "pitfalls/send_report.h"
#include "rewrite/evaluation.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {

using syntax::Node;

namespace {

// The written type is that of `item`, or of a `Result` or the like around it.
bool mentions_type(Node type, std::string_view name) {
  bool is_mentioned = false;
  syntax::walk(type, [&](Node node) {
    const bool is_borrowed = node.is_any({"reference_type", "pointer_type", "function_type"});
    is_mentioned = is_mentioned ||
                   (node.is("type_identifier") &&
                    (node.text() == name || (node.text() == "Self" && impl_type(node) == name)));
    return is_borrowed ? syntax::Walk::Over : syntax::Walk::Into;
  });
  return is_mentioned;
}

class Search {
 public:
  Search(const flow::Facts& facts, Node item)
      : facts_(facts), name_(item.field("name").text()), item_(item) {}

  DroppedValues run() {
    const std::vector<const syntax::Tree*> trees = crate_trees(facts_, item_.span().file);
    for (const syntax::Tree* tree : trees) {
      syntax::walk(tree->root(), [this](Node node) {
        if (node.is("function_item") && mentions_type(node.field("return_type"), name_)) {
          makers_.push_back(node);
        }
        return syntax::Walk::Into;
      });
    }
    for (const syntax::Tree* tree : trees) {
      syntax::walk(tree->root(), [this](Node node) {
        visit(node);
        return node.is_any({"token_tree", "use_declaration"}) ? syntax::Walk::Over
                                                              : syntax::Walk::Into;
      });
    }
    find_copies();
    return std::move(result_);
  }

 private:
  // What a variable is cloned to has to be closed as well.
  void find_copies() {
    for (const OwningBody& body : result_.bodies) {
      syntax::walk(body.body, [&](Node node) {
        const Node method = rewrite::method_name(node);
        const Node receiver = method ? rewrite::chain_receiver(node) : Node();
        if (method.text() == "clone" && std::any_of(body.values.begin(), body.values.end(),
                                                    [&receiver](const rewrite::OwnedValue& value) {
                                                      return value.name.text() == receiver.text();
                                                    })) {
          result_.elsewhere.push_back(node);
        }
        return syntax::Walk::Into;
      });
    }
  }

  void visit(Node node) {
    if (is_source(node)) {
      follow(node);
    } else if (node.is("identifier") && node.text() == name_ && is_expression(node)) {
      follow(node);  // a unit struct
    } else if (node.is("field_declaration") || node.parent().is("ordered_field_declaration_list")) {
      const Node type = node.is("field_declaration") ? node.field("type") : node;
      if (mentions_type(type, name_)) {
        result_.elsewhere.push_back(type);
      }
    } else if (node.is_any({"static_item", "type_item"})) {
      if (mentions_type(node.field("type"), name_)) {
        result_.elsewhere.push_back(node.field("name"));
      }
    } else if (node.is("parameter") && node.parent().parent().is("function_item")) {
      visit_parameter(node);
    } else if (node.is("self_parameter")) {
      visit_self(node);
    } else if (node.is("let_declaration")) {
      visit_let(node);
    } else if (node.is("type_identifier")) {
      visit_argument(node);
    } else if (node.is("token_tree") && syntax::enclosing_function(node)) {
      visit_tokens(node);
    }
  }

  static bool is_expression(Node name) {
    return name.parent().is_any(
               {"let_declaration", "arguments", "await_expression", "return_expression"}) &&
           name.parent().field("pattern") != name;
  }

  bool is_own(Node path) const {
    const std::string_view last = syntax::last_name(path);
    const bool is_self = last == "Self" && impl_type(path) == name_;
    return last == name_ || is_self;
  }

  bool calls_maker(Node call) const {
    const Node function = call.field("function");
    const Node method = rewrite::method_name(call);
    const std::string_view called = method ? method.text() : syntax::last_name(function);
    const Node path = function.is("generic_function") ? function.field("function") : function;
    const std::string_view type = syntax::last_name(path.field("path"));
    if (!method && (type == name_ || (type == "Self" && impl_type(call) == name_)) &&
        facts_.items().functions(called).empty()) {
      return true;  // derived, such as `T::default()`
    }
    return std::any_of(makers_.begin(), makers_.end(),
                       [&](const Node& maker) { return may_be_call_of(call, maker); });
  }

  bool may_be_call_of(Node call, Node maker) const {
    const Node function = call.field("function");
    const Node method = rewrite::method_name(call);
    const Node path = function.is("generic_function") ? function.field("function") : function;
    const std::string_view type = syntax::last_name(path.field("path"));
    const Node owner = syntax::impl_of(maker);
    const std::string_view own = syntax::last_name(owner.field("type"));
    if (maker.field("name").text() != (method ? method.text() : syntax::last_name(function))) {
      return false;
    }
    const bool has_self = maker.field("parameters").text().find("self") != std::string_view::npos;
    if (method) {
      return owner && has_self;
    }
    if (!owner) {
      return type.empty() || !llvm::isUpper(type.front());
    }
    return type == own || (type == "Self" && impl_type(call) == own);
  }

  // `call` gives an `Option` of the value.
  bool gives_option(Node call) const {
    return call.is("call_expression") &&
           std::any_of(makers_.begin(), makers_.end(), [&](const Node& maker) {
             return may_be_call_of(call, maker) &&
                    syntax::last_name(maker.field("return_type")) == "Option";
           });
  }

  // From where a value is made to the variable that gets it.
  void follow(Node value) {
    bool is_optional = gives_option(value);
    for (Node at = value, up = value.parent(); up; at = up, up = up.parent()) {
      if (is_unpacking(at, up)) {
        is_optional &= up.is_any({"await_expression", "parenthesized_expression"});
        continue;
      }
      if (up.is("let_declaration") && up.field("value") == at) {
        bind(up, up.field("pattern"), syntax::enclosing_block(up), value, is_optional);
        return;
      }
      if (up.is("let_condition") && up.field("value") == at) {
        const Node whole = syntax::enclosing(up, {"if_expression", "while_expression"});
        const Node block =
            whole.is("if_expression") ? whole.field("consequence") : whole.field("body");
        bind(up, up.field("pattern"), block, value);
        return;
      }
      if (up.is("match_expression") && up.field("value") == at) {
        bind_arms(up, value);
        return;
      }
      break;
    }
    if (is_passed_on(value)) {
      return;
    }
    // What a function makes for its caller is followed there.
    const Node function = syntax::enclosing_function(value);
    const bool is_given =
        std::find(makers_.begin(), makers_.end(), function) != makers_.end() && flows_out(value);
    if (!is_given) {
      result_.elsewhere.push_back(value);
    }
  }

  // To a method that gives it back, or a function that owns its parameter: both are
  // looked at for themselves.
  bool is_passed_on(Node value) const {
    Node at = value;
    while (is_unpacking(at, at.parent())) {
      at = at.parent();
    }
    const Node up = at.parent();
    const bool is_receiver = up.is("field_expression") && up.field("value") == at;
    return is_receiver ? calls_maker(up.parent()) && is_taken_over(facts_, item_, up)
                       : is_taken_over(facts_, item_, at);
  }

  // `at` is awaited, or taken out of its `Result` or `Option`.
  static bool is_unpacking(Node at, Node up) {
    if (up.is_any({"await_expression", "try_expression", "parenthesized_expression"})) {
      return true;
    }
    const bool is_receiver = up.is("field_expression") && up.field("value") == at;
    const std::string_view method =
        is_receiver ? up.field("field").text() : rewrite::method_name(up).text();
    return (is_receiver || (up.is("call_expression") && up.field("function") == at)) &&
           llvm::StringSwitch<bool>(method)
               .Cases("unwrap", "expect", "unwrap_or_default", "ok", "map_err", true)
               .Default(false);
  }

  // The value is what the function gives: `return x`, `Ok(x)` at its end, in a branch.
  static bool flows_out(Node value) {
    for (Node at = value, up = value.parent(); up; at = up, up = up.parent()) {
      if (up.is("function_item")) {
        return true;
      }
      if (up.is("return_expression")) {
        return true;
      }
      if (up.is("block")) {
        const std::vector<Node> all = syntax::statements(up);
        if (all.empty() || all.back() != at || at.text().ends_with(";")) {
          return false;
        }
      } else if (!up.is_any({"expression_statement", "if_expression", "else_clause", "match_arm",
                             "match_block", "match_expression", "arguments", "call_expression",
                             "await_expression", "try_expression", "parenthesized_expression"})) {
        return false;
      } else if (up.is("arguments")) {
        const std::string_view wrapper = syntax::last_name(up.parent().field("function"));
        if (wrapper != "Ok" && wrapper != "Some") {
          return false;
        }
      }
    }
    return false;
  }

  // `Ok(conn) => { .. }` owns it in its block; the other arms must not get one.
  void bind_arms(Node match, Node value) {
    for (const Node& arm : match.field("body").named_children()) {
      if (!arm.is("match_arm")) {
        continue;
      }
      Node pattern = arm.field("pattern");
      if (pattern.parts().size() == 1) {
        pattern = pattern.parts().front();
      }
      const std::string_view variant =
          syntax::last_name(pattern.is("tuple_struct_pattern") ? pattern.field("type") : pattern);
      if (variant == "Err" || variant == "None") {
        continue;
      }
      const Node block = arm.field("value");
      if ((variant != "Ok" && variant != "Some") || !block.is("block")) {
        result_.elsewhere.push_back(value);
        return;
      }
      bind(arm.field("pattern"), pattern, block, value);
    }
  }

  void bind(Node binder, Node pattern, Node block, Node value, bool is_optional = false) {
    is_optional &= !pattern.is("tuple_struct_pattern");
    while (pattern.is("tuple_struct_pattern")) {
      const std::string_view name = syntax::last_name(pattern.field("type"));
      const std::vector<Node> parts = pattern.parts();
      pattern = (name == "Some" || name == "Ok") && parts.size() == 2 ? parts.back() : Node();
    }
    const std::vector<syntax::Binding> names = syntax::bindings(pattern);
    const bool is_plain = pattern.is_any({"identifier", "mut_pattern"}) && names.size() == 1;
    const Node function = syntax::enclosing_function(binder);
    // Another value may be put in an `Option` that can change, or this one be taken out.
    const bool is_changed =
        is_plain && is_optional && (names.front().is_mut || binder.has_child("mutable_specifier"));
    if (!is_plain || is_changed || names.front().is_ref || !syntax::is_async_function(function) ||
        !block) {
      result_.elsewhere.push_back(value);
      return;
    }
    add(function, {names.front().name, binder, block, "", is_optional});
  }

  void add(Node function, rewrite::OwnedValue value) {
    Node body = function.field("body");
    if (function.is("async_block")) {
      const std::vector<Node> parts = function.named_children();
      body = parts.empty() ? Node() : parts.back();
    }
    if (!body.is("block") || !body.contains(value.block)) {
      result_.elsewhere.push_back(value.name);
      return;
    }
    const auto same = std::find_if(result_.bodies.begin(), result_.bodies.end(),
                                   [&body](const OwningBody& one) { return one.body == body; });
    OwningBody& owner = same == result_.bodies.end() ? result_.bodies.emplace_back() : *same;
    owner.body = body;
    owner.values.push_back(std::move(value));
  }

  void visit_parameter(Node parameter) {
    const Node type = parameter.field("type");
    if (!mentions_type(type, name_)) {
      return;
    }
    const Node function = syntax::enclosing(parameter, {"function_item"});
    const Node pattern = parameter.field("pattern");
    const Node body = function.field("body");
    if (syntax::last_name(type) != name_ || !syntax::is_async_function(function) || !body ||
        !pattern.is("identifier")) {
      result_.elsewhere.push_back(parameter);
      return;
    }
    add(function, {pattern, parameter, body, ""});
  }

  // `let conn: Conn = Default::default();`, where only the type tells.
  void visit_let(Node let) {
    const Node value = let.field("value");
    if (!let.field("type") || !value || syntax::last_name(let.field("type")) != name_) {
      return;
    }
    bool is_followed = false;
    syntax::walk(value, [&](Node node) {
      is_followed = is_followed || is_source(node);
      return syntax::Walk::Into;
    });
    if (!is_followed) {
      bind(let, let.field("pattern"), syntax::enclosing_block(let), value);
    }
  }

  bool is_source(Node node) const {
    return (node.is("struct_expression") && is_own(node.field("name"))) ||
           (node.is("call_expression") && (is_own(node.field("function")) || calls_maker(node)));
  }

  // `Pool<Conn>` may hand out values that no call tells.
  void visit_argument(Node name) {
    const Node function = syntax::enclosing(name, {"function_item"});
    const bool is_argument = syntax::enclosing(name, {"type_arguments"}).is_valid();
    const bool is_given = function.field("return_type").contains(name);
    if (name.text() == name_ && is_argument && !is_given) {
      result_.elsewhere.push_back(name);
    }
  }

  // A method that takes the value itself drops it at its end.
  void visit_self(Node parameter) {
    const Node function = syntax::enclosing(parameter, {"function_item"});
    const bool is_taken = parameter.text() == "self" || parameter.text() == "mut self";
    if (is_taken && impl_type(parameter) == name_ &&
        std::find(makers_.begin(), makers_.end(), function) == makers_.end()) {
      result_.elsewhere.push_back(parameter);
    }
  }

  // In a macro's arguments nothing can be told.
  void visit_tokens(Node tokens) {
    for (const Node& token : tokens.named_children()) {
      const bool is_maker = token.next().is("token_tree") &&
                            std::any_of(makers_.begin(), makers_.end(), [&](const Node& maker) {
                              return maker.field("name").text() == token.text() &&
                                     maker.field("name").text() != "new";
                            });
      if (token.is("identifier") && (token.text() == name_ || is_maker)) {
        result_.elsewhere.push_back(token);
      }
      if (token.is("token_tree")) {
        visit_tokens(token);
      }
    }
  }

  const flow::Facts& facts_;
  std::string_view name_;
  Node item_;
  std::vector<Node> makers_;  // functions that return such a value
  DroppedValues result_;
};

}  // namespace

DroppedValues dropped_values(const flow::Facts& facts, Node item) {
  return Search(facts, item).run();
}

bool is_taken_over(const flow::Facts& facts, Node item, Node mention) {
  const std::string_view name = item.field("name").text();
  if (mention.is("field_expression")) {
    // `x.finish()` with `fn finish(self)`.
    for (const Node& function : facts.items().functions(mention.field("field").text())) {
      const bool is_method = syntax::last_name(syntax::impl_of(function).field("type")) == name;
      for (const Node& part : function.field("parameters").named_children()) {
        if (is_method && part.is("self_parameter") &&
            (part.text() == "self" || part.text() == "mut self")) {
          return true;
        }
      }
    }
    return false;
  }
  const Node call = mention.parent().parent();
  if (!mention.parent().is("arguments") || !call.is("call_expression")) {
    return false;
  }
  for (const Node& function : facts.items().functions(syntax::last_name(call.field("function")))) {
    for (const Node& part : function.field("parameters").named_children()) {
      if (part.is("parameter") && syntax::last_name(part.field("type")) == name) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace jaa::pitfalls
