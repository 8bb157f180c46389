#include "flow/nested_result.h"

#include <algorithm>
#include <tuple>

#include "flow/branch_values.h"
#include "flow/error_operands.h"
#include "flow/future_text.h"
#include "flow/type_text.h"
#include "llvm/ADT/StringRef.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::flow {

using syntax::Node;

namespace {

// `?` and `unwrap` take a layer off of either.
bool has_layer(std::string_view type) {
  while (type.starts_with("&")) type.remove_prefix(type.starts_with("&mut ") ? 5 : 1);
  const std::string text = short_type_text(type);
  return text.starts_with("Result<") || text.starts_with("Option<");
}

// The type that is told of what a label stands at: the last that it quotes, or all of it.
std::string labelled_type(const rustc::DiagnosticSpan& span) {
  const std::vector<std::string> quoted = rustc::quoted_parts(span.label);
  const std::string& type = quoted.empty() ? span.label : quoted.back();
  return has_layer(type) ? type : std::string();
}

std::string_view called_method(Node call) {
  const Node function = call.field("function");
  return call.is("call_expression") && function.is("field_expression")
             ? function.field("field").text()
             : std::string_view();
}

bool is_unwrap(std::string_view method) {
  return method == "unwrap" || method == "expect";
}

// Gives the outer error another type, and leaves the value alone.
bool converts_error(std::string_view method) {
  return method == "map_err" || method == "context" || method == "with_context" ||
         method == "ok_or" || method == "ok_or_else";
}

// `task.await?`, `task.await.map_err(..)?`, `task.await.unwrap()`.
bool is_unpacked_await(Node expression) {
  Node operand;
  if (expression.is("try_expression"))
    operand = first_expression(expression);
  else if (is_unwrap(called_method(expression)))
    operand = expression.field("function").field("value");
  while (converts_error(called_method(operand))) operand = operand.field("function").field("value");
  return operand.is("await_expression");
}

// What the `let` of the variable gives it, where that is the whole value.
Node value_of_variable(std::string_view name, Node at) {
  const Node binding = syntax::binding_of(name, at);
  Node pattern = binding;
  if (pattern.parent().is("mut_pattern")) pattern = pattern.parent();
  const Node let = pattern.parent();
  return let.is("let_declaration") && let.field("pattern") == pattern ? let.field("value") : Node();
}

class Reader {
 public:
  explicit Reader(const Facts& facts) : facts_(facts) {}

  std::vector<NestedResult> read() {
    for (uint32_t index = 0; index < facts_.diagnostics().size(); ++index) {
      const rustc::Diagnostic& error = facts_.diagnostics()[index];
      if (error.is_error()) read(error, index);
    }
    std::sort(found_.begin(), found_.end(), [this](const auto& a, const auto& b) {
      return std::tuple(facts_.files().path(a.place.file), a.place.begin) <
             std::tuple(facts_.files().path(b.place.file), b.place.begin);
    });
    return std::move(found_);
  }

 private:
  void read(const rustc::Diagnostic& error, uint32_t index) {
    bool is_read = false;
    for (const rustc::DiagnosticSpan& span : error.spans)
      if (const std::string type = labelled_type(span); !type.empty())
        is_read |= read_span(span, error, type, index);
    // Of two types that do not match, the label says which is the found one.
    if (is_read || error.code == "E0308") return;
    const std::vector<std::string> quoted = quoted_texts(error);
    const auto type = std::find_if(quoted.begin(), quoted.end(), has_layer);
    if (type == quoted.end()) return;
    for (const rustc::DiagnosticSpan& span : error.spans)
      if (span.is_primary) read_span(span, error, *type, index);
  }

  bool read_span(const rustc::DiagnosticSpan& span, const rustc::Diagnostic& error,
                 const std::string& type, uint32_t index) {
    const auto place = facts_.names().span(span);
    if (!place) return false;
    Node node = facts_.tree(place->file).smallest_node(*place);
    if (syntax::is_in_macro(node)) return read_in_macro(node, *place, type, index);
    if (!node.is_named())
      node = syntax::enclosing(node, {"binary_expression", "compound_assignment_expr"});
    bool is_read = node && read_value(node, *place, type, index);
    if (is_read) return true;
    for (const Node& operand : node ? operands_at(node, error.code) : std::vector<Node>()) {
      std::vector<Node> values;
      if (operand) add_branch_values(operand, values);
      for (const Node& value : values) is_read |= read_value(value, *place, type, index);
    }
    return is_read;
  }

  bool read_value(Node value, const base::Span& use, const std::string& type, uint32_t index) {
    while (value.is_any({"parenthesized_expression", "reference_expression"}))
      value = first_expression(value);
    if (value.is("identifier")) value = value_of_variable(value.text(), value);
    if (!is_unpacked_await(value) || syntax::is_in_macro(value)) return false;
    const bool is_unwrapped = !value.is("try_expression");
    return add({value, value.span(), is_unwrapped, type, {use}, {index}});
  }

  // Tokens: of a variable or a format string that names one, or of the whole expression.
  bool read_in_macro(Node node, const base::Span& place, const std::string& type, uint32_t index) {
    const llvm::StringRef text = facts_.files().text(place);
    if (node.is_any({"string_literal", "string_content"})) {
      const std::string literal = "\"" + text.str() + "\"";
      for (const std::string_view name : syntax::format_names(literal))
        if (const Node value = value_of_variable(name, node))
          return read_value(value, place, type, index);
      return false;
    }
    const bool has_receiver = node.previous().text() == ".";
    const Node variable = has_receiver ? node.previous().previous() : node;
    if (variable.is("identifier") && variable.previous().text() != ".")
      if (const Node value = value_of_variable(variable.text(), variable))
        return read_value(value, place, type, index);
    const bool is_unwrapped = text.ends_with(".await.unwrap()");
    if (!is_unwrapped && !text.ends_with(".await?")) return false;
    const Node last = facts_.tree(place.file).smallest_node({place.file, place.end - 1, place.end});
    return add({last, place, is_unwrapped, type, {place}, {index}});
  }

  bool add(NestedResult result) {
    const auto known = std::find_if(found_.begin(), found_.end(), [&result](const auto& one) {
      return one.expression == result.expression;
    });
    if (known == found_.end()) {
      found_.push_back(std::move(result));
      return true;
    }
    known->uses.push_back(result.uses.front());
    if (known->diagnostics.back() != result.diagnostics.front())
      known->diagnostics.push_back(result.diagnostics.front());
    return true;
  }

  const Facts& facts_;
  std::vector<NestedResult> found_;
};

}  // namespace

std::vector<NestedResult> read_nested_results(const Facts& facts) {
  return Reader(facts).read();
}

}  // namespace jaa::flow
