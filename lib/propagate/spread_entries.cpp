// Where a plan ends: `main`, tests, and functions that keep a form that is not async.

#include "propagate/blocking.h"
#include "propagate/call_shape.h"
#include "propagate/spreader.h"
#include "propagate/unblock.h"
#include "syntax/items.h"
#include "syntax/layout.h"

namespace jaa::propagate {

using syntax::Node;

void Spreader::finish_entries() {
  constexpr size_t MostSeparate = 3;
  for (const Entry& entry : entries_) {
    const Node function = entry.function;
    const bool is_main = function.field("name").text() == "main";
    size_t calls = 0;
    bool in_closure = false;
    bool waits_for_some = false;
    for (const Call& call : calls_) {
      if (call.form == Form::Entry && call.entry == function.span()) {
        ++calls;
        waits_for_some |= !groups_[call.callee].keeps_sync;
        in_closure |= call.in_closure;
      }
    }
    const std::string attribute = entry_attribute(facts_.package(), !is_main);
    const bool is_split =
        attribute.empty() && waits_for_some && (calls > MostSeparate || in_closure);
    std::string note;
    if (attribute.empty() && !waits_for_some) {
      note = "calls the forms that are not async, as before";
    } else if (!attribute.empty()) {
      add_attribute(function, attribute);
      unblock(function);
      note = "run by `" + attribute + "`";
    } else {
      const std::string block_on = waiting_.call_at(function);
      note = "runs the future to its end by `" + block_on + "`";
      if (is_split) {
        split(function, block_on);
        unblock(function);
      }
    }
    const bool waits = attribute.empty() && !is_split;
    for (Call& call : calls_) {
      if (call.form == Form::Entry && call.entry == function.span()) {
        call.form = waits ? Form::Block : Form::Await;
      }
    }
    step(SpreadStep::Kind::Runs, function, note, entry_causes_[function.span()]);
  }
}

void Spreader::unblock(Node function) {
  for (base::Edit& edit : await_where_it_blocks(facts_, plain(function))) {
    plan_.edits.push_back(std::move(edit));
  }
}

void Spreader::insert(base::FileId file, uint32_t at, std::string text) {
  plan_.edits.push_back({{file, at, at}, std::move(text)});
}

void Spreader::add_attribute(Node function, const std::string& attribute) {
  const base::FileId file = function.span().file;
  bool is_replaced = false;
  for (Node before = function.previous(); before.is("attribute_item") || before.is_comment();
       before = before.previous()) {
    if (before.text() == "#[test]") {
      plan_.edits.push_back({before.span(), attribute});
      is_replaced = true;
    }
  }
  const std::string_view text = facts_.files().text(file);
  insert(file, async_offset(function),
         is_replaced || async_offset(function) != function.begin()
             ? "async "
             : attribute + std::string(syntax::layout(text).line_end) +
                   std::string(syntax::indentation(text, function.begin())) + "async ");
  if (!is_replaced && async_offset(function) != function.begin()) {
    insert(file, function.begin(),
           attribute + std::string(syntax::layout(text).line_end) +
               std::string(syntax::indentation(text, function.begin())));
  }
}

void Spreader::split(Node function, const std::string& block_on) {
  const base::FileId file = function.span().file;
  const std::string_view text = facts_.files().text(file);
  const syntax::Layout layout = syntax::layout(text);
  const std::string line =
      std::string(layout.line_end) + std::string(syntax::indentation(text, function.begin()));
  const Node name = function.field("name");
  std::string other = "async_" + std::string(name.text());
  while (!facts_.items().functions(other).empty()) {
    other += "_";
  }
  const std::string head(
      text.substr(function.begin(), function.field("body").begin() - function.begin()));
  // What becomes one function's edits must not touch: the head is written in one piece.
  const uint32_t begin = async_offset(function);
  const std::string between(text.substr(begin, name.begin() - begin));
  plan_.edits.push_back({{file, function.begin(), name.end()},
                         head + "{" + line + layout.indent + block_on + "(" + other + "())" + line +
                             "}" + std::string(layout.line_end) + line + "async " + between +
                             other});
}

void Spreader::keep_sync(Node function) {
  const base::FileId file = function.span().file;
  const std::string_view text = facts_.files().text(file);
  const syntax::Layout layout = syntax::layout(text);
  const std::string line =
      std::string(layout.line_end) + std::string(syntax::indentation(text, function.begin()));
  const std::string name(function.field("name").text());
  std::string arguments;
  bool has_self = false;
  for (const Node& parameter : function.field("parameters").named_children()) {
    if (parameter.is("self_parameter")) {
      has_self = true;
    } else if (parameter.is("parameter")) {
      std::string_view pattern = parameter.field("pattern").text();
      if (!parameter.field("pattern").is("identifier")) {
        stop(function, "`" + name +
                           "`, whose parameters are patterns, so that nothing can "
                           "be handed on");
        return;
      }
      arguments += (arguments.empty() ? "" : ", ") + std::string(pattern);
    }
  }
  const std::string callee = has_self                    ? "self." + name + "_async"
                             : syntax::impl_of(function) ? "Self::" + name + "_async"
                                                         : name + "_async";
  std::string head(
      text.substr(function.begin(), function.field("body").begin() - function.begin()));
  // `mut` of a parameter is the body's own.
  insert(file, function.begin(),
         head + "{" + line + layout.indent + waiting_.call_at(function) + "(" + callee + "(" +
             arguments + "))" + line + "}" + std::string(layout.line_end) + line);
}

}  // namespace jaa::propagate
