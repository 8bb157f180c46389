#include "rewrite/await_trait_use.h"

#include <algorithm>
#include <array>

#include "rewrite/awaited_source.h"
#include "rewrite/chain_to_loop.h"
#include "rewrite/edit_list.h"
#include "rewrite/evaluation.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using Kind = TraitUse::Kind;

namespace {

struct Row {
  std::string_view written;
  std::string_view method;
  std::string_view trait;
};

constexpr std::array BinaryOperators{
    Row{"+", "add", "Add"},     Row{"-", "sub", "Sub"},       Row{"*", "mul", "Mul"},
    Row{"/", "div", "Div"},     Row{"%", "rem", "Rem"},       Row{"&", "bitand", "BitAnd"},
    Row{"|", "bitor", "BitOr"}, Row{"^", "bitxor", "BitXor"}, Row{"<<", "shl", "Shl"},
    Row{">>", "shr", "Shr"},    Row{"==", "eq", "PartialEq"}};
constexpr std::array UnaryOperators{Row{"-", "neg", "Neg"}, Row{"!", "not", "Not"}};
// Methods that every type has whose counterpart has the trait.
constexpr std::array Conversions{Row{"into", "from", "From"},
                                 Row{"try_into", "try_from", "TryFrom"},
                                 Row{"parse", "from_str", "FromStr"}};

template <size_t Size>
const Row* find(const std::array<Row, Size>& rows, std::string_view written) {
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&](const Row& row) { return row.written == written; });
  return found == rows.end() ? nullptr : &*found;
}

TraitUse use_of(Kind kind, Node expression, const Row& row, Node value) {
  return {kind, expression, std::string(row.method), std::string(row.trait), value};
}

std::optional<TraitUse> operator_use(Node node) {
  const std::vector<Node> parts = node.parts();
  if (node.is("binary_expression")) {
    const Row* row = find(BinaryOperators, node.field("operator").text());
    return row == nullptr ? std::nullopt
                          : std::optional(use_of(Kind::Binary, node, *row, node.field("left")));
  }
  if (node.is("compound_assignment_expr")) {
    const std::string_view word = node.field("operator").text();
    const Row* row = find(BinaryOperators, word.substr(0, word.size() - 1));
    if (row == nullptr) {
      return std::nullopt;
    }
    TraitUse use = use_of(Kind::Compound, node, *row, node.field("left"));
    use.method += "_assign";
    use.trait += "Assign";
    return use;
  }
  if (node.is("unary_expression") && parts.size() == 1) {
    const Row* row = find(UnaryOperators, node.text().substr(0, 1));
    return row == nullptr ? std::nullopt
                          : std::optional(use_of(Kind::Unary, node, *row, parts.front()));
  }
  if (node.is("index_expression") && parts.size() == 2) {
    return use_of(Kind::Index, node, {"", "index", "Index"}, parts.front());
  }
  return std::nullopt;
}

bool is_known_trait(std::string_view name) {
  if (name.ends_with("Assign")) {
    name.remove_suffix(std::string_view("Assign").size());
  }
  const auto has_it = [name](const auto& rows) {
    return std::any_of(rows.begin(), rows.end(),
                       [name](const Row& row) { return row.trait == name; });
  };
  return name == "Default" || name == "Index" || has_it(BinaryOperators) ||
         has_it(UnaryOperators) || has_it(Conversions);
}

// `Trait::method`, which leaves the type to be found out.
std::optional<TraitUse> path_use(Node path) {
  const Node owner = path.is("scoped_identifier") ? path.field("path") : Node();
  const std::string_view trait = syntax::last_name(owner);
  if (!is_known_trait(trait)) {
    return std::nullopt;
  }
  return use_of(Kind::Path, path, {"", path.field("name").text(), trait}, Node());
}

// The call whose method's name is `node`.
Node method_call(Node node) {
  Node function = node.parent();
  if (!function.is("field_expression") || function.field("field") != node) {
    return {};
  }
  if (function.parent().is("generic_function")) {
    function = function.parent();
  }
  const Node call = function.parent();
  return call.is("call_expression") && call.field("function") == function ? call : Node();
}

bool is_postfix(Node node) {
  return node.is_any({"identifier", "self", "call_expression", "field_expression",
                      "index_expression", "parenthesized_expression", "await_expression",
                      "try_expression", "scoped_identifier", "macro_invocation", "string_literal"});
}

// `(a + b).c()`, where a call needs no parentheses.
Node with_needless_parentheses(Node expression) {
  const Node outer = expression.parent();
  const bool is_receiver =
      outer.is("parenthesized_expression") && outer.parent().is("field_expression");
  return is_receiver ? outer : expression;
}

// `left op right` becomes `left.method(right).await`.
void call_of_operator(Node expression, std::string_view method, EditList& edits) {
  const Node left = expression.field("left");
  const Node right = expression.field("right");
  const Node whole = with_needless_parentheses(expression);
  edits.replace(whole.begin(), expression.begin(), "");
  const std::string_view close = is_postfix(left) ? "" : ")";
  if (!close.empty()) {
    edits.insert(left.begin(), "(");
  }
  edits.replace(left.end(), right.begin(), std::string(close) + "." + std::string(method) + "(");
  edits.replace(right.end(), whole.end(), ").await");
}

// What `index` gives is a reference; the expression is what it points at.
void call_of_index(Node expression, EditList& edits) {
  const Node value = expression.parts().front();
  const Node index = expression.parts().back();
  const Node parent = expression.parent();
  const bool derefs_itself =
      (parent.is("field_expression") && parent.field("value") == expression) ||
      (parent.is("index_expression") && parent.parts().front() == expression);
  const bool needs_parentheses = parent.is_any({"try_expression", "await_expression"});
  if (parent.is("reference_expression") && !parent.has_child("mutable_specifier")) {
    edits.replace(parent.begin(), expression.begin(), "");
  } else if (!derefs_itself) {
    edits.insert(expression.begin(), needs_parentheses ? "(*" : "*");
  }
  edits.replace(value.end(), index.begin(), ".index(");
  edits.replace(index.end(), expression.end(), needs_parentheses ? ").await)" : ").await");
}

// `parse` borrows what it is called on, and a string is borrowed as its text.
bool is_reference(Node value) {
  if (value.is_any({"string_literal", "raw_string_literal", "reference_expression"})) {
    return true;
  }
  const Node function = value.is("identifier") ? syntax::enclosing_function(value) : Node();
  for (const Node& parameter : function.field("parameters").parts()) {
    if (parameter.field("pattern").text() == value.text()) {
      return parameter.field("type").is("reference_type");
    }
  }
  return false;
}

void call_of_conversion(const TraitUse& use, std::string_view type, EditList& edits) {
  const Node receiver = chain_receiver(use.expression);
  const bool borrows = use.method == "from_str" && !is_reference(receiver);
  edits.insert(receiver.begin(), std::string(type) + "::" + use.method + (borrows ? "(&" : "("));
  edits.replace(receiver.end(), use.expression.end(), ").await");
}

void call_of_path(Node path, std::string_view type, EditList& edits) {
  edits.replace(path.field("path"), std::string(type));
  const Node call = path.parent();
  if (call.is("call_expression") && call.field("function") == path) {
    edits.insert(call.end(), ".await");
  }
}

void call_of_unary(const TraitUse& use, EditList& edits) {
  const Node whole = with_needless_parentheses(use.expression);
  edits.replace(whole.begin(), use.value.begin(), is_postfix(use.value) ? "" : "(");
  edits.replace(use.value.end(), whole.end(),
                (is_postfix(use.value) ? "." : ").") + use.method + "().await");
}

}  // namespace

std::optional<TraitUse> trait_use_at(Node node) {
  constexpr Row Iteration{"", "next", "Iterator"};
  const Node parent = node.parent();
  if (parent.is("for_expression") && parent.field("value") == node) {
    return use_of(Kind::For, node, Iteration, node);
  }
  if (const Node call = method_call(node)) {
    const Row* conversion = find(Conversions, node.text());
    if (conversion != nullptr && !has_arguments(call)) {
      return use_of(Kind::Conversion, call, *conversion, Node());
    }
    if (node.text() == "by_ref") {
      const bool is_looped = call.parent().is("for_expression");
      return use_of(is_looped ? Kind::For : Kind::Chain, call, Iteration, call);
    }
    if (is_loop_method(call)) {
      return use_of(Kind::Chain, chain_receiver(call), Iteration, chain_receiver(call));
    }
    return std::nullopt;
  }
  // An error about what a path's function is given may point at that.
  const Node called = node.is("call_expression") ? node
                      : parent.is("arguments")   ? parent.parent()
                                                 : Node();
  for (const Node& path : {node, called.field("function")}) {
    if (auto use = path_use(path)) {
      return use;
    }
  }
  return operator_use(node);
}

std::vector<std::vector<base::Edit>> await_trait_use(const syntax::Tree& tree,
                                                     const syntax::Items& items,
                                                     const TraitUse& use, const OwnMethod& own) {
  EditList edits(tree);
  switch (use.kind) {
    case Kind::For: {
      std::vector<std::vector<base::Edit>> result;
      auto loop = await_each(tree, use.expression.parent(), own.type);
      if (!loop.empty()) {
        result.push_back(std::move(loop));
      }
      return result;
    }
    case Kind::Chain: {
      ChainRequest request;
      request.tree = &tree;
      request.items = &items;
      request.source = use.expression;
      request.source_type = own.type;
      request.next = own.method;
      return chain_to_loop(request);
    }
    case Kind::Conversion:
      call_of_conversion(use, own.type, edits);
      break;
    case Kind::Path:
      call_of_path(use.expression, own.type, edits);
      break;
    case Kind::Index:
      call_of_index(use.expression, edits);
      break;
    case Kind::Binary:
    case Kind::Compound:
      call_of_operator(use.expression, use.method, edits);
      break;
    case Kind::Unary:
      call_of_unary(use, edits);
      break;
  }
  return {edits.take()};
}

}  // namespace jaa::rewrite
