// What takes the items of a chain, as the end of a loop's body.
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

// Made of nothing that the program could notice.
bool is_plain_start(Node init) {
  if (is_pure(init) || init.is("macro_invocation")) return true;
  if (init.is("tuple_expression")) {
    const std::vector<Node> parts = init.parts();
    return std::all_of(parts.begin(), parts.end(), is_plain_start);
  }
  return init.is("call_expression") && !has_arguments(init) &&
         init.field("function").is_any({"scoped_identifier", "identifier"});
}

}  // namespace

bool stops_early(std::string_view method) {
  return llvm::StringSwitch<bool>(method)
      .Cases("any", "all", "find", "find_map", "position", "next", true)
      .Default(false);
}

bool ChainLoop::collect(const ChainCall& call) {
  const Node type = fallible_ == Fallible::No ? type_ : inner_;
  const std::vector<Container> all = containers(type, items_);
  choices_.containers = all.size();
  const Container& how = all[guess_.container % all.size()];
  named_if_empty();
  std::string name;
  if (!how.made.empty()) {
    const bool is_written = call.type && how.finish.empty();
    if (!how.finish.empty()) place_.name.clear();
    name = result("collected", how.made, is_written ? type : Node());
  }
  push(name, how);
  end_take(name, &how);
  result_ = how.made.empty() ? "()" : name + how.finish;
  return true;
}

bool ChainLoop::gather(const ChainCall& call) {
  named_if_empty();
  place_.name.clear();
  const Container how{"Vec::new()", "push", false, false, ""};
  const std::string name = result("values", how.made, {});
  push(name, how);
  end_take(name, &how);
  const base::Span rest{tree_.file(), method_name(call.call).begin(), call.call.end()};
  std::string text = piece(tree_, rest);
  // `sum::<Result<T, E>>()` has its errors taken out already.
  if (fallible_ != Fallible::No) {
    text = std::string(call.name);
    if (inner_ && !is_inferred(inner_)) text += "::<" + std::string(inner_.text()) + ">";
    text += "()";
  }
  result_ = name + ".into_iter()." + text;
  return true;
}

bool ChainLoop::add_up(const ChainCall& call) {
  const Node type = fallible_ == Fallible::No ? type_ : inner_;
  // Other types may start from something else than the literal zero: a float's sum does.
  if (!is_integer(type)) return gather(call);
  named_if_empty();
  const bool is_sum = call.name == "sum";
  const std::string name = result(is_sum ? "total" : "product", is_sum ? "0" : "1", type);
  body_.line(name + (is_sum ? " += " : " *= ") + item() + ";");
  end_take(name, nullptr);
  result_ = name;
  return true;
}

bool ChainLoop::count() {
  named_if_empty();
  const std::string name = place_.name.empty() ? names_.unused("count") : place_.name;
  head_.line("let mut " + name + ": usize = 0;");
  if (!is_named_) body_.line("let _ = " + value_ + ";");
  body_.line(name + " += 1;");
  end_take(name, nullptr);
  result_ = name;
  return true;
}

bool ChainLoop::keep_one(bool is_first) {
  named_if_empty();
  const std::string name = result(is_first ? "first" : "last", "None", {});
  body_.line(name + " = Some(" + value_ + ");");
  if (is_first) body_.line(break_word() + ";");
  end_take(name, nullptr);
  result_ = name;
  return true;
}

bool ChainLoop::search(const ChainCall& call) {
  const bool is_find = call.name == "find";
  const bool is_all = call.name == "all";
  const auto value =
      apply(call.arguments[0], is_find ? Take::Reference : Take::Value, ApplyOptions());
  if (!value || value->empty()) return false;
  const std::string name = result(is_all ? "all_match" : "found",
                                  is_find  ? "None"
                                  : is_all ? "true"
                                           : "false",
                                  {});
  body_.open("if " + condition(*value, is_all) + " {");
  body_.line(name + " = " + (is_find ? "Some(" + value_ + ")" : is_all ? "false" : "true") + ";");
  body_.line(break_word() + ";");
  body_.close();
  result_ = name;
  return true;
}

bool ChainLoop::find_map(const ChainCall& call) {
  const auto value = apply(call.arguments[0], Take::Value, {.on_none = "continue"});
  if (!value || value->empty()) return false;
  const std::string name = result("found", "None", {});
  body_.line(name + " = " + *value + ";");
  body_.open("if " + name + ".is_some() {");
  body_.line(break_word() + ";");
  body_.close();
  result_ = name;
  return true;
}

bool ChainLoop::position(const ChainCall& call) {
  std::string index = names_.unused("index");
  const bool is_counted = sink_ != first_ || !is_one_to_one_;
  const auto value = apply(call.arguments[0], Take::Value, {});
  if (!value || value->empty()) return false;
  if (is_counted) {
    head_.line("let mut " + index + " = 0;");
  } else {
    source_suffix_ += ".enumerate()";
    pattern_ = "(" + index + ", " + pattern_ + ")";
  }
  const std::string name = result("found", "None", {});
  body_.open("if " + condition(*value, false) + " {");
  body_.line(name + " = Some(" + index + ");");
  body_.line(break_word() + ";");
  body_.close();
  if (is_counted) body_.line(index + " += 1;");
  result_ = name;
  return true;
}

bool ChainLoop::for_each(const ChainCall& call, bool is_try) {
  ApplyOptions options;
  options.may_leave = is_try && may_leave_;
  // The items that a `take` lets through are counted at the end of the body.
  if (take_limit_.empty()) (is_try ? options.on_success : options.on_return) = "continue";
  const auto value = apply(call.arguments[0], Take::Value, options);
  if (!value) return false;
  if (is_try) {
    const std::string inner = in_success(*value, /*is_wanted=*/false);
    if (inner != "()" && !inner.empty()) body_.line(inner + ";");
    result_ = "()";
  } else if (!value->empty()) {
    body_.line(*value + (ends_with_block(*value) ? "" : ";"));
  }
  end_take("", nullptr);
  return true;
}

// What the variable of a fold is, as it is written at the closure, or where the value goes:
// what is made empty says nothing of what will be in it.
std::string ChainLoop::carried_type(Node carried, Node init, bool is_try) const {
  Node type = carried.parent().is("parameter") ? carried.parent().field("type") : Node();
  if (!type && !is_try && init.is("call_expression")) {
    type = expected_type(place_.expression, items_);
  }
  const bool is_plain =
      type && !is_inferred(type) && type.text().find("impl ") == std::string_view::npos;
  return is_plain ? ": " + std::string(type.text()) : "";
}

bool ChainLoop::fold(const ChainCall& call, bool is_try) {
  const Node init = call.arguments[0];
  const Node closure = call.arguments[1];
  const ClosureParts parts = closure_parts(closure);
  if (!is_free(closure)) return false;
  if (closure.is_any({"identifier", "scoped_identifier"})) return fold_by_name(call, is_try);
  if (parts.patterns.size() != 2 || changes_own_copy(parts)) return false;
  const Node carried = parts.patterns[0];
  if (carried.is("tuple_pattern")) return fold_parts(call, is_try);
  if (!carried.is_any({"identifier", "mut_pattern"}) || syntax::bindings(carried).size() != 1)
    return false;
  const std::string own(syntax::bindings(carried)[0].name.text());
  if (!bind(parts.patterns[1])) return false;
  std::string name = place_.name;
  const Node function = syntax::outermost_function(closure);
  const bool is_own_only =
      syntax::mentions(function, own).size() == syntax::mentions(closure, own).size();
  const bool is_same = place_.let_name == own && syntax::mentions(place_.expression, own).size() ==
                                                     syntax::mentions(closure, own).size();
  if (is_same) {
    place_.name = own;
    name = own;
  } else if (name.empty() || !renamed(parts.body, own, name)) {
    place_.name.clear();
    name = is_own_only ? own : names_.unused(own);
  }
  auto edits = renamed(parts.body, own, name);
  if (!edits) return false;
  if (!is_plain_start(init)) keep_source();
  std::string type = place_.name.empty() ? "" : place_.type;
  if (type.empty()) type = carried_type(carried, init, is_try);
  head_.line("let mut " + name + type + " = " + piece(tree_, init.span()) + ";");

  InlineOptions options;
  options.may_leave = is_try && may_leave_;
  options.is_awaited = std::find(futures_.begin(), futures_.end(), closure) != futures_.end();
  std::string value = inline_body(tree_, closure, std::move(*edits), options, body_);
  if (is_try) value = in_success(value);
  if (value.empty()) return false;
  const std::string added = name + " + ";
  const bool is_sum = init.is_any({"integer_literal", "float_literal"}) &&
                      value.starts_with(added) && !has_operator(value.substr(added.size()));
  if (is_sum) {
    body_.line(name + " += " + value.substr(added.size()) + ";");
  } else if (value != name) {
    body_.line(name + " = " + value + ";");
  }
  end_take(name, nullptr);
  result_ = name;
  return true;
}

// `fold(first, Money::add)`
bool ChainLoop::fold_by_name(const ChainCall& call, bool is_try) {
  const Node init = call.arguments[0];
  const Node given = call.arguments[1];
  const std::string item = named();
  if (syntax::is_mentioned(given, place_.name)) place_.name.clear();
  const std::string name = place_.name.empty() ? names_.unused("folded") : place_.name;
  if (!is_plain_start(init)) keep_source();
  std::string type = place_.name.empty() ? "" : place_.type;
  if (type.empty()) type = carried_type(given, init, is_try);
  head_.line("let mut " + name + type + " = " + piece(tree_, init.span()) + ";");
  std::string value = called(given, name + ", " + item);
  if (is_try) value = in_success(value);
  body_.line(name + " = " + value + ";");
  end_take(name, nullptr);
  result_ = name;
  return true;
}

// A function by its name, called.
std::string ChainLoop::called(Node function, const std::string& arguments) const {
  const bool is_awaited = std::find(futures_.begin(), futures_.end(), function) != futures_.end();
  return std::string(function.text()) + "(" + arguments + ")" + (is_awaited ? ".await" : "");
}

// A fold whose closure takes what it carries apart: `|(sum, most), x| ..`.
bool ChainLoop::fold_parts(const ChainCall& call, bool is_try) {
  const Node init = call.arguments[0];
  const Node closure = call.arguments[1];
  const Node carried = closure_parts(closure).patterns[0];
  if (!bind(closure_parts(closure).patterns[1])) return false;
  std::string name = place_.name;
  if (name.empty() || syntax::is_mentioned(closure, name)) {
    place_.name.clear();
    name = names_.unused("folded");
  }
  if (!is_plain_start(init)) keep_source();
  std::string type = place_.name.empty() ? "" : place_.type;
  if (type.empty()) type = carried_type(carried, init, is_try);
  head_.line("let mut " + name + type + " = " + piece(tree_, init.span()) + ";");
  body_.line("let " + std::string(carried.text()) + " = " + name + ";");

  InlineOptions options;
  options.may_leave = is_try && may_leave_;
  options.is_awaited = std::find(futures_.begin(), futures_.end(), closure) != futures_.end();
  std::string value = inline_body(tree_, closure, {}, options, body_);
  if (is_try) value = in_success(value);
  if (value.empty()) return false;
  body_.line(name + " = " + value + ";");
  end_take(name, nullptr);
  result_ = name;
  return true;
}

// What two items become is asked as soon as the second is there.
bool ChainLoop::reduce(const ChainCall& call) {
  const Node given = call.arguments[0];
  const ClosureParts parts = closure_parts(given);
  const bool is_closure = parts.patterns.size() == 2 && parts.patterns[1].is("identifier");
  const bool is_path = given.is_any({"identifier", "scoped_identifier"});
  if ((!is_closure && !is_path) || !is_free(given) || changes_own_copy(parts) ||
      !take_limit_.empty())
    return false;
  if (is_closure && !bind(parts.patterns[1])) return false;
  const std::string item = is_closure ? std::string(parts.patterns[1].text()) : named();
  if (syntax::is_mentioned(given, place_.name)) place_.name.clear();
  const std::string name = result("reduced", "None", {});
  const std::string kept = is_closure ? pattern_text(parts.patterns[0]) : names_.unused("so_far");
  body_.open("let Some(" + kept + ") = " + name + " else {");
  body_.line(name + " = Some(" + item + ");");
  body_.line("continue;");
  body_.close("};");
  std::string value;
  if (is_closure) {
    InlineOptions options;
    options.is_awaited = std::find(futures_.begin(), futures_.end(), given) != futures_.end();
    value = inline_body(tree_, given, {}, options, body_);
  } else {
    value = called(given, kept + ", " + item);
  }
  if (value.empty()) return false;
  body_.line(name + " = Some(" + value + ");");
  result_ = name;
  return true;
}

bool ChainLoop::keyed(const ChainCall& call) {
  const auto value = apply(call.arguments[0], Take::Reference, {});
  if (!value || value->empty()) return false;
  place_.name.clear();
  const std::string name = result("keyed", "Vec::new()", {});
  body_.line(name + ".push((" + *value + ", " + named() + "));");
  const std::string method = call.name == "max_by_key" ? "max_by" : "min_by";
  result_ = name + "\n    .into_iter()\n    ." + method +
            "(|a, b| a.0.cmp(&b.0))\n    .map(|(_, item)| item)";
  return true;
}

bool ChainLoop::partition(const ChainCall& call) {
  const auto value = apply(call.arguments[0], Take::Reference, {});
  if (!value || value->empty()) return false;
  const auto [kept, rest] = result_pair("kept", "rest");
  const std::string item = named();
  body_.open("if " + condition(*value, false) + " {");
  body_.line(kept + ".push(" + item + ");");
  body_.close_and_open("} else {");
  body_.line(rest + ".push(" + item + ");");
  body_.close();
  return true;
}

bool ChainLoop::unzip() {
  named_if_empty();
  const auto pair = split_pair(value_);
  std::pair<std::string, std::string> halves;
  const auto [left, right] = result_pair("left", "right");
  if (pair) {
    halves = *pair;
  } else {
    halves = {names_.unused("first"), names_.unused("second")};
    body_.line("let (" + halves.first + ", " + halves.second + ") = " + value_ + ";");
  }
  body_.line(left + ".push(" + halves.first + ");");
  body_.line(right + ".push(" + halves.second + ");");
  end_take(left, nullptr);
  return true;
}

bool ChainLoop::extend() {
  const Node receiver = chain_receiver(taker_);
  if (!receiver) {
    const std::vector<Container> all = containers(type_, items_);
    choices_.containers = all.size();
    const Container& how = all[guess_.container % all.size()];
    if (how.made.empty()) return false;
    named_if_empty();
    const std::string name = result("collected", how.made, {});
    push(name, how);
    result_ = name;
    return true;
  }
  if (!is_pure(receiver) || !is_free(receiver)) return false;
  const std::vector<Container> all = containers({}, items_);
  choices_.containers = all.size();
  named_if_empty();
  push(std::string(receiver.text()), all[guess_.container % all.size()]);
  return take_limit_.empty();
}

bool ChainLoop::sink() {
  if (sink_ == chain_.calls.size()) return taker_.is("for_expression") || extend();
  const ChainCall& call = chain_.calls[sink_];
  const std::string_view name = call.name;
  if (name == "collect") return collect(call);
  if (name == "for_each" || name == "try_for_each") return for_each(call, name != "for_each");
  if (name == "fold" || name == "try_fold") return fold(call, name != "fold");
  if (name == "any" || name == "all" || name == "find") return search(call);
  if (name == "find_map") return find_map(call);
  if (name == "position") return position(call);
  if (name == "sum" || name == "product") return add_up(call);
  if (name == "count") return count();
  if (name == "last" || name == "next") return keep_one(name == "next");
  if (name == "partition") return partition(call);
  if (name == "unzip") return unzip();
  if (name == "reduce") return reduce(call);
  const bool is_first = sink_ == first_;
  if (name == "max_by_key" || name == "min_by_key") return is_first ? keyed(call) : gather(call);
  return !is_first && gather(call);
}

}  // namespace jaa::rewrite
