#include "flow/moved_value.h"

#include <algorithm>

#include "flow/closure_errors.h"
#include "flow/escaping_future.h"
#include "flow/taken_along.h"
#include "flow/told_type.h"
#include "llvm/ADT/StringRef.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::flow {

using syntax::Node;

namespace {

constexpr std::string_view OutOfBorrow = "E0507";
constexpr std::string_view UsedAfterMove = "E0382";
constexpr std::string_view MovedWhileBorrowed = "E0505";

bool is_place(Node node) {
  return node.is_any({"identifier", "self", "field_expression"});
}

// The variable that a `let` gives the value of `place` to, as it is or as a part of another.
Node variable_given(Node place) {
  Node value = place;
  while (value.parent().is_any({"field_initializer", "shorthand_field_initializer",
                                "field_initializer_list", "struct_expression", "tuple_expression",
                                "array_expression"}) ||
         (value.parent().is("arguments") && is_wrapper(value.parent().parent())) ||
         (is_wrapper(value.parent()) && value.is("arguments")))
    value = value.parent();
  const Node let = value.parent();
  if (!let.is("let_declaration") || !(let.field("value") == value)) return {};
  Node pattern = let.field("pattern");
  if (pattern.is("mut_pattern"))
    pattern = pattern.parts().empty() ? Node() : pattern.parts().back();
  return pattern.is("identifier") ? pattern : Node();
}

// The variable that the place begins with: `self` of `self.inner.conn`.
Node root_of(Node place) {
  while (place.is("field_expression")) place = place.field("value");
  return place;
}

class Reader {
 public:
  explicit Reader(const Facts& facts) : facts_(facts) {
    for (const ClosureError& error : read_closure_errors(facts)) known_.push_back(error.diagnostic);
  }

  std::vector<MovedValue> read() {
    for (uint32_t index = 0; index < facts_.diagnostics().size(); ++index) {
      const rustc::Diagnostic& error = facts_.diagnostics()[index];
      const bool is_read = std::find(known_.begin(), known_.end(), index) != known_.end();
      if (!error.is_error() || is_read) continue;
      if (error.code == OutOfBorrow || error.code == MovedWhileBorrowed)
        read_primary(index, error);
      else if (error.code == UsedAfterMove)
        read_use(index, error);
    }
    std::stable_sort(result_.begin(), result_.end(), [](const MovedValue& a, const MovedValue& b) {
      return a.place.span() < b.place.span();
    });
    return std::move(result_);
  }

 private:
  // What is moved stands at the error's own place.
  void read_primary(uint32_t index, const rustc::Diagnostic& error) {
    MovedValue value;
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const Node node = facts_.node_at(span);
      if (span.is_primary && is_place(node)) value.place = node;
    }
    // The use for which it is borrowed.
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const Node node = facts_.node_at(span);
      if (error.code == MovedWhileBorrowed && node && node.begin() > value.place.end())
        value.again = node;
    }
    add(std::move(value), index, error);
  }

  // Where it was moved is told beside the use; in a loop the two may be one.
  void read_use(uint32_t index, const rustc::Diagnostic& error) {
    MovedValue value;
    Node primary;
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const Node node = facts_.node_at(span);
      if (span.is_primary) {
        primary = node;
      } else if (is_place(node) && !value.place && is_given(node)) {
        value.place = node;
      }
    }
    value.again = primary;
    if (!value.place) read_wanted(error, value);
    if (!value.place && is_place(primary) && is_given(primary)) {
      value.place = primary;
      for (const rustc::DiagnosticSpan& span : error.spans) {
        const Node node = facts_.node_at(span);
        // Given away elsewhere before.
        if (!span.is_primary && node.is("identifier") && node.text() == root_of(primary).text() &&
            !(node == syntax::binding_of(node.text(), primary)))
          return;
      }
      value.again = {};
    }
    add(std::move(value), index, error);
  }

  // A variable got it, and a future wants it later.
  void read_wanted(const rustc::Diagnostic& error, MovedValue& value) const {
    Node future;
    for (const rustc::DiagnosticSpan& span : error.spans)
      if (span.is_primary) future = future_at(facts_, span);
    if (!future) return;
    for (const rustc::DiagnosticSpan& span : error.spans) {
      const Node node = facts_.node_at(span);
      if (span.is_primary || value.place || !is_place(node) || !variable_given(node)) continue;
      value.place = node;
      value.future = future;
    }
  }

  // To a variable, or to a future at once.
  [[nodiscard]] bool is_given(Node place) const {
    const Node variable = variable_given(place);
    return variable ? taker_of(facts_, variable).is_valid()
                    : receiver_of_value(facts_, place).is_valid();
  }

  void add(MovedValue value, uint32_t index, const rustc::Diagnostic& error) {
    if (!value.place || syntax::is_in_macro(value.place)) return;
    value.binding = variable_given(value.place);
    if (!value.future)
      value.future =
          value.binding ? taker_of(facts_, value.binding) : receiver_of_value(facts_, value.place);
    // A future that is awaited here may borrow, and then takes nothing.
    if (!value.future ||
        !(value.future.has_child("move") || outlives_function(facts_, value.future, value.binding)))
      return;
    value.type = told_type(error);
    const auto known =
        std::find_if(result_.begin(), result_.end(),
                     [&value](const MovedValue& one) { return one.place == value.place; });
    if (known == result_.end()) {
      value.diagnostics = {index};
      result_.push_back(std::move(value));
      return;
    }
    known->diagnostics.push_back(index);
    if (known->type.empty()) known->type = value.type;
    if (!known->again) known->again = value.again;
  }

  const Facts& facts_;
  std::vector<uint32_t> known_;
  std::vector<MovedValue> result_;
};

}  // namespace

std::vector<MovedValue> read_moved_values(const Facts& facts) {
  return Reader(facts).read();
}

}  // namespace jaa::flow
