#include "rewrite/share_value.h"

#include <algorithm>
#include <set>
#include <string>

#include "rewrite/evaluation.h"
#include "syntax/layout.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

constexpr const char* ArcPath = "std::sync::Arc";
// More places than a person would change in one edit.
constexpr size_t MostPlaces = 32;

class Shares {
 public:
  Shares(const syntax::Items& items, const Sharing& sharing, ImportEdits& imports)
      : items_(items),
        first_task_(sharing.first_task),
        unknown_(sharing.unknown),
        imports_(imports),
        shared_(items, sharing.type_of) {
    todo_.push_back(sharing.place);
  }

  [[nodiscard]] bool share() {
    for (size_t at = 0; at < todo_.size(); ++at) {
      if (at >= MostPlaces || !share_one(Node(todo_[at]))) return false;
    }
    return true;
  }
  [[nodiscard]] std::vector<base::Edit> take() { return std::move(edits_); }

 private:
  void reach(Node place) {
    if (std::find(todo_.begin(), todo_.end(), place) == todo_.end()) todo_.push_back(place);
  }
  void insert(Node at, bool behind, std::string text) {
    const uint32_t offset = behind ? at.end() : at.begin();
    edits_.push_back({{at.span().file, offset, offset}, std::move(text)});
  }
  void wrap(Node value) {
    if (!done_.insert(value.span()).second) return;
    insert(value, false, imports_.name_at(value, ArcPath) + "::new(");
    insert(value, true, ")");
  }
  void wrap_type(Node type) {
    if (!done_.insert(type.span()).second) return;
    insert(type, false, imports_.name_at(type, ArcPath) + "<");
    insert(type, true, ">");
  }

  [[nodiscard]] bool stays(Arced value) const {
    return value == Arced::Yes || (value == Arced::Unknown && unknown_ == UnknownValues::Leave);
  }

  [[nodiscard]] bool share_one(Node place) {
    if (place.is("self_parameter")) return share_receiver(place);
    if (place.is("field_identifier")) return share_field(place.parent());
    // The first place is what is to be shared, so that it is none.
    if (place != todo_.front() && stays(shared_.variable(place))) return true;
    Node pattern = place;
    while (pattern.parent().is("mut_pattern")) pattern = pattern.parent();
    const Node owner = pattern.parent();
    if (owner.is("let_declaration") && owner.field("pattern") == pattern) {
      const Node value = owner.field("value");
      const Node type = owner.field("type");
      if (!value || syntax::is_in_macro(value)) return false;
      if (owner.has_child("mutable_specifier") || pattern.is("mut_pattern")) {
        if (const Node statement = statement_of_task(owner)) return share_before(place, statement);
      }
      // A variable that holds a reference shares what that leads to.
      if (value.is("reference_expression")) return share_argument(value);
      wrap(value);
      if (type && type.is("reference_type")) return false;
      if (type) wrap_type(type);
      return true;
    }
    if (owner.is("parameter") && owner.field("pattern") == pattern) {
      const Node type = owner.field("type");
      if (type.is("reference_type")) return share_parameter(owner);
      return share_at_start(place, syntax::enclosing(owner, {"function_item"}).field("body"));
    }
    return share_at_start(place, scope_of(place));
  }

  // The block that a pattern binds its names for.
  static Node scope_of(Node place) {
    const Node owner =
        syntax::enclosing(place, {"for_expression", "let_condition", "match_arm", "block"});
    if (owner.is("for_expression") && owner.field("pattern").contains(place))
      return owner.field("body");
    if (owner.is("match_arm") && owner.field("pattern").contains(place))
      return owner.field("value");
    if (owner.is("let_condition")) {
      const Node branch = syntax::enclosing(owner, {"if_expression", "while_expression", "block"});
      return branch.is("if_expression") ? branch.field("consequence") : branch.field("body");
    }
    return {};
  }

  // `let x = Arc::new(x);`, where `x` is bound by a pattern.
  [[nodiscard]] bool share_at_start(Node place, Node body) {
    const std::vector<Node> inner = syntax::statements(body);
    if (!body.is("block") || inner.empty()) return false;
    return share_before(place, inner.front());
  }

  // The statement with the first task in the block of `declaration`.
  [[nodiscard]] Node statement_of_task(Node declaration) const {
    Node at = first_task_;
    while (at && at.parent() != declaration.parent()) at = at.parent();
    return at;
  }

  [[nodiscard]] bool share_before(Node place, Node first) {
    const std::string_view text(first.text().data() - first.begin(), first.end());
    const std::string name(place.text());
    const bool is_own_line = syntax::starts_line(text, first.begin());
    insert(first, false,
           "let " + name + " = " + imports_.name_at(first, ArcPath) + "::new(" + name + ");" +
               (is_own_line ? std::string(syntax::layout(text).line_end) +
                                  std::string(syntax::indentation(text, first.begin()))
                            : " "));
    return true;
  }

  [[nodiscard]] bool share_receiver(Node self) {
    const Node method = syntax::enclosing(self, {"function_item"});
    const Node impl = syntax::impl_of(method);
    if (!method || !impl || impl.field("trait") || self.has_child("mutable_specifier") ||
        !self.text().starts_with("&"))
      return false;
    std::string reference = "&";
    for (const Node& part : self.parts())
      if (part.is("lifetime")) reference += std::string(part.text()) + " ";
    edits_.push_back(
        {self.span(), "self: " + reference + imports_.name_at(self, ArcPath) + "<Self>"});
    return follow_calls(method, -1);
  }

  [[nodiscard]] bool share_parameter(Node parameter) {
    const Node method = syntax::enclosing(parameter, {"function_item"});
    const Node type = parameter.field("type");
    const Node inner = type.field("type");
    if (!method || !inner || type.has_child("mutable_specifier") || syntax::trait_of(method) ||
        syntax::impl_of(method).field("trait"))
      return false;
    wrap_type(inner);
    int index = 0;
    for (const Node& other : method.field("parameters").parts()) {
      if (other == parameter) break;
      index += other.is_any({"parameter"}) ? 1 : 0;
    }
    return follow_calls(method, index);
  }

  // What callers pass for that parameter, or call the method on for -1.
  [[nodiscard]] bool follow_calls(Node function, int index) {
    const std::string_view name = function.field("name").text();
    if (items_.functions(name).size() != 1) return false;
    const bool is_method = syntax::impl_of(function).is_valid();
    const bool has_self = function.field("parameters").has_child("self_parameter");
    std::vector<Node> roots{root_of(function)};
    for (const Node& call : items_.calls()) {
      const Node root = root_of(call);
      if (std::find(roots.begin(), roots.end(), root) == roots.end()) roots.push_back(root);
      const Node method = method_name(call);
      if (method ? method.text() != name || !is_method
                 : syntax::last_name(call.field("function")) != name)
        continue;
      if (index < 0 && method) {
        if (!share_argument(chain_receiver(call))) return false;
        continue;
      }
      // A path call of a method passes `self` first.
      const std::vector<Node> arguments = call.field("arguments").parts();
      const size_t at = static_cast<size_t>(index < 0 ? 0 : index + (!method && has_self ? 1 : 0));
      if (at >= arguments.size() || !share_argument(arguments[at])) return false;
    }
    return std::all_of(roots.begin(), roots.end(),
                       [&](const Node& root) { return follow_tokens(root, name, index); });
  }

  static Node root_of(Node node) {
    while (node.parent()) node = node.parent();
    return node;
  }

  // The same within the arguments of macros, where there are only tokens: `x.name(..)`,
  // `self.x.name(..)` and `name(&x, ..)`.
  [[nodiscard]] bool follow_tokens(Node root, std::string_view name, int index) {
    bool result = true;
    syntax::walk(root, [&](Node node) {
      if (!node.is("identifier") || node.text() != name || !node.next().is("token_tree") ||
          !node.parent().is("token_tree"))
        return result ? syntax::Walk::Into : syntax::Walk::Stop;
      Node value;
      if (index < 0) {
        value = node.previous().is(".") ? node.previous().previous() : Node();
      } else {
        int commas = 0;
        for (const Node& token : node.next().children()) {
          if (token.is(",")) ++commas;
          if (commas == index && token.is_any({"identifier", "self"}) && !value) value = token;
        }
      }
      result = result && share_token(value);
      return syntax::Walk::Into;
    });
    return result;
  }

  [[nodiscard]] bool share_token(Node token) {
    if (token.previous().is(".")) {
      const auto& fields = items_.fields(token.text());
      if (fields.size() != 1) return false;
      reach(fields.front().field("name"));
      return true;
    }
    return token.is_any({"identifier", "self"}) && share_argument(token);
  }

  // An expression that gives the value, or a reference to it.
  [[nodiscard]] bool share_argument(Node value) {
    while (value.is_any({"reference_expression", "parenthesized_expression"})) {
      const std::vector<Node> parts = value.parts();
      if (parts.empty() || value.has_child("mutable_specifier")) return false;
      value = parts.back();
    }
    if (value.is("field_expression")) {
      const auto& fields = items_.fields(value.field("field").text());
      if (fields.size() != 1) return false;
      reach(fields.front().field("name"));
      return true;
    }
    if (value.is_any({"identifier", "self"})) {
      const Node binding = syntax::binding_of(value.text(), value);
      if (!binding) return false;
      // By value or behind another pointer, `self` is not ours to change.
      if (binding.is("parameter")) return shared_.type(binding.field("type")) == Arced::Yes;
      reach(binding);
      return true;
    }
    if (value.is_any({"call_expression", "struct_expression"})) {
      if (!stays(shared_.value(value))) wrap(value);
      return true;
    }
    return false;
  }

  // The field's type, and each value that it is given.
  [[nodiscard]] bool share_field(Node field) {
    const Node item = syntax::enclosing(field, {"struct_item"});
    const Node type = field.field("type");
    if (!item || !type) return false;
    if (shared_.type(type) == Arced::Yes) return true;
    if (type.is("reference_type")) return false;
    wrap_type(type);
    const std::string_view name = field.field("name").text();
    Node root = item;
    while (root.parent()) root = root.parent();
    size_t seen = 0;
    syntax::walk(root, [&](Node node) {
      if (node.is("field_initializer") && node.field("field").text() == name) {
        wrap(node.field("value"));
        ++seen;
      } else if (node.is("shorthand_field_initializer") && node.text() == name) {
        edits_.push_back({node.span(), std::string(name) + ": " + imports_.name_at(node, ArcPath) +
                                           "::new(" + std::string(name) + ")"});
        ++seen;
      }
      return syntax::Walk::Into;
    });
    return seen > 0;
  }

  const syntax::Items& items_;
  Node first_task_;
  UnknownValues unknown_;
  ImportEdits& imports_;
  AlreadyShared shared_;
  std::vector<Node> todo_;
  std::set<base::Span> done_;
  std::vector<base::Edit> edits_;
};

}  // namespace

std::vector<base::Edit> share_value(const syntax::Items& items, const Sharing& sharing,
                                    ImportEdits& imports) {
  Shares shares(items, sharing, imports);
  return shares.share() ? shares.take() : std::vector<base::Edit>();
}

}  // namespace jaa::rewrite
