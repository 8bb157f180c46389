// Reports futures of different types where one type is needed: arms of a branch, elements
// of a list, several results of one function.
//
// Detected: rustc expects one future and finds another (E0308). Every async block and
// every `async fn` has a future type of its own. Two calls of async functions in a branch
// are looked at only where the result is used as a future: else an await is missing.
#include <algorithm>
#include <optional>

#include "diag/catalogue.h"
#include "flow/escaping_future.h"
#include "flow/future_lifetimes.h"
#include "flow/future_mismatch.h"
#include "pitfalls/send_report.h"
#include "rewrite/box_future.h"
#include "rewrite/evaluation.h"
#include "rewrite/one_block.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::pitfalls {
namespace {

using flow::FutureMismatch;
using syntax::Node;

// The construct in which the types have to be one.
struct Meeting {
  Node construct;                  // branch, array, macro, call, function
  std::string name;                // as the message calls it
  std::vector<base::Span> values;  // the futures, in source order
  // The `let` that the type can be written at, and what is around the type there.
  Node let;
  std::string before;
  std::string behind;
};

Node let_of_value(Node value) {
  const Node let = value.parent();
  return let.is("let_declaration") && !let.field("type") && let.field("value") == value &&
                 let.field("pattern").is("identifier")
             ? let
             : Node();
}

// The parts of a macro's arguments between its commas.
std::vector<base::Span> macro_elements(Node arguments) {
  std::vector<base::Span> result;
  uint32_t begin = 0;
  uint32_t end = 0;
  const std::vector<Node> tokens = arguments.children();
  for (size_t index = 1; index + 1 < tokens.size(); ++index) {
    if (tokens[index].text() == "," || tokens[index].text() == ";") {
      if (begin != end) result.push_back({arguments.span().file, begin, end});
      begin = end = 0;
      continue;
    }
    if (begin == end) begin = tokens[index].begin();
    end = tokens[index].end();
  }
  if (begin != end) result.push_back({arguments.span().file, begin, end});
  return result;
}

bool contains(const std::vector<base::Span>& spans, const base::Span& span) {
  return std::any_of(spans.begin(), spans.end(),
                     [&span](const base::Span& one) { return one.contains(span); });
}

// The `let` that declares `name` in the function around it, if it writes no type.
Node let_named(Node place, std::string_view name) {
  Node result;
  syntax::walk(syntax::outermost_function(place), [&](Node node) {
    if (node.is("let_declaration") && node.begin() < place.begin() && !node.field("type")) {
      const std::vector<syntax::Binding> bound = syntax::bindings(node.field("pattern"));
      if (bound.size() == 1 && bound.front().name.text() == name) result = node;
    }
    return syntax::Walk::Into;
  });
  return result;
}

std::optional<Meeting> in_branch(Node node) {
  Meeting result;
  for (Node at = node.parent(); at; at = at.parent()) {
    if (at.is_any({"closure_expression", "async_block", "function_item", "let_declaration"})) {
      break;
    }
    if (at.is_any({"if_expression", "match_expression"})) result.construct = at;
  }
  for (const Node& value : rewrite::arm_values(result.construct)) {
    result.values.push_back(value.span());
  }
  if (!contains(result.values, node.span())) return std::nullopt;
  result.name = result.construct.is("match_expression") ? "match" : "if";
  result.let = let_of_value(result.construct);
  return result;
}

std::optional<Meeting> in_list(const FutureMismatch& found) {
  Meeting result;
  const Node array = syntax::enclosing(found.node, {"array_expression"});
  Node arguments = found.node;
  while (arguments && !arguments.parent().is("macro_invocation")) arguments = arguments.parent();
  if (array && found.node != array) {
    for (const Node& part : array.named_children()) {
      if (!part.is_comment()) result.values.push_back(part.span());
    }
    result.construct = array;
    result.name = "[..]";
    result.before = "[";
    result.behind = "; " + std::to_string(result.values.size()) + "]";
    result.let = let_of_value(array);
  } else if (arguments && arguments.parent().field("macro").text() == "vec") {
    result.construct = arguments.parent();
    result.values = macro_elements(arguments);
    result.name = "vec!";
    result.before = "Vec<";
    result.behind = ">";
    result.let = let_of_value(result.construct);
  }
  return contains(result.values, found.place) ? std::optional(std::move(result)) : std::nullopt;
}

// `all.push(async { .. })`: all that is pushed to `all`, which is declared empty.
std::optional<Meeting> in_pushes(const FutureMismatch& found) {
  const Node pinned = flow::pinning_call(found.node);
  const Node call = (pinned ? pinned : found.node).parent().parent();
  const Node list = call.field("function").field("value");
  const Node method = rewrite::method_name(call);
  if (!call.is("call_expression") || !list.is("identifier") || !method) return std::nullopt;
  Meeting result;
  result.construct = call;
  result.name = std::string(list.text()) + "." + std::string(method.text());
  result.let = let_named(call, list.text());
  const Node value = result.let.field("value");
  const std::string_view made = value.field("function").field("path").text();
  if (made != "Vec" && made != "VecDeque") return std::nullopt;
  result.before = std::string(made) + "<";
  result.behind = ">";
  syntax::walk(syntax::outermost_function(call), [&](Node node) {
    const Node arguments = node.field("arguments");
    if (node.is("call_expression") && node.field("function").field("value").text() == list.text() &&
        rewrite::method_name(node).text() == method.text() &&
        arguments.named_children().size() == 1) {
      result.values.push_back(arguments.named_children().front().span());
    }
    return syntax::Walk::Into;
  });
  return contains(result.values, found.place) ? std::optional(std::move(result)) : std::nullopt;
}

std::optional<Meeting> in_assignments(const FutureMismatch& found) {
  const Node assignment = found.node.parent();
  const Node variable = assignment.field("left");
  if (!assignment.is("assignment_expression") || !variable.is("identifier")) return std::nullopt;
  Meeting result;
  result.construct = assignment;
  result.name = std::string(variable.text()) + " =";
  result.let = let_named(assignment, variable.text());
  if (!result.let.field("value")) return std::nullopt;
  result.values.push_back(result.let.field("value").span());
  syntax::walk(syntax::outermost_function(assignment), [&](Node node) {
    if (node.is("assignment_expression") && node.field("left").text() == variable.text()) {
      result.values.push_back(node.field("right").span());
    }
    return syntax::Walk::Into;
  });
  return result;
}

// Several results of one function.
std::optional<Meeting> in_results(const FutureMismatch& found) {
  Meeting result;
  result.construct = syntax::enclosing_function(found.node);
  result.name = "return";
  for (Node one : flow::results_of(result.construct)) {
    if (one.is("expression_statement") && !one.parts().empty()) one = one.parts().front();
    const std::vector<Node> arms = rewrite::arm_values(one);
    for (const Node& arm : arms) result.values.push_back(arm.span());
    if (arms.empty()) result.values.push_back(one.span());
  }
  std::sort(result.values.begin(), result.values.end());
  const bool is_real = result.construct.is_any({"function_item", "closure_expression"}) &&
                       result.values.size() > 1 && contains(result.values, found.place);
  return is_real ? std::optional(std::move(result)) : std::nullopt;
}

std::optional<Meeting> meeting_of(const FutureMismatch& found) {
  if (auto list = in_list(found)) return list;
  if (auto branch = in_branch(found.node)) return branch;
  if (auto pushes = in_pushes(found)) return pushes;
  if (auto assignments = in_assignments(found)) return assignments;
  return in_results(found);
}

// What the branch gives is awaited, or returned as a future.
bool is_used_as_future(const flow::Facts& facts, const Meeting& meeting) {
  const Node function = syntax::enclosing_function(meeting.construct);
  if (!meeting.let) return flow::returns_future(facts, function);
  const std::string_view name = meeting.let.field("pattern").text();
  for (const Node& token : syntax::mentions(syntax::outermost_function(meeting.let), name)) {
    const Node around = token.parent();
    const bool is_argument = around.is("token_tree") && around.previous().is("identifier");
    if (is_argument || around.is_any({"await_expression", "arguments"})) return true;
  }
  return false;
}

std::string_view text_of(const flow::Facts& facts, const base::Span& span) {
  return facts.files().text(span);
}

bool has_async_block(const flow::Facts& facts, const Meeting& meeting) {
  return std::any_of(meeting.values.begin(), meeting.values.end(), [&](const base::Span& value) {
    return text_of(facts, value).starts_with("async");
  });
}

// `return x`, `panic!()`, a block that ends so: an arm that gives no value.
bool is_never(Node value) {
  if (value.is("expression_statement") && !value.parts().empty()) value = value.parts().front();
  if (value.is("block")) {
    const std::vector<Node> statements = syntax::statements(value);
    return !statements.empty() && is_never(statements.back());
  }
  const std::string_view macro = value.field("macro").text();
  return value.is_any({"return_expression", "break_expression", "continue_expression"}) ||
         macro == "panic" || macro == "unreachable" || macro == "todo" || macro == "unimplemented";
}

bool is_list(const Meeting& meeting) {
  return meeting.construct.is_any({"array_expression", "macro_invocation"});
}

// Each element is awaited where it stands: the list was meant to be one of values, which is
// so where rustc takes no boxes in it.
base::FixIt await_each(const flow::Facts& facts, const Meeting& meeting) {
  std::vector<base::Edit> edits;
  const syntax::Tree& tree = facts.tree(meeting.construct.span().file);
  const bool can_await = syntax::is_async_function(syntax::enclosing_function(meeting.construct));
  for (const base::Span& value : meeting.values) {
    const Node node = tree.node_at(value);
    const bool is_call = text_of(facts, value).ends_with(")") &&
                         (node.span() == value ? flow::is_future_expression(facts, node)
                                               : flow::is_future_in_tokens(facts, value));
    if (!is_call || !can_await) return {};
    edits.push_back({{value.file, value.end, value.end}, ".await"});
  }
  base::FixIt fix = bound_fix("await", "await each future, and list their values", edits);
  fix.body = syntax::outermost_function(meeting.construct).span();
  return fix;
}

// Errors about the variable's type where it is used: with the right one they are gone.
std::vector<uint32_t> errors_of_uses(const flow::Facts& facts, const Meeting& meeting) {
  std::vector<uint32_t> result;
  const std::vector<syntax::Binding> bound = syntax::bindings(meeting.let.field("pattern"));
  for (uint32_t index = 0; bound.size() == 1 && index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    const Node use = error.code == "E0308" ? flow::primary_node(facts, error) : Node();
    if (use.is("identifier") && use.begin() > meeting.let.end() &&
        syntax::binding_of(use.text(), use) == bound.front().name) {
      result.push_back(index);
    }
  }
  return result;
}

// Whether the boxes that a use expects are `Send`; none where no use tells.
std::optional<bool> expects_send(const flow::Facts& facts, const std::vector<uint32_t>& uses) {
  for (const uint32_t index : uses) {
    for (const rustc::Diagnostic& child : facts.diagnostics()[index].children) {
      const std::vector<std::string> types = rustc::quoted_parts(child.message);
      const bool is_told = child.spans.empty() && types.size() > 1 &&
                           types.front().find("dyn Future") != std::string::npos;
      if (is_told) return types.front().find("Send") != std::string::npos;
    }
  }
  return std::nullopt;
}

// Each value in a box; the type is written at the `let`, or the first value is cast to it.
base::FixIt box_all(const flow::Facts& facts, const Meeting& meeting, bool is_send) {
  const syntax::Tree& tree = facts.tree(meeting.construct.span().file);
  rewrite::EditList edits(tree);
  rewrite::ImportEdits imports;
  const std::string type =
      rewrite::boxed_future_type(meeting.construct, is_send, facts.package().edition, imports);
  bool is_first = true;
  for (const base::Span& value : meeting.values) {
    if (is_never(tree.node_at(value))) continue;
    const std::string cast = is_first && !meeting.let ? type : std::string();
    const bool is_boxed = text_of(facts, value).starts_with("Box::pin(");
    if (!is_boxed) {
      rewrite::box_value(tree, value, cast, edits);
    } else if (!cast.empty()) {
      edits.insert(value.end, " as " + cast);
    }
    is_first = false;
  }
  if (meeting.let) {
    edits.insert(meeting.let.field("pattern").end(), ": " + meeting.before + type + meeting.behind);
  }
  base::FixIt fix =
      bound_fix("box_each", "put each future in a box, so that they have one type", edits.take());
  for (base::Edit& edit : imports.take()) fix.edits.push_back(std::move(edit));
  fix.trade_off = "one allocation a future";
  return fix;
}

}  // namespace

void distinct_async_block_types(const flow::Facts& facts, Sink& sink) {
  std::vector<Node> done;
  const std::vector<FutureMismatch> all_places = flow::read_future_mismatches(facts);
  for (const FutureMismatch& found : all_places) {
    if (found.kind != FutureMismatch::Kind::Distinct) continue;
    const std::optional<Meeting> meeting = meeting_of(found);
    if (!meeting || (!has_async_block(facts, *meeting) && !meeting->name.starts_with("[") &&
                     !meeting->name.starts_with("vec") && !is_used_as_future(facts, *meeting))) {
      continue;
    }
    const Node anchor = meeting->let ? meeting->let : meeting->construct;
    if (std::find(done.begin(), done.end(), anchor) != done.end()) continue;
    done.push_back(anchor);
    auto finding =
        sink.report(found.place, diag::distinct_async_block_types{.place = meeting->name});
    finding.label("another type, whatever it looks like");
    finding.evidence(base::Evidence::Messages);
    for (const FutureMismatch& other : all_places) {
      if (other.kind != FutureMismatch::Kind::Distinct) continue;
      const auto same = meeting_of(other);
      if (same && (same->let ? same->let : same->construct) == anchor) {
        finding.explains(other.diagnostic);
      }
    }
    const std::vector<uint32_t> uses = errors_of_uses(facts, *meeting);
    for (const uint32_t use : uses) finding.explains(use);
    if (!meeting->values.empty() && meeting->values.front() != found.place) {
      finding.label(meeting->values.front(), "one type");
    }
    const Node branch = meeting->construct;
    if (branch.is_any({"if_expression", "match_expression"})) {
      base::FixIt one =
          bound_fix("one_block", "branch inside one async block",
                    rewrite::block_around(facts.tree(branch.span().file), facts.items(), branch));
      if (!one.edits.empty()) finding.fix(std::move(one));
    }
    const std::optional<bool> wanted = expects_send(facts, uses);
    for (const bool is_send : {true, false}) {
      if (wanted.value_or(is_send) == is_send) finding.fix(box_all(facts, *meeting, is_send));
    }
    if (base::FixIt values = await_each(facts, *meeting);
        is_list(*meeting) && !values.edits.empty()) {
      finding.fix(std::move(values));
    }
    finding.help("`Either` of the crate `futures` holds one of two futures without a box");
  }
}

}  // namespace jaa::pitfalls
