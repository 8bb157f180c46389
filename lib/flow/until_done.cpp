#include "flow/until_done.h"

#include <string>
#include <vector>

#include "flow/call_sites.h"
#include "llvm/ADT/StringRef.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::flow {

using syntax::Node;

namespace {

// The variant that carries what the wrapped future has given.
std::string_view done_variant(std::string_view wrapper) {
  if (wrapper == "Option") return "Some";
  if (wrapper == "Result") return "Ok";
  return wrapper == "Poll" ? "Ready" : std::string_view();
}

// What the function declares before its body.
llvm::StringRef head_of(Node function) {
  return llvm::StringRef(function.text())
      .substr(0, function.field("body").begin() - function.begin());
}

bool is_type_parameter(Node function, llvm::StringRef name) {
  bool result = false;
  for (const Node& part : function.field("type_parameters").named_children())
    result |= name == llvm::StringRef(part.field("name").text());
  return result;
}

// `type` is what the future of type `future` gives: `F::Output` for `Pin<&mut F>`, or the
// parameter `T` of the one bound that says so. A type that is written out may be the callee's own.
bool is_output_of(Node function, llvm::StringRef future, llvm::StringRef type) {
  const llvm::StringRef inner = future.rtrim('>');
  const std::string name = inner.drop_front(inner.find_last_of(" <") + 1).str();
  if (type == name + "::Output" || type == "<" + name + " as Future>::Output") return true;
  return is_type_parameter(function, type) &&
         head_of(function).count(("Future<Output = " + type + ">").str()) == 1;
}

// By what is written there; of a time limit of another crate, by its name.
std::string_view done_value_of(const Facts& facts, Node call, size_t index) {
  const CallSites sites(facts.trees(), facts.crates(), facts.items());
  const std::vector<Node> callees = sites.callees(call);
  if (callees.empty()) {
    const std::string_view name = CallSites::called_name(call);
    return name == "timeout" || name == "timeout_at" ? "Ok" : std::string_view();
  }
  const Node function = callees.front();
  const Node returned = function.field("return_type");
  const std::vector<Node> parameters = function.field("parameters").parts();
  const std::vector<Node> arguments = returned.field("type_arguments").parts();
  if (callees.size() != 1 || index >= parameters.size() || arguments.empty()) return {};
  const std::string_view type = parameters[index].field("type").text();
  return is_output_of(function, type, arguments.front().text())
             ? done_variant(syntax::last_name(returned))
             : std::string_view();
}

// The branch ends with a way out of `loop`, or of the function.
bool leaves(Node branch, Node loop) {
  Node last = branch;
  while (last.is_any({"block", "expression_statement"})) {
    const std::vector<Node> parts = last.is("block") ? syntax::statements(last) : last.parts();
    last = parts.empty() ? Node() : parts.back();
  }
  const Node around =
      syntax::enclosing(last, {"loop_expression", "while_expression", "for_expression"});
  return last.is("return_expression") || (last.is("break_expression") && loop && around == loop);
}

bool is_variant(Node pattern, std::string_view name) {
  return pattern.is("tuple_struct_pattern") && syntax::last_name(pattern.field("type")) == name;
}

// Each arm for the value that is done leaves, and no arm for any value stands for it.
bool arms_leave(Node match, std::string_view done, Node loop) {
  bool has_one = false;
  for (const Node& arm : match.field("body").parts()) {
    const std::vector<Node> patterns = arm.field("pattern").parts();
    if (patterns.empty()) return false;
    const Node pattern = patterns.front();
    if (is_variant(pattern, done)) {
      if (!leaves(arm.field("value"), loop)) return false;
      has_one |= patterns.size() == 1;
    } else if (pattern.is("identifier") && !has_one && pattern.text() != "None") {
      return false;
    }
  }
  return has_one;
}

// `value` is looked at, and what is done leaves.
bool is_branched_on(Node value, std::string_view done, Node loop) {
  const Node parent = value.parent();
  if (parent.is("match_expression")) return arms_leave(parent, done, loop);
  if (!parent.is("let_condition") || !is_variant(parent.field("pattern"), done)) return false;
  const Node branch = parent.parent();
  return branch.is("if_expression") && leaves(branch.field("consequence"), loop);
}

}  // namespace

bool ends_when_done(const Facts& facts, Node argument, Node loop) {
  const Node call = argument.parent().parent();
  if (!argument.parent().is("arguments") || !call.is("call_expression")) return false;
  size_t index = 0;
  for (const Node& part : call.field("arguments").parts()) {
    if (part == argument) break;
    ++index;
  }
  const std::string_view done = done_value_of(facts, call, index);
  const Node value = call.parent().is("await_expression") ? call.parent() : call;
  if (done.empty()) return false;
  if (is_branched_on(value, done, loop)) return true;
  // `let step = turn(future).await;`, and `step` is looked at once.
  const Node let = value.parent();
  if (!let.is("let_declaration") || !let.field("pattern").is("identifier")) return false;
  const std::vector<Node> uses =
      syntax::mentions(syntax::enclosing_block(let), let.field("pattern").text());
  return uses.size() == 2 && is_branched_on(uses.back(), done, loop);
}

}  // namespace jaa::flow
