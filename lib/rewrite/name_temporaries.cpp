#include "rewrite/name_temporaries.h"

#include <algorithm>

#include "rewrite/code.h"
#include "rewrite/edit_list.h"
#include "rewrite/evaluation.h"
#include "rewrite/naming.h"
#include "syntax/layout.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// What is bound, the inner before the outer: in the order of evaluation.
class Bound {
 public:
  explicit Bound(Node statement) : fresh_(statement) {}

  void add(Node expression) {
    if (has(expression)) return;
    const auto place =
        std::find_if(values_.begin(), values_.end(), [expression](const Value& other) {
          return other.expression.end() > expression.end() ||
                 (other.expression.end() == expression.end() &&
                  other.expression.begin() < expression.begin());
        });
    values_.insert(place, {expression, ""});
  }
  // In their order, so that numbers come in order, too.
  void name_all(llvm::function_ref<std::string(Node)> wish_for) {
    for (Value& value : values_) {
      const std::string wish = wish_for(value.expression);
      value.name = wish.empty() ? fresh_.for_value(value.expression) : fresh_.unused(wish);
    }
  }

  // The names in place of the values within `around`, not `around` itself.
  [[nodiscard]] std::vector<base::Edit> edits_in(Node around) const {
    std::vector<base::Edit> edits;
    for (const Value& value : values_) {
      const bool is_outermost =
          std::none_of(values_.begin(), values_.end(), [&](const Value& other) {
            return other.expression != value.expression && other.expression != around &&
                   around.contains(other.expression) && other.expression.contains(value.expression);
          });
      if (value.expression != around && around.contains(value.expression) && is_outermost)
        edits.push_back({value.expression.span(), value.name});
    }
    return edits;
  }

  [[nodiscard]] Code lets(const syntax::Tree& tree) const {
    Code code;
    for (const Value& value : values_) {
      const Node parent = value.expression.parent();
      const bool is_mut =
          parent.is("reference_expression") && parent.has_child("mutable_specifier");
      code.line(std::string(is_mut ? "let mut " : "let ") + value.name + " = " +
                piece(tree, value.expression.span(), edits_in(value.expression)) + ";");
    }
    return code;
  }

 private:
  struct Value {
    Node expression;
    std::string name;
  };
  [[nodiscard]] bool has(Node expression) const {
    return std::any_of(values_.begin(), values_.end(),
                       [expression](const Value& value) { return value.expression == expression; });
  }

  std::vector<Value> values_;
  FreshNames fresh_;
};

// Nothing is run where it is written.
bool is_deferred(Node expression) {
  return expression.is_any({"closure_expression", "async_block"});
}

// What `call` computes itself, before it is called.
void append_operands(Node call, std::vector<Node>& out) {
  if (const Node receiver = chain_receiver(call)) out.push_back(receiver);
  for (const Node& argument : call.field("arguments").parts()) out.push_back(argument);
}

// Binds what is computed before `expression` and does something. A place is looked up
// later then, where the same is found as before. False where that is not certain.
bool bind_earlier(Node expression, Node statement, llvm::function_ref<bool(Node call)> is_lazy,
                  Bound& bound) {
  auto before = evaluated_before(expression, statement);
  if (!before) return false;
  for (size_t at = 0; at < before->size(); ++at) {
    Node earlier = (*before)[at];
    if (earlier.is("reference_expression")) earlier = earlier.field("value");
    if (is_pure(earlier) || is_deferred(earlier) || is_place(earlier)) {
      if (may_change_names_of(expression, earlier)) return false;
    } else if (earlier.is("call_expression") && is_lazy(earlier)) {
      append_operands(earlier, *before);
    } else {
      bound.add(earlier);
    }
  }
  return true;
}

}  // namespace

std::vector<base::Edit> name_temporaries(const syntax::Tree& tree,
                                         const NamedTemporaries& temporaries) {
  if (temporaries.values.empty()) return {};
  const Node statement = syntax::enclosing_statement(temporaries.values.front());
  if (!statement.is_any({"let_declaration", "expression_statement"}) || statement.has_error() ||
      syntax::has_attributes(statement))
    return {};
  Bound bound(statement);
  for (const Node& value : temporaries.values) bound.add(value);
  for (const Node& value : temporaries.values)
    if (!bind_earlier(value, statement, temporaries.is_lazy, bound)) return {};
  bound.name_all(temporaries.wish);
  EditList edits(tree);
  edits.insert_before(
      statement,
      bound.lets(tree).text(edits.layout(), syntax::indentation(tree.text(), statement.begin())));
  for (base::Edit& edit : bound.edits_in(statement))
    edits.replace(edit.span.begin, edit.span.end, std::move(edit.text));
  return edits.take();
}

}  // namespace jaa::rewrite
