#include "rewrite/value_exits.h"

#include <algorithm>

#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

class Finder {
 public:
  Finder(Node body, std::vector<OwnedValue> values, llvm::function_ref<bool(Node)> takes_over)
      : body_(body), takes_over_(takes_over) {
    for (OwnedValue& value : values) {
      exits_.values.push_back({std::move(value), 0, false});
      exits_.values.back().until = exits_.values.back().block.end();
    }
    std::sort(exits_.values.begin(), exits_.values.end(),
              [](const LivingValue& a, const LivingValue& b) {
                return a.since.begin() < b.since.begin();
              });
  }

  ValueExits run() {
    for (LivingValue& value : exits_.values) follow(value);
    find_exits();
    return std::move(exits_);
  }

 private:
  // Where it is moved to, and until when it lives.
  void follow(LivingValue& value) {
    const std::string_view name = value.name.text();
    for (const Node& mention : syntax::mentions(value.block, name)) {
      if (mention.begin() < value.since.end() || mention == value.name) continue;
      const Node parent = mention.parent();
      if (parent.is_any({"let_declaration", "parameter", "tuple_struct_pattern", "mut_pattern"}) ||
          parent.is("closure_parameters")) {
        exits_.missed.push_back(mention);  // the name means something else from here on
        return;
      }
      if (!mention.is("identifier") || parent.is_any({"token_tree", "reference_expression"}) ||
          (parent.is("field_expression") && !is_taken_by_method(parent)) ||
          (parent.is("assignment_expression") && parent.field("left") != mention &&
           parent.field("right") != mention))
        continue;
      take(value, mention);
    }
  }

  bool is_taken_by_method(Node access) const {
    return access.parent().is("call_expression") && takes_over_(access);
  }

  void take(LivingValue& value, Node mention) {
    const Node statement = syntax::enclosing_statement(mention);
    const bool is_at_top =
        statement.parent() == value.block && !syntax::enclosing(mention, {"closure_expression"});
    const Node call = mention.parent().parent();
    if (is_at_top && call.is("call_expression") && call.parent() == statement &&
        syntax::last_name(call.field("function")) == "drop" && statement.text().ends_with(";")) {
      exits_.dropped.push_back({statement, &value});
      value.until = statement.begin();
      value.is_gone_at_end = true;
      return;
    }
    const Node jump = syntax::enclosing(mention, {"return_expression", "block"});
    if (jump.is("return_expression")) {
      exits_.returned.push_back({jump, &value});
      return;
    }
    const std::vector<Node> all = syntax::statements(value.block);
    const bool is_given = !all.empty() && all.back() == statement &&
                          !statement.text().ends_with(";") && value.block == body_;
    if (is_at_top && (is_given || takes_over_(mention))) {
      value.until = statement.begin();
      value.is_gone_at_end = true;
      return;
    }
    exits_.missed.push_back(mention);
    value.is_gone_at_end = true;
    value.until = std::min(value.until, mention.begin());
  }

  // Innermost first; only those that are alive where `exit` is left.
  std::vector<const LivingValue*> live_at(Node exit, Node left) const {
    std::vector<const LivingValue*> live;
    for (auto value = exits_.values.rbegin(); value != exits_.values.rend(); ++value) {
      const bool is_returned =
          std::any_of(exits_.returned.begin(), exits_.returned.end(),
                      [&](const auto& one) { return one.first == exit && one.second == &*value; });
      if (value->since.end() <= exit.begin() && exit.begin() < value->until && !is_returned &&
          value->block.contains(exit) && left.contains(value->block))
        live.push_back(&*value);
    }
    return live;
  }

  static Node loop_of(Node jump) {
    Node label;
    for (const Node& part : jump.parts())
      if (part.is("label")) label = part;
    for (Node at = jump.parent(); at; at = at.parent()) {
      if (!at.is_any({"loop_expression", "while_expression", "for_expression"})) continue;
      Node own;
      for (const Node& part : at.parts())
        if (part.is("label")) own = part;
      if (!label || own.text() == label.text()) return at;
    }
    return {};
  }

  void find_exits() {
    syntax::walk(body_, [this](Node node) {
      if (node.is_any({"closure_expression", "async_block", "function_item", "token_tree"}))
        return syntax::Walk::Over;
      const bool leaves_loop = node.is_any({"break_expression", "continue_expression"});
      if (!is_jump(node) && !node.is("try_expression")) return syntax::Walk::Into;
      Node left = body_;
      if (leaves_loop) left = loop_of(node).field("body");
      const std::vector<const LivingValue*> live = live_at(node, left);
      if (live.empty()) return syntax::Walk::Into;
      if (node.is("try_expression")) {
        exits_.unwound.push_back(node);
      } else {
        exits_.jumps.push_back({node, live});
      }
      return syntax::Walk::Into;
    });
  }

  Node body_;
  llvm::function_ref<bool(Node)> takes_over_;
  ValueExits exits_;
};

}  // namespace

bool is_jump(Node node) {
  return node.is_any({"return_expression", "break_expression", "continue_expression"});
}

ValueExits find_value_exits(Node body, std::vector<OwnedValue> values,
                            llvm::function_ref<bool(Node)> takes_over) {
  return Finder(body, std::move(values), takes_over).run();
}

}  // namespace jaa::rewrite
