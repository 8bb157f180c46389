// What the code around a use becomes, and so what the use does there.

#include <algorithm>
#include <array>

#include "propagate/call_shape.h"
#include "propagate/find_function.h"
#include "propagate/spreader.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

bool Spreader::is_for_thread(Node argument) const {
  const Node call = argument.parent().parent();
  if (!argument.parent().is("arguments") || !call.is("call_expression")) {
    return false;
  }
  const std::string_view name = syntax::called_name(call);
  const bool is_known = name == "spawn" || name == "scope" || name == "spawn_scoped" ||
                        name == "spawn_blocking" || name == "block_in_place";
  return is_known && facts_.items().functions(name).empty();
}

std::string_view Spreader::comparing_method(Node argument) const {
  const Node call = argument.parent().parent();
  if (!argument.parent().is("arguments") || !call.field("function").is("field_expression")) {
    return {};
  }
  constexpr std::array Methods{std::string_view("sort_by"),
                               std::string_view("sort_by_key"),
                               std::string_view("sort_unstable_by"),
                               std::string_view("sort_unstable_by_key"),
                               std::string_view("binary_search_by"),
                               std::string_view("binary_search_by_key"),
                               std::string_view("select_nth_unstable_by"),
                               std::string_view("is_sorted_by"),
                               std::string_view("partition_point")};
  const std::string_view name = syntax::called_name(call);
  const bool is_known = std::find(Methods.begin(), Methods.end(), name) != Methods.end();
  return is_known && facts_.items().functions(name).empty() ? name : std::string_view();
}

Spreader::Form Spreader::blocks(Node at, const std::string& note, size_t caused_by) {
  step(SpreadStep::Kind::Blocks, at, note, caused_by);
  return Form::Block;
}

Spreader::Form Spreader::reach(Call& call, size_t caused_by) {
  Node at = call.around;
  if (call.is_value && !comparing_method(at).empty() && !waiting_.starts_runtime(plain_at(at))) {
    return blocks(at, "`" + std::string(comparing_method(at)) + "` calls it to compare: waits",
                  caused_by);
  }
  if (call.is_value) {
    if (const auto form = as_value(at, caused_by)) {
      call.becomes_box = *form == Form::Await;
      return *form;
    }
  }
  if (call.is_value && is_for_thread(at)) {
    return blocks(at, "runs on a thread of its own, which waits", caused_by);
  }
  Node function = syntax::enclosing_function(at);
  call.in_closure = call.is_value;
  Node closure;
  while (function.is("closure_expression") && !syntax::is_async_function(function)) {
    if (is_for_thread(function)) {
      return blocks(function.parent().parent().field("function"),
                    "runs on a thread of its own, which waits", caused_by);
    }
    const std::string_view method = comparing_method(function);
    if (!method.empty() && !waiting_.starts_runtime(plain_at(function))) {
      return blocks(function, "`" + std::string(method) + "` calls it to compare: waits",
                    caused_by);
    }
    if (const auto form = as_value(function, caused_by)) {
      return *form;
    }
    call.in_closure = true;
    closure = function;
    function = syntax::enclosing_function(function);
  }
  const Node macro = syntax::enclosing(at, {"macro_invocation"});
  if (macro && macro.parent().is_any({"source_file", "declaration_list", "expression_statement"}) &&
      !syntax::enclosing(macro, {"block", "static_item", "const_item"}) &&
      at != macro.field("macro")) {
    const std::string_view name = syntax::last_name(macro.field("macro"));
    if (name != "thread_local" && name != "lazy_static") {
      stop(at, "a function that a macro makes");
      return Form::Stopped;
    }
  }
  if (!function || !syntax::enclosing(at, {"function_item"})) {
    if (!call.in_closure && !syntax::is_in_macro(call.around)) {
      stop(at, "a constant or static, which is computed when the program is compiled");
      return Form::Stopped;
    }
    return blocks(syntax::enclosing(at, {"static_item", "const_item", "macro_invocation"}),
                  "a value that is made once, by whoever is first, who waits", caused_by);
  }
  if (syntax::is_async_function(function)) {
    const Node item = syntax::enclosing(at, {"function_item"});
    step(SpreadStep::Kind::Awaits, item ? plain(item) : function, "", caused_by);
    call.caller = item ? plain(item) : Node();
    return Form::Await;
  }
  const Node item = plain(function);
  call.caller = item;
  if (syntax::is_in_macro(item) || !item) {
    stop(call.around, "a function that a macro makes");
    return Form::Stopped;
  }
  const std::string name(item.field("name").text());
  if (std::find(options_.ends_at.begin(), options_.ends_at.end(), item) != options_.ends_at.end()) {
    return blocks(item,
                  waiting_.starts_runtime(item)
                      ? "ends here, as asked: waits in a runtime of its own, which panics where "
                        "another one runs"
                      : "ends here, as asked: waits",
                  caused_by);
  }
  if (std::find(options_.idle.begin(), options_.idle.end(), item) != options_.idle.end()) {
    return blocks(item, "would await nothing but in closures that cannot: waits", caused_by);
  }
  if (is_entry(item)) {
    call.entry = item.span();
    if (std::none_of(entries_.begin(), entries_.end(),
                     [&item](const Entry& entry) { return entry.function == item; })) {
      entries_.push_back({item, 0});
    }
    entry_causes_.insert({item.span(), caused_by});
    return Form::Entry;
  }
  if (const std::string trait = foreign_trait(facts_, item); !trait.empty()) {
    if (waiting_.starts_runtime(item)) {
      stop(item, "`" + trait + "::" + name +
                     "`, a method of another crate's trait; a runtime cannot be started in "
                     "it, as one may be running");
      return Form::Stopped;
    }
    return blocks(item, "`" + trait + "` is a trait of another crate: its methods wait", caused_by);
  }
  const std::string form = fixed_form(item);
  if (form == "const") {
    stop(item, "`" + name + "`, which is `const`");
    return Form::Stopped;
  }
  if (form == "extern") {
    return blocks(item, "called from other languages: waits", caused_by);
  }
  become_async(item, caused_by);
  if (closure) {
    step(SpreadStep::Kind::Closure, closure, "its form is found by trials",
         groups_[group_of(item)].step);
  }
  return Form::Await;
}

std::optional<Spreader::Form> Spreader::as_value(Node value, size_t caused_by) {
  const Node type = callables_->type_of(value);
  if (!type && !is_kept(value)) {
    return std::nullopt;
  }
  plan_.has_values |= type.is_valid();
  if (type && options_.converts_values && !callables_->changes_copies(callables_->alike(type))) {
    convert(type, caused_by);
    return Form::Await;
  }
  if (waiting_.starts_runtime(plain_at(value))) {
    stop(value, "a function that is kept as a value, in which no runtime can be started");
    return Form::Stopped;
  }
  return blocks(value, "kept as a value of a type that is written out: waits", caused_by);
}

void Spreader::convert(Node type, size_t caused_by) {
  for (const Group& group : groups_) {
    if (std::find(group.types.begin(), group.types.end(), type) != group.types.end()) {
      return;
    }
  }
  Group group;
  group.types = callables_->alike(type);
  group.is_boxed = true;
  group.step =
      step(SpreadStep::Kind::Boxed, type,
           "the type of functions that are kept as values; they return a boxed future", caused_by);
  const size_t index = groups_.size();
  groups_.push_back(group);
  for (const Node& closure : callables_->closures(group.types)) {
    closures_.push_back(closure);
    plan_.has_captures |= !captured_names(closure).empty();
  }
  for (const Node& node : callables_->calls(group.types)) {
    if (node.parent().is("await_expression")) {
      continue;
    }
    Call call;
    call.place = node.span();
    call.name = node.span();
    call.around = node;
    call.callee = index;
    call.form = reach(call, group.step);
    if (call.form == Form::Stopped) {
      return;
    }
    ++plan_.calls;
    calls_.push_back(call);
  }
}

}  // namespace jaa::propagate
