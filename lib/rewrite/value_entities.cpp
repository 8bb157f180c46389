#include "rewrite/value_entities.h"

#include <algorithm>
#include <optional>

#include "llvm/ADT/StringMap.h"
#include "rewrite/evaluation.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

// `Arc::clone(&x)`, `x.clone()`, `&x`, `Arc::new(x)` and `(x)` all carry what `x`
// carries; the place itself is returned, or the call that gives it, or none.
Node carried_place(Node value) {
  while (value) {
    const std::vector<Node> parts = value.parts();
    if (value.is_any({"identifier", "self", "field_expression", "scoped_identifier"})) return value;
    if (value.is("reference_expression")) {
      value = value.field("value");
    } else if (value.is_any({"parenthesized_expression", "unary_expression"}) && !parts.empty()) {
      value = parts.front();
    } else if (method_name(value)) {
      const std::string_view method = method_name(value).text();
      if (method != "clone" && method != "as_ref") return value;
      value = chain_receiver(value);
    } else if (value.is("call_expression")) {
      const Node function = value.field("function");
      const std::string_view owner = syntax::last_name(function.field("path"));
      const std::vector<Node> arguments = value.field("arguments").parts();
      const bool carries =
          (function.field("name").text() == "clone" || function.field("name").text() == "new") &&
          (owner == "Arc" || owner == "Rc" || owner == "Box");
      if (!carries || arguments.size() != 1) return value;
      value = arguments.front();
    } else {
      return {};
    }
  }
  return {};
}

// All items and expressions that matter, gathered in one pass over the crate.
struct Index {
  llvm::StringMap<std::vector<Node>> fields;     // name -> field_declaration
  llvm::StringMap<std::vector<Node>> statics;    // name -> static_item, const_item
  llvm::StringMap<std::vector<Node>> functions;  // name -> function_item
  std::vector<Node> initializers;                // field_initializer and its shorthand
  std::vector<Node> lets;
  std::vector<Node> calls;
  llvm::StringMap<std::vector<Node>> macro_tokens;  // identifiers within macros
  std::vector<Node> outermost;                      // function items in no other, in order

  // The outermost function item around `node`: the scope of a local.
  [[nodiscard]] Node function_of(Node node) const {
    const auto after = std::upper_bound(outermost.begin(), outermost.end(), node.span(),
                                        [](const base::Span& span, const Node& at) {
                                          return std::pair(span.file, span.begin) <
                                                 std::pair(at.span().file, at.begin());
                                        });
    return after != outermost.begin() && (after - 1)->contains(node) ? *(after - 1) : Node();
  }

  explicit Index(const std::vector<const syntax::Tree*>& trees) {
    for (const syntax::Tree* tree : trees) {
      walk(tree->root(), [&](Node node) {
        const std::string_view kind = node.kind();
        const auto name = [&] { return node.field("name").text(); };
        if (kind == "field_declaration") fields[name()].push_back(node);
        if (kind == "static_item" || kind == "const_item") statics[name()].push_back(node);
        if (kind == "function_item") {
          functions[name()].push_back(node);
          if (outermost.empty() || !outermost.back().contains(node)) outermost.push_back(node);
        }
        if (kind == "field_initializer" || kind == "shorthand_field_initializer")
          initializers.push_back(node);
        if (kind == "let_declaration") lets.push_back(node);
        if (kind == "call_expression") calls.push_back(node);
        if (kind != "token_tree" && kind != "macro_definition") return Walk::Into;
        syntax::for_each_name(
            node, [&](std::string_view token, Node at) { macro_tokens[token].push_back(at); });
        return Walk::Over;
      });
    }
    std::sort(outermost.begin(), outermost.end(),
              [](const Node& a, const Node& b) { return a.span() < b.span(); });
  }
};

class Search {
 public:
  Search(const Index& index, Node place) : index_(index) {
    if (const auto first = entity_of(place)) reach(*first);
    // The list grows while it is worked through.
    for (size_t at = 0; at < result_.entities.size() && result_.entities.size() < Limit; ++at)
      follow(ValueEntity(result_.entities[at]));
    result_.is_open |= result_.entities.empty() || result_.entities.size() >= Limit;
    for (const Node& call : index_.calls) {
      const Node receiver = method_name(call) ? chain_receiver(call) : Node();
      if (const auto entity = entity_of(receiver); entity && is_reached(*entity))
        result_.calls.push_back(call);
    }
  }

  [[nodiscard]] ValueEntities take() { return std::move(result_); }

 private:
  // More places than a person would change in one edit.
  static constexpr size_t Limit = 64;
  // Functions that give what another one gives.
  static constexpr int DeepestCall = 4;

  [[nodiscard]] bool is_reached(const ValueEntity& entity) const {
    return std::find(result_.entities.begin(), result_.entities.end(), entity) !=
           result_.entities.end();
  }

  void reach(const ValueEntity& entity) {
    if (!is_reached(entity)) result_.entities.push_back(entity);
  }

  // The entity a place expression names, if one can be told.
  [[nodiscard]] std::optional<ValueEntity> entity_of(Node place, int depth = 0) const {
    const bool is_declared_field = place.is("field_identifier");
    if (!is_declared_field) place = carried_place(place);
    if (place.is("call_expression")) {
      const Node function = depth < DeepestCall ? only_callee(place) : Node();
      return function ? entity_of(returned_value(function), depth + 1) : std::nullopt;
    }
    if (is_declared_field || place.is("field_expression")) {
      const std::string_view name = is_declared_field ? place.text() : place.field("field").text();
      const auto found = index_.fields.find(name);
      if (found == index_.fields.end() || found->second.size() != 1) return std::nullopt;
      return ValueEntity{ValueEntity::Kind::Field, std::string(name),
                         syntax::enclosing(found->second.front(), {"struct_item"})};
    }
    if (!place.is_any({"identifier", "scoped_identifier"})) return std::nullopt;
    const std::string_view name = syntax::last_name(place);
    const auto item = index_.statics.find(name);
    if (item != index_.statics.end()) {
      if (item->second.size() != 1) return std::nullopt;
      return ValueEntity{ValueEntity::Kind::Static, std::string(name), item->second.front()};
    }
    const Node function = index_.function_of(place);
    if (!place.is("identifier") || !function) return std::nullopt;
    return ValueEntity{ValueEntity::Kind::Local, std::string(name), function};
  }

  void follow(const ValueEntity& entity) {
    // A lock taken in a macro's arguments is out of reach.
    const auto tokens = index_.macro_tokens.find(entity.name);
    if (tokens != index_.macro_tokens.end())
      for (const Node& token : tokens->second) {
        const std::string_view method = token.next().is(".") ? token.next().next().text() : "";
        result_.is_open |=
            (method == "lock" || method == "read" || method == "write") &&
            (entity.kind != ValueEntity::Kind::Local || index_.function_of(token) == entity.owner);
      }
    if (entity.kind == ValueEntity::Kind::Field)
      result_.types.push_back(index_.fields.find(entity.name)->second.front().field("type"));
    if (entity.kind == ValueEntity::Kind::Static) {
      result_.types.push_back(entity.owner.field("type"));
      result_.values.push_back(entity.owner.field("value"));
    }
    follow_initializers(entity);
    follow_returns(entity);
    follow_lets(entity);
    follow_calls(entity);
    if (entity.kind == ValueEntity::Kind::Local) follow_parameters(entity);
  }

  // Either side of `to = value` being `entity`, the other is one too.
  void connect(const ValueEntity& entity, const ValueEntity& to, Node value) {
    const auto from = entity_of(value);
    if (to == entity) {
      result_.values.push_back(value);
      if (from) reach(*from);
    } else if (from == entity) {
      reach(to);
    }
  }

  void follow_initializers(const ValueEntity& entity) {
    for (const Node& initializer : index_.initializers) {
      const bool is_short = initializer.is("shorthand_field_initializer");
      const std::vector<Node> parts = initializer.parts();
      const Node value = is_short && !parts.empty() ? parts.front() : initializer.field("value");
      const std::string_view name = is_short ? value.text() : initializer.field("field").text();
      const auto field = index_.fields.find(name);
      if (field == index_.fields.end()) continue;
      for (const Node& declaration : field->second) {
        const Node owner = syntax::enclosing(declaration, {"struct_item"});
        const std::string_view made =
            syntax::last_name(syntax::enclosing(initializer, {"struct_expression"}).field("name"));
        if (made != "Self" && made != owner.field("name").text()) continue;
        // A name that several structs share could be any of theirs where it is used.
        const bool is_ours = entity_of(value) == entity ||
                             (entity.kind == ValueEntity::Kind::Field && entity.name == name);
        result_.is_open |= is_ours && field->second.size() != 1;
        connect(entity, {ValueEntity::Kind::Field, std::string(name), owner}, value);
      }
    }
  }

  // What a function's body ends with.
  static Node returned_value(Node function) {
    const std::vector<Node> statements = syntax::statements(function.field("body"));
    const bool has_value = !statements.empty() && function.field("return_type") &&
                           !statements.back().is_any({"expression_statement", "let_declaration"});
    return has_value ? statements.back() : Node();
  }

  // The only function of this crate that `call` may be one of.
  [[nodiscard]] Node only_callee(Node call) const {
    const Node method = method_name(call);
    const auto found =
        index_.functions.find(method ? method.text() : syntax::last_name(call.field("function")));
    if (found == index_.functions.end()) return {};
    std::vector<Node> candidates = found->second;
    std::erase_if(candidates, [&call](const Node& one) { return !may_call(call, one); });
    return candidates.size() == 1 ? candidates.front() : Node();
  }

  // Functions that give it away: `fn log(&self) -> Rc<Log> { Rc::clone(&self.log) }`.
  void follow_returns(const ValueEntity& entity) {
    for (const auto& named : index_.functions)
      for (const Node& function : named.second)
        if (const Node value = returned_value(function); value && entity_of(value) == entity) {
          result_.types.push_back(function.field("return_type"));
          result_.values.push_back(value);
        }
  }

  void follow_lets(const ValueEntity& entity) {
    for (const Node& let : index_.lets) {
      const Node pattern = let.field("pattern");
      const Node function = index_.function_of(let);
      if (!pattern.is("identifier") || !function) continue;
      const ValueEntity local{ValueEntity::Kind::Local, std::string(pattern.text()), function};
      if (local == entity)
        if (const Node type = let.field("type")) result_.types.push_back(type);
      connect(entity, local, let.field("value"));
    }
  }

  // Arguments of calls to functions of this crate.
  void follow_calls(const ValueEntity& entity) {
    for (const Node& call : index_.calls) {
      const Node method = method_name(call);
      const std::string_view name =
          method ? method.text() : syntax::last_name(call.field("function"));
      const auto found = index_.functions.find(name);
      if (found == index_.functions.end()) continue;
      const std::vector<Node> arguments = call.field("arguments").parts();
      for (const Node& function : found->second) {
        if (!may_call(call, function)) continue;
        std::vector<Node> parameters;
        for (const Node& part : function.field("parameters").parts())
          if (part.is("parameter")) parameters.push_back(part);
        if (parameters.size() != arguments.size()) continue;
        for (size_t at = 0; at < arguments.size(); ++at)
          if (parameters[at].field("pattern").is("identifier"))
            connect(entity,
                    {ValueEntity::Kind::Local, std::string(parameters[at].field("pattern").text()),
                     function},
                    arguments[at]);
      }
    }
  }

  void follow_parameters(const ValueEntity& entity) {
    for (const Node& part : entity.owner.field("parameters").parts())
      if (part.field("pattern").text() == entity.name) result_.types.push_back(part.field("type"));
  }

  const Index& index_;
  ValueEntities result_;
};

}  // namespace

bool may_call(Node call, Node function) {
  const Node impl = syntax::impl_of(function);
  const Node trait = syntax::trait_of(function);
  const std::string_view owner =
      syntax::last_name(trait ? trait.field("name") : impl.field("type"));
  if (method_name(call)) return impl || trait;
  const Node path = call.field("function").field("path");
  std::string_view written = syntax::last_name(path);
  if (path.text() == "Self") {
    const Node around = syntax::impl_of(syntax::outermost_function(call));
    written = syntax::last_name(around.field("type"));
  }
  const bool is_type =
      !written.empty() && std::isupper(static_cast<unsigned char>(written.front())) != 0;
  return is_type ? written == owner || written == syntax::last_name(impl.field("trait"))
                 : !impl && !trait;
}

ValueEntities find_value_entities(const std::vector<const syntax::Tree*>& trees, Node place) {
  const Index index(trees);
  return Search(index, place).take();
}

}  // namespace jaa::rewrite
