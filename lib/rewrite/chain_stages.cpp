// The stages of a chain, which hand an item on, as statements of a loop.
#include <algorithm>
#include <array>

#include "llvm/ADT/StringSwitch.h"
#include "rewrite/chain_loop.h"
#include "rewrite/evaluation.h"
#include "rewrite/text_shape.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// One name out of the name of many.
// Methods that give an iterator; of others, and of variables, one is made.
bool is_iteration_method(std::string_view method) {
  return llvm::StringSwitch<bool>(method)
      .Cases("iter", "iter_mut", "into_iter", "chars", "bytes", "lines", "keys", "values", true)
      .Cases("map", "filter", "rev", "skip", "take", "cycle", "enumerate", "cloned", "copied", true)
      .Cases("split", "split_whitespace", "windows", "chunks", "drain", true)
      .Default(false);
}

// The items that it hands on are those it was given.
bool keeps_items(std::string_view method) {
  return llvm::StringSwitch<bool>(method)
      .Cases("filter", "take", "skip", "take_while", "skip_while", "inspect", "fuse", true)
      .Default(false);
}

}  // namespace

bool drops_items(std::string_view method) {
  return !llvm::StringSwitch<bool>(method)
              .Cases("map", "inspect", "enumerate", "cloned", "copied", "take", "rev", "fuse", true)
              .Default(false);
}

bool ChainLoop::filter(size_t index) {
  const ChainCall& call = chain_.calls[index];
  const auto value = apply(call.arguments[0], Take::Reference, {});
  if (!value || value->empty()) return false;
  is_one_to_one_ = false;
  if (index + 1 == sink_ && sink_ < chain_.calls.size()) {
    open("if " + condition(*value, false) + " {");
    return true;
  }
  body_.open("if " + condition(*value, true) + " {");
  body_.line("continue;");
  body_.close();
  return true;
}

bool ChainLoop::filter_map(size_t index, bool stops) {
  const ChainCall& call = chain_.calls[index];
  const auto value =
      apply(call.arguments[0], Take::Value,
            {.on_return = "", .on_none = stops ? "" : "continue", .may_leave = false});
  if (!value || value->empty()) return false;
  is_one_to_one_ = false;
  const std::string name = next_name(index, "value");
  let_else("Some(" + name + ")", *value, stops ? break_word() : "continue");
  bound_.insert(name);
  set(name, true);
  return true;
}

// What the item that comes to a `flatten` is: told by the source, where it is one of its items,
// else guessed.
Fallible ChainLoop::item_kind(size_t index) {
  const bool is_of_source =
      source_item_ && chain_.calls[index].name == "flatten" &&
      std::all_of(chain_.calls.begin(), chain_.calls.begin() + static_cast<ptrdiff_t>(index),
                  [](const ChainCall& call) { return keeps_items(call.name); });
  if (is_of_source) return fallible(source_item_);
  choices_.flattens = 3;
  return std::array{Fallible::Option, Fallible::Result, Fallible::No}[guess_.flatten];
}

bool ChainLoop::flatten(size_t index, std::string value, bool is_bare) {
  is_one_to_one_ = false;
  const std::string name = next_name(index, "value");
  const Fallible kind = item_kind(index);
  if (kind != Fallible::No) {
    let_else((kind == Fallible::Option ? "Some(" : "Ok(") + name + ")", value, "continue");
  } else {
    if (!is_bare || is_several_lines(value)) {
      const std::string all = names_.unused("values");
      body_.line("let " + all + " = " + value + ";");
      value = all;
    }
    open("for " + name + " in " + value + " {");
    ++loops_;
  }
  bound_.insert(name);
  set(name, true);
  return true;
}

// The number that `take` or `skip` is given, as it was before the loop.
bool ChainLoop::number(const ChainCall& call, std::string& limit) {
  const Node argument = call.arguments[0];
  limit = std::string(argument.text());
  if (argument.is("integer_literal")) return true;
  if (!is_free(argument)) return false;
  const Node all = chain_.calls[sink_ < chain_.calls.size() ? sink_ : sink_ - 1].call;
  if (is_pure(argument) && !may_change_names_of(all, argument)) return true;
  keep_source();
  limit = names_.unused("limit");
  head_.line("let " + limit + " = " + piece(tree_, argument.span()) + ";");
  return true;
}

// The source is made before what follows, and the loop takes from it.
void ChainLoop::keep_source() {
  if (!kept_source_.empty()) return;
  kept_source_ = names_.unused("items");
}

bool ChainLoop::take(size_t index) {
  const ChainCall& call = chain_.calls[index];
  if (is_pull_ || !take_limit_.empty()) return false;
  std::string limit;
  if (!number(call, limit)) return false;
  bool is_even = call.arguments[0].is("integer_literal") && limit != "0" &&
                 sink_ < chain_.calls.size() && !stops_early(chain_.calls[sink_].name);
  for (size_t at = index + 1; at < sink_; ++at) is_even &= !drops_items(chain_.calls[at].name);
  if (is_even) {
    // The item that makes it full ends the loop.
    take_limit_ = limit;
    return true;
  }
  // An iterator that has given enough is not asked again.
  if (loops_ > 1) return false;
  keep_source();
  is_pull_ = true;
  const std::string taken = names_.unused("taken");
  head_.line("let mut " + taken + " = 0;");
  pull_condition_ = taken + " < " + limit;
  if (!value_.empty()) named();
  body_.line(taken + " += 1;");
  return true;
}

bool ChainLoop::stage(size_t index) {
  const ChainCall& call = chain_.calls[index];
  const std::string_view name = call.name;
  const Node argument = call.arguments.empty() ? Node() : call.arguments[0];
  if (name == "map") {
    const bool may_leave = index + 1 == sink_ && may_leave_;
    const auto value = apply(argument, Take::Value, {.may_leave = may_leave});
    if (!value) return false;
    set(value->empty() ? "()" : *value, false);
    return true;
  }
  if (name == "inspect") {
    const auto value = apply(argument, Take::Reference, {.on_return = ""});
    if (value && !value->empty()) body_.line(*value + ";");
    return value.has_value();
  }
  if (name == "filter") return filter(index);
  if (name == "filter_map") return filter_map(index, false);
  if (name == "map_while") return filter_map(index, true);
  if (name == "flat_map") {
    const auto value = apply(argument, Take::Value, {});
    if (!value || value->empty()) return false;
    const Node body = closure_parts(argument).body;
    return flatten(index, *value, leaves_nothing(body.is("block") ? tail_of(body) : body));
  }
  if (name == "flatten") return flatten(index, value_, is_named_);
  if (name == "take_while" || name == "skip_while") {
    const auto value = apply(argument, Take::Reference, {});
    if (!value || value->empty()) return false;
    is_one_to_one_ = false;
    if (name == "take_while") {
      body_.open("if " + condition(*value, true) + " {");
      body_.line(break_word() + ";");
      body_.close();
      return true;
    }
    // The condition is not asked any more once it was false; its statements would be.
    if (closure_parts(argument).body.is("block")) return false;
    const std::string skips = names_.unused("is_skipping");
    head_.line("let mut " + skips + " = true;");
    body_.open("if " + skips + " && " + *value + " {");
    body_.line("continue;");
    body_.close();
    body_.line(skips + " = false;");
    return true;
  }
  if (name == "take") return take(index);
  if (name == "skip") {
    std::string limit;
    if (loops_ > 1 || !number(call, limit)) return false;
    const std::string skipped = names_.unused("skipped");
    head_.line("let mut " + skipped + " = 0;");
    // What is skipped is computed all the same.
    if (!is_named_ && !value_.empty()) named();
    body_.open("if " + skipped + " < " + limit + " {");
    body_.line(skipped + " += 1;");
    body_.line("continue;");
    body_.close();
    is_one_to_one_ = false;
    return true;
  }
  if (name == "enumerate") {
    const std::string index_name = index_wish(index);
    bound_.insert(index_name);
    if (is_one_to_one_ && !is_pull_ && loops_ == 1 && kept_source_.empty() &&
        source_suffix_.find("enumerate") == std::string::npos) {
      source_suffix_ += ".enumerate()";
      pattern_ = "(" + index_name + ", " + pattern_ + ")";
    } else {
      const std::string counter = names_.unused("count");
      named();
      head_.line("let mut " + counter + " = 0;");
      body_.line("let " + index_name + " = " + counter + ";");
      body_.line(counter + " += 1;");
    }
    set("(" + index_name + ", " + value_ + ")", false);
    return true;
  }
  if (name == "zip") {
    if (loops_ > 1 || !is_free(argument)) return false;
    keep_source();
    const std::string others = names_.unused("others");
    const bool is_iterator = is_iteration_method(method_name(argument).text());
    head_.line("let mut " + others + " = " + piece(tree_, argument.span()) +
               (is_iterator ? ";" : ".into_iter();"));
    const std::string item = named();
    const std::string other = names_.unused("other");
    let_else("Some(" + other + ")", others + ".next()", "break");
    bound_.insert(other);
    is_one_to_one_ = false;
    set("(" + item + ", " + other + ")", false);
    return true;
  }
  if (name == "cloned" || name == "copied") {
    const std::string item = named();
    set(name == "cloned" ? item + ".clone()" : "*" + item, false);
    return true;
  }
  if (name == "rev") {
    // The closures before it are called from the back as well.
    for (size_t at = first_; at < index; ++at)
      if (chain_.calls[at].name != "map" && chain_.calls[at].name != "filter" &&
          chain_.calls[at].name != "inspect" && chain_.calls[at].name != "filter_map")
        return false;
    if (!kept_source_.empty() || !source_suffix_.empty()) return false;
    source_suffix_ = ".rev()";
    return true;
  }
  return name == "fuse";
}

}  // namespace jaa::rewrite
