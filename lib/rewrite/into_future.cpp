#include "rewrite/into_future.h"

#include <algorithm>

#include "llvm/ADT/StringSwitch.h"
#include "rewrite/evaluation.h"
#include "syntax/layout.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

bool is_borrowing_method(std::string_view name) {
  return llvm::StringSwitch<bool>(name)
      .Cases("as_str", "as_ref", "as_slice", "as_bytes", "as_deref", "as_path", true)
      .Cases("trim", "trim_start", "trim_end", "chars", "bytes", "lines", "split", true)
      .Cases("split_whitespace", "char_indices", "iter", "keys", "values", "len", true)
      .Cases("get", "first", "last", "is_empty", "is_some", "is_none", true)
      .Default(false);
}

// An iterator of another iterator, which calls its closure only when it is asked.
bool is_adaptor(std::string_view name) {
  return llvm::StringSwitch<bool>(name)
      .Cases("map", "filter", "filter_map", "flat_map", "enumerate", "zip", "chain", true)
      .Cases("rev", "skip", "take", "step_by", "copied", "cloned", "peekable", "cycle", true)
      .Cases("skip_while", "take_while", "inspect", "scan", true)
      .Default(false);
}

// `format!` of variables and literals: all it does is read them.
bool is_format(Node node) {
  return node.is("macro_invocation") && node.field("macro").text() == "format";
}

bool is_mentioned_outside(Node function, const std::string& name, const std::vector<Node>& within) {
  for (const Node& token : syntax::mentions(function, name)) {
    const bool is_within = std::any_of(within.begin(), within.end(),
                                       [&token](const Node& part) { return part.contains(token); });
    if (!is_within) return true;
  }
  return false;
}

// The text of `let` as it stands in a block that is `extra` deeper.
std::string moved_text(const syntax::Tree& tree, Node let, std::string_view extra) {
  std::string result;
  uint32_t from = let.begin();
  for (const uint32_t at : syntax::movable_lines(tree, let.span())) {
    result.append(tree.text().substr(from, at - from)).append(extra);
    from = at;
  }
  return result.append(tree.text().substr(from, let.end() - from));
}

Node block_of(Node async_block) {
  const std::vector<Node> parts = async_block.named_children();
  return parts.empty() ? Node() : parts.back();
}

}  // namespace

void spread_block(Node block, const std::vector<std::string>& lead, std::string_view outer,
                  EditList& edits) {
  const std::string close = std::string(edits.layout().line_end) + std::string(outer);
  const std::string line = close + edits.layout().indent;
  const std::vector<Node> parts = block.named_children();
  std::string opening;
  for (const std::string& text : lead) opening += line + text;
  if (parts.empty()) {
    if (!lead.empty()) edits.replace(block.begin() + 1, block.end() - 1, opening + close);
    return;
  }
  edits.replace(block.begin() + 1, parts.front().begin(), opening + line);
  for (size_t index = 0; index + 1 < parts.size(); ++index) {
    edits.replace(parts[index].end(), parts[index + 1].begin(), line);
  }
  edits.replace(parts.back().end(), block.end() - 1, close);
}

bool only_borrows(Node expression) {
  while (expression.is_any({"call_expression", "reference_expression"})) {
    if (expression.is("reference_expression")) {
      expression = expression.field("value");
      continue;
    }
    const Node method = method_name(expression);
    const bool is_lazy = method && is_adaptor(method.text());
    if (!method || (!is_lazy && !is_borrowing_method(method.text()))) return false;
    // `cell.get()` reads what may have changed until then.
    if (method.text() == "get" && !has_arguments(expression)) return false;
    for (const Node& argument : expression.field("arguments").named_children()) {
      if (!is_pure(argument) && !(is_lazy && argument.is("closure_expression"))) return false;
    }
    expression = expression.field("function").field("value");
  }
  if (expression.is("index_expression")) {
    const std::vector<Node> parts = expression.parts();
    return std::all_of(parts.begin(), parts.end(), [](const Node& part) { return is_pure(part); });
  }
  return is_pure(expression);
}

std::vector<base::Edit> own_captures(Node async_block) {
  if (!async_block.is("async_block") || async_block.has_child("move") ||
      syntax::is_in_macro(async_block)) {
    return {};
  }
  const uint32_t at = async_block.begin() + static_cast<uint32_t>(std::string_view("async").size());
  return {{{async_block.span().file, at, at}, " move"}};
}

namespace {

// Those of `lets` that the block needs: it names what they bind, or another needed one does.
std::vector<Node> needed_in(const std::vector<Node>& lets, Node block) {
  std::vector<Node> result;
  for (auto let = lets.rbegin(); let != lets.rend(); ++let) {
    bool is_needed = false;
    for (const syntax::Binding& binding : syntax::bindings(let->field("pattern"))) {
      is_needed |= syntax::is_mentioned(block, binding.name.text());
      for (const Node& later : result) {
        is_needed |= syntax::is_mentioned(later.field("value"), binding.name.text());
      }
    }
    if (is_needed) result.push_back(*let);
  }
  std::reverse(result.begin(), result.end());
  return result;
}

void add_lets(const syntax::Tree& tree, const std::vector<Node>& lets, Node async_block,
              EditList& edits) {
  const Node block = block_of(async_block);
  const std::string_view text = tree.text();
  const bool is_spread = block.text().find('\n') != std::string_view::npos;
  const std::string outer(syntax::indentation(
      text, is_spread ? syntax::line_start(text, block.end()) : async_block.begin()));
  const std::string inner = outer + edits.layout().indent;
  std::vector<std::string> lead;
  for (const Node& let : needed_in(lets, block)) {
    const std::string_view own = syntax::indentation(text, let.begin());
    lead.push_back(moved_text(tree, let,
                              inner.size() > own.size() ? std::string_view(inner).substr(own.size())
                                                        : std::string_view()));
  }
  if (!is_spread) {
    spread_block(block, lead, outer, edits);
    return;
  }
  std::string added;
  for (const std::string& one : lead) {
    added += std::string(edits.layout().line_end) + inner + one;
  }
  edits.insert(block.begin() + 1, added);
}

}  // namespace

std::vector<base::Edit> make_in_blocks(const syntax::Tree& tree, const std::vector<Node>& lets,
                                       const std::vector<Node>& async_blocks) {
  std::vector<Node> known(lets.begin(), lets.end());
  for (const Node& block : async_blocks) {
    if (!block_of(block).is("block") || syntax::is_in_macro(block)) return {};
    known.push_back(block);
  }
  if (lets.empty() || async_blocks.empty()) return {};
  EditList edits(tree);
  const Node function = syntax::outermost_function(async_blocks.front());
  for (const Node& let : lets) {
    if (syntax::has_attributes(let) || let.field("alternative")) return {};
    bool is_needed_here = false;
    for (const syntax::Binding& binding : syntax::bindings(let.field("pattern"))) {
      is_needed_here |= is_mentioned_outside(function, std::string(binding.name.text()), known);
    }
    if (!is_needed_here) (void)edits.take_out(let);
  }
  for (const Node& block : async_blocks) add_lets(tree, lets, block, edits);
  return edits.take();
}

std::vector<base::Edit> call_in_block(Node call) {
  if (!call || syntax::is_in_macro(call)) return {};
  const base::FileId file = call.span().file;
  return {{{file, call.begin(), call.begin()}, "async move { "},
          {{file, call.end(), call.end()}, ".await }"}};
}

bool may_be_called_later(const syntax::Items& items, Node call) {
  const Node method = method_name(call);
  const std::string_view name = method ? method.text() : syntax::last_name(call.field("function"));
  const syntax::Items::List& functions = items.functions(name);
  if (functions.empty() || !std::all_of(functions.begin(), functions.end(), [](const Node& one) {
        return syntax::is_async_function(one);
      })) {
    return false;
  }
  std::vector<Node> values = call.field("arguments").named_children();
  if (method) values.push_back(call.field("function").field("value"));
  return std::all_of(values.begin(), values.end(), [](const Node& value) {
    const Node inner = value.is("reference_expression") ? value.field("value") : value;
    return only_borrows(value) || is_format(inner);
  });
}

}  // namespace jaa::rewrite
