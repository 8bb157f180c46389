#include "rewrite/unique_borrow.h"

#include <map>
#include <set>

#include "rewrite/evaluation.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

constexpr size_t MostReferences = 16;

// The parameter's place among those of the function, `self` counted.
size_t position_of(Node parameter) {
  size_t position = 0;
  for (const Node& other : parameter.parent().named_children()) {
    if (other == parameter) return position;
    position += other.is_any({"parameter", "self_parameter"}) ? 1 : 0;
  }
  return position;
}

// The parameter or plain `let` that declares `name` for a use at `use`; the innermost.
Node declaration_of(Node use) {
  for (Node scope = syntax::enclosing_function(use); scope;
       scope = syntax::enclosing_function(scope)) {
    Node found;
    syntax::walk(scope, [&](Node node) {
      if (node.begin() > use.begin()) return Walk::Stop;
      const bool is_closed =
          node.is_any({"block", "function_item", "closure_expression"}) && !node.contains(use);
      if (is_closed) return Walk::Over;
      const Node pattern = node.field("pattern");
      const bool declares =
          node.is_any({"parameter", "let_declaration"}) &&
          (pattern.text() == use.text() ||
           (pattern.is("mut_pattern") && pattern.named_children().back().text() == use.text()));
      if (declares && !node.field("value").contains(use)) found = node;
      return Walk::Into;
    });
    if (found || scope.is("function_item")) return found;
  }
  return {};
}

class Follower {
 public:
  explicit Follower(const syntax::Items& items) : items_(items) {}

  bool run(Node reference) {
    todo_.push_back(reference);
    while (!todo_.empty() && is_whole_) {
      const Node next = todo_.back();
      todo_.pop_back();
      if (seen_.insert(next.span()).second) make_unique(next);
      is_whole_ &= seen_.size() <= MostReferences;
    }
    return is_whole_ && !edits_.empty();
  }

  std::vector<base::Edit> take() {
    std::vector<base::Edit> result;
    for (auto& [span, text] : edits_) result.push_back({span, std::move(text)});
    return result;
  }
  [[nodiscard]] bool is_public() const { return is_public_; }

 private:
  void insert(Node node, uint32_t at, std::string text) {
    edits_[{node.span().file, at, at}] = std::move(text);
  }

  // `&T` or `&self` itself, then every call of its function.
  void make_unique(Node reference) {
    const bool is_self = reference.is("self_parameter");
    if (reference.has_child("mutable_specifier") || syntax::is_in_macro(reference)) return;
    Node lifetime;
    for (const Node& part : reference.named_children())
      if (part.is("lifetime")) lifetime = part;
    const uint32_t at = lifetime ? lifetime.end() : reference.begin() + 1;
    insert(reference, at, lifetime ? " mut" : "mut ");
    const Node parameter = is_self ? reference : reference.parent();
    const Node function = parameter.parent().parent();
    if (!parameter.is_any({"parameter", "self_parameter"}) || !function.is("function_item") ||
        syntax::trait_of(function) || syntax::impl_of(function).field("trait")) {
      is_whole_ = false;  // a trait's method has other implementations
      return;
    }
    is_public_ |= function.has_child("visibility_modifier");
    const std::string_view name = function.field("name").text();
    const size_t position = position_of(parameter);
    const bool has_self =
        position_of(function.field("parameters").named_children().back()) > 0 &&
        function.field("parameters").named_children().front().is("self_parameter");
    for (const Node& call : items_.calls()) {
      const Node method = method_name(call);
      const Node path = call.field("function");
      if ((method ? method.text() : syntax::last_name(path)) != name) continue;
      const std::vector<Node> arguments = call.field("arguments").parts();
      if (method && (is_self || has_self)) {
        if (is_self)
          borrow(chain_receiver(call), false);
        else if (position >= 1 && position - 1 < arguments.size())
          borrow(arguments[position - 1], true);
      } else if (!method && position < arguments.size()) {
        borrow(arguments[position], true);
      }
    }
  }

  // What is passed: `&x` becomes `&mut x`; a plain name is a reference of the caller's,
  // or, as a method's receiver, the variable itself.
  void borrow(Node passed, bool is_argument) {
    if (passed.is("reference_expression") && is_argument) {
      if (!passed.has_child("mutable_specifier")) insert(passed, passed.begin() + 1, "mut ");
      passed = passed.field("value");
      own(passed);
    } else if (passed.is_any({"identifier", "self"})) {
      own(passed);
    } else if (passed.is("field_expression")) {
      own(passed);
    }
  }

  // The variable at the root of the place has to be mutable.
  void own(Node place) {
    while (place.is("field_expression")) place = place.field("value");
    if (place.is("self")) {
      const Node function = syntax::enclosing(place, {"function_item"});
      for (const Node& parameter : function.field("parameters").named_children())
        if (parameter.is("self_parameter")) own_self(parameter);
      return;
    }
    if (!place.is("identifier")) return;
    const Node declaration = declaration_of(place);
    const Node pattern = declaration.field("pattern");
    if (!declaration || pattern.is("mut_pattern") || declaration.has_child("mutable_specifier"))
      return;
    const Node type = declaration.field("type");
    if (declaration.is("parameter") && type.is("reference_type")) {
      todo_.push_back(type);
    } else {
      insert(pattern, pattern.begin(), "mut ");
    }
  }

  void own_self(Node parameter) {
    if (parameter.has_child("mutable_specifier")) return;
    if (parameter.has_child("&"))
      todo_.push_back(parameter);
    else
      insert(parameter, parameter.begin(), "mut ");
  }

  const syntax::Items& items_;
  std::vector<Node> todo_;
  std::set<base::Span> seen_;
  std::map<base::Span, std::string> edits_;
  bool is_whole_ = true;
  bool is_public_ = false;
};

}  // namespace

std::vector<base::FixIt> borrow_uniquely(const syntax::Items& items, Node reference) {
  if (!reference.is("reference_type") &&
      !(reference.is("self_parameter") && reference.has_child("&")))
    return {};
  Follower follower(items);
  if (!follower.run(reference)) return {};
  base::FixIt fix;
  fix.name = "borrow_mut";
  fix.title = "borrow it by `&mut` instead of `&`";
  fix.trade_off = follower.is_public() ? "callers need to own it or hold it by `&mut`" : "";
  fix.keeps_meaning = true;
  fix.edits = follower.take();
  return {std::move(fix)};
}

}  // namespace jaa::rewrite
