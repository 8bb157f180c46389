// Where a chain's value goes: the variable it is put together in, and what becomes of the
// chain's place.
#include <algorithm>

#include "llvm/ADT/StringSwitch.h"
#include "rewrite/chain_loop.h"
#include "rewrite/evaluation.h"
#include "rewrite/text_shape.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

bool has_hole(Node type) {
  bool found = false;
  syntax::walk(type, [&](Node node) {
    found = found || node.text() == "_";
    return syntax::Walk::Into;
  });
  return found;
}

Node return_type_around(Node node) {
  const Node function = syntax::enclosing_function(node);
  return function.field("return_type");
}

// `Ok(..)`, `Ok::<_, E>(..)` and their kin, where no other error type is written than `error`.
bool is_outcome(Node value, Node error) {
  if (value.text() == "None") return true;
  Node callee = value.is("call_expression") ? value.field("function") : Node();
  if (callee.is("generic_function")) {
    const Node written = type_argument(callee, 1);
    if (!is_inferred(written) && written.text() != error.text()) return false;
    callee = callee.field("function");
  }
  return callee.text() == "Ok" || callee.text() == "Err" || callee.text() == "Some";
}

// Nothing in `closure` asks for another error type than that of the function around it, so
// that its `?` may convert to that at once.
bool has_no_own_error(Node closure, Node error) {
  const ClosureParts parts = closure_parts(closure);
  const Node value = parts.body.is("block") ? tail_of(parts.body) : parts.body;
  if (closure.field("return_type") || !is_outcome(value, error)) return false;
  const std::vector<Node> returns = exits_of(parts.body).returns;
  return std::all_of(returns.begin(), returns.end(), [&error](const Node& each) {
    return !each.parts().empty() && is_outcome(each.parts().back(), error);
  });
}

}  // namespace

bool ChainLoop::enter_sink() {
  Node expression;
  if (sink_ == chain_.calls.size()) {
    const Node last = chain_.calls.back().call;
    const Node parent = last.parent();
    if (parent.is("for_expression") && parent.field("value") == last) {
      taker_ = parent;
      return true;
    }
    taker_ = parent.is("arguments") && parent.parts().size() == 1 ? parent.parent() : Node();
    const Node function = taker_.field("function");
    const bool is_extend = method_name(taker_).text() == "extend";
    const bool is_from =
        function.is("scoped_identifier") && function.field("name").text() == "from_iter";
    if (!is_extend && !is_from) return false;
    if (is_from) type_ = function.field("path");
    place_ = place_of(taker_);
    return true;
  }
  const ChainCall& call = chain_.calls[sink_];
  expression = call.call;
  exit_ = error_exit(expression);
  const Node outer = exit_ == ErrorExit::Try ? expression.parent() : expression;
  type_ = call.type;
  if (call.name == "collect" || call.name == "sum" || call.name == "product") {
    if (exit_ == ErrorExit::Try) {
      // `?` takes what is inside of whatever this is.
      if (!type_) return false;
      inner_ = type_argument(type_, 0);
      if (is_inferred(inner_)) inner_ = expected_type(outer, items_);
    } else if (is_inferred(type_)) {
      type_ = expected_type(expression, items_);
    }
    fallible_ = fallible(type_);
    if (fallible_ != Fallible::No && !inner_) inner_ = type_argument(type_, 0);
  } else if (call.name == "try_for_each" || call.name == "try_fold") {
    if (exit_ != ErrorExit::Try && is_inferred(type_)) type_ = expected_type(expression, items_);
    fallible_ = fallible(type_) == Fallible::Option ? Fallible::Option : Fallible::Result;
  }
  if (fallible_ == Fallible::No) exit_ = ErrorExit::None;
  const Node error = type_argument(return_type_around(expression), 1);
  bool same_error =
      type_ && type_argument(type_, 1) && error && type_argument(type_, 1).text() == error.text();
  if (!type_ && call.name.starts_with("try_"))
    same_error = has_no_own_error(call.arguments.back(), error);
  may_leave_ = exit_ == ErrorExit::Tail || (exit_ == ErrorExit::Try && same_error);
  place_ = place_of(exit_ == ErrorExit::Try ? outer : expression);
  if (fallible_ != Fallible::No && exit_ == ErrorExit::None) place_.name.clear();
  return true;
}

std::string ChainLoop::in_success(const std::string& value, bool is_wanted) {
  for (const std::string_view name : {"Ok", "Some"})
    if (auto inner = inside_of(value, name)) return *inner;
  // `Ok::<_, E>(value)`, where the loop leaves a function that says the same.
  if (may_leave_ && value.starts_with("Ok::<"))
    if (auto inner = inside_of(value, value.substr(0, value.find(">(") + 1))) return *inner;
  if (exit_ == ErrorExit::None) {
    // Nothing can be left from here: what ends the loop is kept.
    const bool is_option = fallible_ == Fallible::Option;
    failure_ = names_.unused(is_option ? "is_missing" : "failure");
    head_.line("let mut " + failure_ + (is_option ? " = false;" : " = None;"));
    if (!is_wanted) {
      body_.open(is_option ? "if " + value + ".is_none() {"
                           : "if let Err(error) = " + value + " {");
      body_.line(failure_ + (is_option ? " = true;" : " = Some(error);"));
      body_.line(break_word() + ";");
      body_.close();
      return {};
    }
    const std::string name = names_.unused("value");
    if (is_option) {
      body_.open("let Some(" + name + ") = " + value + " else {");
      body_.line(failure_ + " = true;");
      body_.line(break_word() + ";");
      body_.close("};");
      return name;
    }
    body_.open("let " + name + " = match " + value + " {");
    body_.line("Ok(" + name + ") => " + name + ",");
    body_.open("Err(error) => {");
    body_.line(failure_ + " = Some(error);");
    body_.line(break_word() + ";");
    body_.close();
    body_.close("};");
    return name;
  }
  return has_operator(value) ? "(" + value + ")?" : value + "?";
}

std::string ChainLoop::item() {
  return fallible_ == Fallible::No ? value_ : in_success(value_);
}

std::string ChainLoop::result(const std::string& wish, const std::string& init, Node type) {
  std::string name = place_.name;
  std::string annotation = place_.type;
  if (name.empty()) {
    name = names_.unused(wish);
    annotation = type && !has_hole(type) ? ": " + std::string(type.text()) : "";
  }
  head_.line("let mut " + name + annotation + " = " + init + ";");
  return name;
}

std::pair<std::string, std::string> ChainLoop::result_pair(const std::string& first,
                                                           const std::string& second) {
  std::pair<std::string, std::string> names;
  const Node let = place_.statement;
  std::vector<std::string> types(2);
  const std::vector<Node> parts = let.field("pattern").parts();
  const bool is_let =
      place_.kind == ExpressionPlace::Kind::Let && let.field("pattern").is("tuple_pattern") &&
      parts.size() == 2 && std::all_of(parts.begin(), parts.end(), [&](const Node& part) {
        return part.is("identifier") && !syntax::is_mentioned(place_.expression, part.text());
      });
  if (is_let) {
    names = {std::string(parts[0].text()), std::string(parts[1].text())};
    const Node type = let.field("type");
    const std::vector<Node> written = type.is("tuple_type") ? type.parts() : std::vector<Node>();
    for (size_t index = 0; index < written.size() && index < 2; ++index)
      if (!has_hole(written[index])) types[index] = ": " + std::string(written[index].text());
    // The statement is replaced as a whole.
    place_.name = "(" + names.first + ", " + names.second + ")";
  } else {
    names = {names_.unused(first), names_.unused(second)};
  }
  head_.line("let mut " + names.first + types[0] + " = Vec::new();");
  head_.line("let mut " + names.second + types[1] + " = Vec::new();");
  result_ = "(" + names.first + ", " + names.second + ")";
  return names;
}

void ChainLoop::push(const std::string& container, const Container& how) {
  std::string value = item();
  if (how.made.empty()) {
    body_.line(value + ";");
    return;
  }
  if (how.is_pairs) {
    if (const auto pair = split_pair(value)) {
      value = pair->first + ", " + pair->second;
    } else {
      const std::string key = names_.unused("key");
      const std::string entry = names_.unused("value");
      body_.line("let (" + key + ", " + entry + ") = " + value + ";");
      value = key + ", " + entry;
    }
  } else {
    const bool is_literal =
        value.find("{\n") < value.find('\n') && value.ends_with('}') && !ends_with_block(value);
    if (is_several_lines(value) && !is_literal) {
      const std::string name = names_.unused("value");
      body_.line("let " + name + " = " + value + ";");
      value = name;
    }
    if (how.is_text && !value.starts_with('&')) value = "&" + value;
  }
  body_.line(container + "." + how.push + "(" + value + ");");
}

// The last item that `take` lets through ends the loop.
void ChainLoop::end_take(const std::string& container, const Container* how) {
  if (take_limit_.empty()) return;
  if (how != nullptr && how->made == "Vec::new()") {
    body_.open("if " + container + ".len() == " + take_limit_ + " {");
  } else {
    const std::string taken = names_.unused("taken");
    head_.line("let mut " + taken + " = 0;");
    body_.line(taken + " += 1;");
    body_.open("if " + taken + " == " + take_limit_ + " {");
  }
  body_.line(break_word() + ";");
  body_.close();
}

std::optional<std::vector<base::Edit>> ChainLoop::place(Code all) {
  if (fallible_ == Fallible::No) {
    return put(tree_, place_, {std::move(all), result_});
  }
  std::string success = fallible_ == Fallible::Option ? "Some" : "Ok";
  if (exit_ == ErrorExit::Try) {
    return put(tree_, place_, {std::move(all), result_ == "()" ? "" : result_});
  }
  if (exit_ == ErrorExit::Tail) {
    return put(tree_, place_, {std::move(all), success + "(" + result_ + ")"});
  }
  const std::string value = success + "(" + result_ + ")";
  if (failure_.empty()) return put(tree_, place_, {std::move(all), value});
  Code end;
  if (fallible_ == Fallible::Option) {
    end.line("if " + failure_ + " { None } else { " + value + " }");
  } else {
    end.open("match " + failure_ + " {");
    end.line("Some(error) => Err(error),");
    end.line("None => " + value + ",");
    end.close();
  }
  return put(tree_, place_, {std::move(all), end.as_piece(syntax::layout(tree_.text()))});
}

// `for pattern in chain { .. }`: the stages come first in its body.
std::optional<std::vector<base::Edit>> ChainLoop::into_for_body() {
  const Node body = taker_.field("body");
  const Node pattern = taker_.field("pattern");
  const std::vector<Node> statements = syntax::statements(body);
  const bool has_more = !awaited_ && (is_pull_ || !head_.empty());
  if (has_more || loops_ > 1 || open_ > 0 || statements.empty() ||
      !syntax::ends_line(tree_.text(), body.begin() + 1) || value_.empty() ||
      body.has_child("label"))
    return std::nullopt;
  llvm::StringSet<> own;
  for (const syntax::Binding& binding : syntax::bindings(pattern)) own.insert(binding.name.text());
  for (const auto& name : bound_)
    if (!own.contains(name.getKey()) && syntax::is_mentioned(body, name.getKey().str()))
      return std::nullopt;
  if (value_ != pattern.text())
    body_.line("let " + std::string(pattern.text()) + " = " + value_ + ";");
  const syntax::Layout layout = syntax::layout(tree_.text());
  const uint32_t at = body.begin() + 1;
  const std::string outer(syntax::indentation(tree_.text(), taker_.begin()));
  const std::string indent = outer + layout.indent;
  Code first;
  std::vector<base::Edit> edits;
  if (awaited_) {
    Code before;
    if (!awaited_->declaration.empty()) before.line(awaited_->declaration);
    before.append(head_);
    const std::string head = loop_head(first);
    edits = replace_for_head(tree_, taker_, before.as_piece(layout), head);
    if (edits.empty()) return std::nullopt;
  } else {
    edits = {{{tree_.file(), pattern.begin(), taker_.field("value").end()},
              pattern_ + " in " + settle(source_text(true), layout, outer)}};
  }
  first.append(body_);
  edits.push_back(
      {{tree_.file(), at, at}, std::string(layout.line_end) + indent + first.text(layout, indent)});
  return edits;
}

}  // namespace jaa::rewrite
