// Reports an async block with `?` of which nothing says the error type.
//
// Detected: rustc cannot infer a type (E0282, E0283) at the `Ok(..)` that an async block
// ends in, or where its result is used. `?` turns an error into whatever the block's is,
// and a block has no signature. The functions behind the `?` say which errors there are, then
// the signature of the function around the block.
#include <algorithm>
#include <optional>

#include "diag/catalogue.h"
#include "flow/facts.h"
#include "flow/future_lifetimes.h"
#include "llvm/ADT/StringSwitch.h"
#include "pitfalls/send_report.h"
#include "rewrite/future_signature.h"
#include "rewrite/imports.h"
#include "rewrite/naming.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using syntax::Node;

constexpr std::string_view AnyError = "Box<dyn std::error::Error + Send + Sync>";

// `Ok(..)` at the end of the block, as it is written.
Node final_ok(Node async_block) {
  const std::vector<Node> parts = async_block.named_children();
  const std::vector<Node> all = syntax::statements(parts.empty() ? Node() : parts.back());
  Node last = all.empty() ? Node() : all.back();
  if (last.is("expression_statement") && !last.has_child(";") && !last.parts().empty()) {
    last = last.parts().front();
  }
  const Node function = last.field("function");
  return last.is("call_expression") && function.is("identifier") && function.text() == "Ok"
             ? last
             : Node();
}

// The `?` of the block itself.
std::vector<Node> question_marks(Node async_block) {
  std::vector<Node> result;
  syntax::walk(async_block, [&](Node node) {
    if (node != async_block &&
        node.is_any({"async_block", "closure_expression", "function_item"})) {
      return syntax::Walk::Over;
    }
    if (node.is("try_expression")) result.push_back(node);
    return syntax::Walk::Into;
  });
  return result;
}

// `E` of `Result<T, E>`, through the aliases of the workspace and `io::Result`.
std::string error_type(const flow::Facts& facts, Node type, bool is_alias = false) {
  if (!type.is("generic_type")) return {};
  const std::string_view name = syntax::last_name(type);
  std::vector<Node> arguments;
  for (const Node& part : type.field("type_arguments").named_children()) {
    if (!part.is_any({"lifetime", "line_comment", "block_comment"})) arguments.push_back(part);
  }
  if (name == "Result" && arguments.size() == 2) return std::string(arguments.back().text());
  const std::string_view path = type.field("type").text();
  if (path == "io::Result" || path == "std::io::Result") return "std::io::Error";
  const syntax::Items::List& aliases = facts.items().aliases(name);
  if (is_alias || aliases.size() != 1) return {};
  return error_type(facts, aliases.front().field("type"), true);
}

// An error type as the source writes it, or the path of one of std's.
struct ErrorType {
  std::string text;
  bool is_path = false;

  bool operator==(const ErrorType&) const = default;
};

// What the result type of `function` says, also of a function that gives a future.
std::string error_of_signature(const flow::Facts& facts, Node function) {
  const Node written = function.field("return_type");
  const auto future = rewrite::written_future(facts.items(), written);
  return error_type(facts, future.is_valid() ? rewrite::output_of(future) : written);
}

// The error of std's `FromStr` for this type.
std::string_view parse_error_of_std(std::string_view type) {
  return llvm::StringSwitch<std::string_view>(type)
      .Cases("u8", "u16", "u32", "u64", "u128", "usize", "std::num::ParseIntError")
      .Cases("i8", "i16", "i32", "i64", "i128", "isize", "std::num::ParseIntError")
      .Cases("f32", "f64", "std::num::ParseFloatError")
      .Case("bool", "std::str::ParseBoolError")
      .Case("char", "std::char::ParseCharError")
      .Cases("IpAddr", "Ipv4Addr", "Ipv6Addr", "SocketAddr", "std::net::AddrParseError")
      .Default("");
}

// `text.parse::<u8>()?`, and `let n: u8 = text.parse()?`.
std::optional<ErrorType> error_of_parse(const flow::Facts& facts, Node question_mark, Node call) {
  const Node function = call.field("function");
  const bool is_typed = function.is("generic_function");
  const Node method = is_typed ? function.field("function") : function;
  if (method.field("field").text() != "parse" || !call.field("arguments").parts().empty() ||
      !facts.items().functions("parse").empty()) {
    return std::nullopt;
  }
  const Node let = question_mark.parent();
  Node type = let.is("let_declaration") ? let.field("type") : Node();
  if (is_typed) {
    const std::vector<Node> arguments = function.field("type_arguments").named_children();
    type = arguments.size() == 1 ? arguments.front() : Node();
  }
  const std::string_view name = type.is("primitive_type") ? type.text() : syntax::last_name(type);
  const std::string_view error = parse_error_of_std(name);
  // A type of that name in the workspace may be meant.
  if (error.empty() || !facts.items().structs(name).empty()) return std::nullopt;
  return ErrorType{std::string(error), true};
}

// The error of what stands before a `?`, when a function of the workspace gives it.
std::optional<ErrorType> error_of(const flow::Facts& facts, Node question_mark) {
  Node at = question_mark;
  while (at.is_any({"try_expression", "await_expression", "parenthesized_expression"}) &&
         !at.parts().empty()) {
    at = at.parts().front();
  }
  if (!at.is("call_expression")) return std::nullopt;
  if (auto parsed = error_of_parse(facts, question_mark, at)) return parsed;
  const Node function = at.field("function");
  const std::string_view name = function.is("field_expression") ? function.field("field").text()
                                                                : syntax::last_name(function);
  std::string result;
  for (const Node& one : facts.items().functions(name)) {
    const std::string error = error_of_signature(facts, one);
    if (error.empty() || (!result.empty() && result != error)) return std::nullopt;
    result = error;
  }
  return result.empty() ? std::nullopt : std::optional(ErrorType{result, false});
}

// The async block that the error is about.
Node block_of(const flow::Facts& facts, const rustc::Diagnostic& error) {
  std::vector<Node> places = flow::labelled_nodes(facts, error);
  places.insert(places.begin(), flow::primary_node(facts, error));
  for (const Node& place : places) {
    const Node block =
        syntax::enclosing(place, {"async_block", "closure_expression", "function_item"});
    const Node ok = block.is("async_block") ? final_ok(block) : Node();
    if (ok && ok.contains(place) && !question_marks(block).empty()) return block;
  }
  return {};
}

std::vector<ErrorType> candidates(const flow::Facts& facts, Node block,
                                  const std::vector<Node>& marks) {
  std::vector<ErrorType> result;
  const auto add = [&result](ErrorType type) {
    if (std::find(result.begin(), result.end(), type) == result.end()) {
      result.push_back(std::move(type));
    }
  };
  bool are_all_known = true;
  for (const Node& mark : marks) {
    const std::optional<ErrorType> error = error_of(facts, mark);
    are_all_known &= error.has_value();
    if (error) add(*error);
  }
  // One that all are known to be needs no second guess.
  if (are_all_known && result.size() == 1) return result;
  // What the function turns its errors into.
  const std::string around = error_of_signature(facts, syntax::enclosing(block, {"function_item"}));
  if (!around.empty()) add({around, false});
  add({std::string(AnyError), false});
  return result;
}

base::FixIt name_error(Node ok, const ErrorType& type) {
  rewrite::ImportEdits imports;
  const std::string written = type.is_path ? imports.name_at(ok, type.text) : type.text;
  const uint32_t at = ok.field("function").end();
  base::FixIt fix = bound_fix("name_error", "let the block's error be `" + written + "`",
                              {{{ok.span().file, at, at}, "::<_, " + written + ">"}});
  for (base::Edit& edit : imports.take()) fix.edits.push_back(std::move(edit));
  return fix;
}

}  // namespace

void untyped_question_mark_in_async_block(const flow::Facts& facts, Sink& sink) {
  for (uint32_t index = 0; index < facts.diagnostics().size(); ++index) {
    const rustc::Diagnostic& error = facts.diagnostics()[index];
    if (!error.is_error() || (error.code != "E0282" && error.code != "E0283")) continue;
    const Node block = block_of(facts, error);
    if (!block) continue;
    const Node ok = final_ok(block);
    const std::vector<Node> marks = question_marks(block);
    auto finding = sink.report(ok.span(), diag::untyped_question_mark_in_async_block{
                                              .expression = rewrite::shortened(ok.text())});
    finding.label("an async block has no signature that could say the error's type");
    finding.label(marks.front().span(), "the error of this is turned into it");
    finding.evidence(base::Evidence::Messages);
    finding.explains(index);
    for (const ErrorType& type : candidates(facts, block, marks)) {
      finding.fix(name_error(ok, type));
    }
    finding.help("an inner `async fn` in place of the block says its type in its signature");
  }
}

}  // namespace jaa::pitfalls
