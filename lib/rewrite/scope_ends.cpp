#include "rewrite/scope_ends.h"

#include <algorithm>

#include "llvm/ADT/StringExtras.h"
#include "rewrite/edit_list.h"
#include "rewrite/evaluation.h"
#include "rewrite/naming.h"
#include "rewrite/value_exits.h"
#include "syntax/items.h"
#include "syntax/layout.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

using Value = LivingValue;

Node value_of(Node jump) {
  Node value;
  for (const Node& part : jump.parts())
    if (!part.is("label")) value = part;
  return value;
}

constexpr uint32_t DeepestCall = 4;

// Nobody can tell whether it is evaluated before or after a call: names, literals, and
// variants and structs made of such.
bool is_harmless(Node expression, uint32_t depth = 0) {
  if (!expression || is_pure(expression)) return true;
  if (depth == DeepestCall) return false;
  const std::string_view name = syntax::last_name(expression.field("function"));
  if (!expression.is("call_expression") || name.empty()) return false;
  const std::string_view type = syntax::last_name(expression.field("function").field("path"));
  if (!llvm::isUpper(name.front()) && type != "String") return false;
  for (const Node& argument : expression.field("arguments").parts())
    if (!is_harmless(argument, depth + 1)) return false;
  return true;
}

bool is_block_like(Node expression) {
  if (expression.is("expression_statement") && !expression.parts().empty())
    expression = expression.parts().front();
  return expression.is_any({"if_expression", "match_expression", "for_expression",
                            "while_expression", "loop_expression", "block", "unsafe_block"});
}

Node without_statement(Node node) {
  return node.is("expression_statement") && !node.parts().empty() ? node.parts().front() : node;
}

class Ends {
 public:
  Ends(const syntax::Tree& tree, Node body, ValueExits exits)
      : tree_(tree),
        body_(body),
        edits_(tree),
        values_(std::move(exits.values)),
        missed_(std::move(exits.missed)),
        unwound_(std::move(exits.unwound)),
        jumps_(std::move(exits.jumps)),
        dropped_(std::move(exits.dropped)),
        has_returned_(!exits.returned.empty()) {}

  ScopeEnds run() {
    for (const auto& [statement, value] : dropped_) edits_.replace(statement, value->call + ";");
    wrap_loops();
    const bool is_wrapped = !unwound_.empty() && may_wrap();
    if (!is_wrapped)
      for (const Node& exit : unwound_) missed_.push_back(exit);
    for (const auto& [jump, live] : jumps_)
      if (!is_wrapped || !is_unwound_by_wrap(jump)) leave(jump, live);
    std::vector<Node> blocks;
    for (const Value& value : values_) {
      const bool is_new = std::find(blocks.begin(), blocks.end(), value.block) == blocks.end();
      const bool is_done = (is_wrapped && value.block == body_) || is_wrapped_loop(value.block);
      if (is_new && !is_done) blocks.push_back(value.block);
    }
    for (const Node& block : blocks) end(block);
    if (!is_wrapped) return {edits_.take(), std::move(missed_)};
    return {wrapped(), std::move(missed_)};
  }

 private:
  // The values of the function's own block, in groups with no way out in between.
  std::vector<std::vector<const Value*>> groups_at_top() const {
    std::vector<std::vector<const Value*>> groups;
    for (const Value& value : values_) {
      if (value.block != body_) continue;
      const auto is_between = [&](Node exit) {
        return exit.begin() < value.since.end() &&
               (groups.empty() || exit.begin() >= groups.back().back()->since.end());
      };
      const bool is_new = groups.empty() ||
                          std::any_of(unwound_.begin(), unwound_.end(), is_between) ||
                          std::any_of(jumps_.begin(), jumps_.end(),
                                      [&](const auto& jump) { return is_between(jump.first); });
      if (is_new) groups.emplace_back();
      groups.back().push_back(&value);
    }
    return groups;
  }

  static Node first_behind(Node block, const Value& value) {
    for (const Node& statement : syntax::statements(block))
      if (statement.begin() >= value.since.end()) return statement;
    return {};
  }

  bool is_unwound_by_wrap(Node exit) const {
    return exit.is("return_expression") && exit.begin() >= wrapped_.front().begin();
  }

  bool is_wrapped_loop(Node block) const {
    return std::find(loops_.begin(), loops_.end(), block) != loops_.end();
  }

  // `E` of a function that returns `Result<T, E>`; the block in a loop has to name it.
  Node error_type() const {
    const Node type = body_.parent().field("return_type");
    const std::vector<Node> arguments = type.field("type_arguments").named_children();
    return body_.parent().is("function_item") && syntax::last_name(type) == "Result" &&
                   arguments.size() == 2
               ? arguments.back()
               : Node();
  }

  // Nothing but `?` leaves the loop's block from behind its values, and no value is in a
  // block further in.
  bool may_wrap_loop(Node block, const Value& last) const {
    if (!block.parent().is_any({"for_expression", "while_expression", "loop_expression"}) ||
        !error_type() || has_returned_)
      return false;
    for (const Value& value : values_) {
      const bool is_inner = value.block != block && block.contains(value.block);
      if (is_inner || (value.block == block && value.is_gone_at_end)) return false;
      for (const Node& exit : unwound_)
        if (value.block == block && exit.begin() >= value.since.end() &&
            exit.begin() < last.since.end())
          return false;
    }
    for (const auto& [jump, live] : jumps_)
      if (block.contains(jump)) return false;
    const Node first = first_behind(block, last);
    return first && syntax::starts_line(tree_.text(), first.begin());
  }

  // In a loop's block, the rest goes into an async block whose error is passed on behind
  // the calls. For the values further out that is one `?` as before.
  void wrap_loops() {
    std::vector<std::pair<Node, const Value*>> blocks;
    for (const Value& value : values_) {
      const bool is_left = std::any_of(unwound_.begin(), unwound_.end(), [&](const Node& exit) {
        return value.block.contains(exit) && exit.begin() >= value.since.end();
      });
      if (value.block == body_ || !is_left) continue;
      if (!blocks.empty() && blocks.back().first == value.block) {
        blocks.back().second = &value;
      } else {
        blocks.push_back({value.block, &value});
      }
    }
    for (const auto& [block, last] : blocks)
      if (may_wrap_loop(block, *last)) wrap_loop(block, *last);
    const bool has_outer = last_at_top_is_alive();
    std::erase_if(unwound_, [&](const Node& exit) {
      return !has_outer && std::any_of(loops_.begin(), loops_.end(),
                                       [&exit](const Node& block) { return block.contains(exit); });
    });
  }

  bool last_at_top_is_alive() const {
    return std::any_of(values_.begin(), values_.end(),
                       [this](const Value& value) { return value.block == body_; });
  }

  void wrap_loop(Node block, const Value& last) {
    const std::string_view text = tree_.text();
    const std::string indent = edits_.layout().indent;
    const Node first = first_behind(block, last);
    const std::vector<Node> above = syntax::comments_above(tree_, first);
    const uint32_t at = above.empty() ? first.begin() : above.front().begin();
    const Node tail = syntax::statements(block).back();
    const Node comment = syntax::comment_behind(tree_, tail);
    const uint32_t stop = comment ? syntax::line_stop(text, comment.begin()) : tail.end();
    const std::string line = std::string(edits_.layout().line_end) +
                             std::string(syntax::indentation(text, first.begin()));
    const std::string name = FreshNames(body_).unused("result");
    const bool is_open =
        !tail.is("let_declaration") && !tail.text().ends_with(";") && !is_block_like(tail);
    edits_.insert(at, "let " + name + " = async {" + line + indent);
    for (const uint32_t start : syntax::movable_lines(tree_, {tree_.file(), at, stop}))
      edits_.insert(start, indent);
    std::string end = line + indent + "Ok::<(), " + std::string(error_type().text()) + ">(())" +
                      line + "}" + line + ".await;";
    for (auto value = values_.rbegin(); value != values_.rend(); ++value)
      if (value->block == block) end += line + value->call + ";";
    if (is_open) edits_.insert(tail.end(), ";");
    edits_.insert(stop, end + line + name + "?;");
    loops_.push_back(block);
  }

  // What follows the last value of each group may go into an async block.
  bool may_wrap() {
    if (has_returned_) return false;
    for (const Value& value : values_) {
      if (value.block == body_ && value.is_gone_at_end) return false;
      if (value.block == body_ || is_wrapped_loop(value.block)) continue;
      for (const Node& exit : unwound_)
        if (value.block.contains(exit)) return false;
      // Within the block, a return would have to end the outer ones by the block alone.
      for (const auto& [jump, live] : jumps_)
        if (jump.is("return_expression") && live.front()->block != body_) return false;
    }
    for (const auto& group : groups_at_top()) {
      const Node first = first_behind(body_, *group.back());
      if (!first || !syntax::starts_line(tree_.text(), first.begin())) return false;
      wrapped_.push_back(first);
    }
    return !wrapped_.empty();
  }

  std::vector<base::Edit> wrapped() {
    const std::string_view text = tree_.text();
    const std::string indent = edits_.layout().indent;
    const std::vector<base::Edit> inner = edits_.take();
    for (const base::Edit& edit : inner) {
      std::string deeper;
      for (const char one : edit.text) {
        deeper += one;
        if (one != '\n') continue;
        for (const Node& first : wrapped_)
          if (edit.span.begin >= first.begin()) deeper += indent;
      }
      edits_.replace(edit.span.begin, edit.span.end, deeper);
    }
    const Node last = syntax::statements(body_).back();
    const Node comment = syntax::comment_behind(tree_, last);
    const uint32_t stop = comment ? syntax::line_stop(text, comment.begin()) : last.end();
    const bool is_unit = body_.parent().is("function_item") && !body_.parent().field("return_type");
    const std::string name = FreshNames(body_).unused("result");
    std::string line = std::string(edits_.layout().line_end) +
                       std::string(syntax::indentation(text, wrapped_.front().begin()));
    const auto groups = groups_at_top();
    std::string end;
    for (size_t index = 0; index < groups.size(); ++index) {
      const std::vector<Node> above = syntax::comments_above(tree_, wrapped_[index]);
      const uint32_t at = above.empty() ? wrapped_[index].begin() : above.front().begin();
      edits_.insert(at, (is_unit ? "async {" : "let " + name + " = async {") + line + indent);
      for (const uint32_t start : syntax::movable_lines(tree_, {tree_.file(), at, stop}))
        edits_.insert(start, indent);
      std::string own = line + "}" + line + ".await;";
      for (auto value = groups[index].rbegin(); value != groups[index].rend(); ++value)
        own += line + (*value)->call + ";";
      if (!is_unit) own += line + name;
      end.insert(0, own);
      line += indent;
    }
    edits_.insert(stop, end);
    return edits_.take();
  }

  // Before a jump out of the values' blocks.
  void leave(Node jump, const std::vector<const Value*>& live) {
    const Node value = value_of(jump);
    const bool mentions = value && std::any_of(live.begin(), live.end(), [&](const Value* one) {
                            return syntax::is_mentioned(value, one->name.text());
                          });
    const Node statement = jump.parent().is("expression_statement") ? jump.parent() : jump;
    if (!statement.parent().is("block")) {
      leave_arm(jump, live, mentions);
      return;
    }
    if (!mentions && is_harmless(value)) {
      for (const Value* one : live) edits_.insert_before(statement, one->call + ";");
      return;
    }
    if (!jump.is("return_expression") || !value) {
      missed_.push_back(jump);
      return;
    }
    const std::string name = FreshNames(body_).unused("result");
    edits_.replace(jump.begin(), value.begin(), "let " + name + " = ");
    if (!statement.text().ends_with(";")) edits_.insert(statement.end(), ";");
    for (const Value* one : live) edits_.insert_behind(statement, one->call + ";");
    edits_.insert_behind(statement, "return " + name + ";");
  }

  // `None => return,` gets a block.
  void leave_arm(Node jump, const std::vector<const Value*>& live, bool mentions) {
    if (!jump.parent().is("match_arm") || mentions || !is_harmless(value_of(jump)) ||
        jump.text().find('\n') != std::string_view::npos) {
      missed_.push_back(jump);
      return;
    }
    const std::string line = std::string(edits_.layout().line_end) +
                             std::string(syntax::indentation(tree_.text(), jump.begin()));
    std::string text = "{";
    for (const Value* one : live) text += line + edits_.layout().indent + one->call + ";";
    text += line + edits_.layout().indent + std::string(jump.text()) + ";" + line + "}";
    edits_.replace(jump, text);
    // A block needs no comma behind it.
    if (jump.next().is(",")) edits_.replace(jump.next(), "");
  }

  // Nothing uses the value of `block`.
  static bool is_unit(Node block) {
    for (uint32_t depth = 0; depth < 64; ++depth) {
      Node around = block.parent();
      if (around.is("function_item")) return !around.field("return_type");
      if (around.is_any({"for_expression", "while_expression", "loop_expression"})) return true;
      while (around.is_any(
          {"else_clause", "if_expression", "match_arm", "match_block", "match_expression"}))
        around = around.parent();
      if (around.is("expression_statement") && around.text().ends_with(";")) return true;
      const Node outer = around.is("block") ? around : around.parent();
      const std::vector<Node> all = syntax::statements(outer);
      if (!outer.is("block") || all.empty()) return false;
      if (!all.back().contains(block)) return true;
      block = outer;
    }
    return false;
  }

  void end(Node block) {
    std::vector<std::string> calls;
    for (auto value = values_.rbegin(); value != values_.rend(); ++value)
      if (value->block == block && !value->is_gone_at_end) calls.push_back(value->call + ";");
    const std::vector<Node> all = syntax::statements(block);
    if (calls.empty()) return;
    if (all.empty()) {
      end_empty(block, calls);
      return;
    }
    const Node last = all.back();
    const Node expression = without_statement(last);
    if (is_jump(expression) || is_endless(expression)) return;
    const bool is_statement =
        last.is("let_declaration") || last.text().ends_with(";") || last.is("macro_invocation");
    const bool is_tail = !is_statement && !last.is_any({"function_item", "struct_item"});
    if (is_tail && !is_unit(block)) {
      end_with_value(block, expression, calls);
      return;
    }
    if (is_tail && !is_block_like(last)) edits_.insert(last.end(), ";");
    if (last.is("macro_invocation") && !last.text().ends_with(";") && !last.text().ends_with("}"))
      edits_.insert(last.end(), ";");
    for (const std::string& call : calls) edits_.insert_behind(last, call);
  }

  // `{}` and a block with comments only.
  void end_empty(Node block, const std::vector<std::string>& calls) {
    const std::string_view text = tree_.text();
    const std::string line = std::string(edits_.layout().line_end) +
                             std::string(syntax::indentation(text, block.begin()));
    std::string added;
    for (const std::string& call : calls) added += line + edits_.layout().indent + call;
    if (!syntax::starts_line(text, block.end() - 1)) {
      edits_.insert(block.end() - 1, added + line);
      return;
    }
    const uint32_t stop = syntax::line_start(text, block.end() - 1);
    const std::string indent(syntax::indentation(text, block.begin()));
    for (const std::string& call : calls)
      edits_.insert(stop,
                    indent + edits_.layout().indent + call + std::string(edits_.layout().line_end));
  }

  void end_with_value(Node block, Node tail, const std::vector<std::string>& calls) {
    const bool mentions = std::any_of(values_.begin(), values_.end(), [&](const Value& value) {
      return value.block == block && syntax::is_mentioned(tail, value.name.text());
    });
    if (!mentions && is_harmless(tail)) {
      for (const std::string& call : calls) edits_.insert_before(tail, call);
      return;
    }
    const std::string name = FreshNames(block).unused("result");
    edits_.insert(tail.begin(), "let " + name + " = ");
    edits_.insert(tail.end(), ";");
    for (const std::string& call : calls) edits_.insert_behind(tail, call);
    edits_.insert_behind(tail, name);
  }

  // A `loop` that only a jump out of the function ends.
  static bool is_endless(Node expression) {
    if (!expression.is("loop_expression")) return false;
    bool has_break = false;
    syntax::walk(expression, [&](Node node) {
      has_break = has_break || node.is("break_expression");
      return syntax::Walk::Into;
    });
    return !has_break;
  }

  const syntax::Tree& tree_;
  Node body_;
  EditList edits_;
  std::vector<Value> values_;
  std::vector<Node> missed_;
  std::vector<Node> unwound_;
  std::vector<std::pair<Node, ValueExits::Live>> jumps_;
  std::vector<std::pair<Node, const Value*>> dropped_;
  bool has_returned_;
  std::vector<Node> wrapped_;  // the first statements that go into async blocks
  std::vector<Node> loops_;    // the blocks of loops whose rest is in an async block
};

}  // namespace

ScopeEnds run_at_ends(const syntax::Tree& tree, Node body, std::vector<OwnedValue> values,
                      llvm::function_ref<bool(Node)> takes_over) {
  return Ends(tree, body, find_value_exits(body, std::move(values), takes_over)).run();
}

}  // namespace jaa::rewrite
