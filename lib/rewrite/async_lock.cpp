// The blocking lock becomes an async one: of a crate the project depends on, or its own.
#include <algorithm>
#include <map>

#include "llvm/ADT/StringRef.h"
#include "rewrite/evaluation.h"
#include "rewrite/guard_scope.h"
#include "rewrite/imports.h"
#include "rewrite/lock_kind.h"
#include "rewrite/value_entities.h"
#include "syntax/layout.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

bool is_acquiring(std::string_view method) {
  return method == "lock" || method == "read" || method == "write";
}

bool is_unpacking(std::string_view method) {
  return method == "unwrap" || method == "expect" || method == "unwrap_or_else";
}

// The `lock()` that made the held value.
Node find_acquire(const syntax::Tree& tree, const Held& held) {
  Node at = held.acquire ? tree.node_at(*held.acquire) : Node();
  if (!at) {
    at = held.name.empty() ? tree.node_at(held.value)
                           : syntax::enclosing(tree.smallest_node(held.value),
                                               {"let_declaration", "let_condition"})
                                 .field("value");
  }
  while (at && !is_acquiring(method_name(at).text())) at = chain_receiver(at);
  return has_arguments(at) || syntax::is_in_macro(at) ? Node() : at;
}

// Builds the edits of one conversion, file by file.
class Conversion {
 public:
  Conversion(const std::vector<const syntax::Tree*>& trees, std::string_view lock,
             std::string_view path, bool is_own, bool is_poisoning)
      : trees_(trees), lock_(lock), path_(path), is_own_(is_own), is_poisoning_(is_poisoning) {}

  // Every step returns false where the conversion is not sure to be whole.
  [[nodiscard]] bool convert(const ValueEntities& lock) {
    if (lock.is_open) return false;
    for (const Node& type : lock.types) convert_type(type);
    const bool has_type = !edits_.empty();
    for (const Node& value : lock.values) convert_constructors(value);
    if (edits_.empty() || (!has_type && lock.types.size() > 0)) return false;
    for (const Node& call : lock.calls)
      if (!convert_call(call)) return false;
    return true;
  }

  // With the imports whose last use was converted, which would be a warning.
  [[nodiscard]] std::vector<base::Edit> take() {
    std::vector<base::Edit> result = imports_.take();
    for (auto& [span, text] : edits_) result.push_back({span, std::move(text)});
    return result;
  }
  [[nodiscard]] bool is_private() const { return is_private_; }

 private:
  void replace(base::Span span, std::string text) { edits_[span] = std::move(text); }

  // The lock's name, or a path that ends in it.
  void replace_lock(Node path) {
    if (path.is_any({"identifier", "type_identifier"})) imports_.remove_mention(path);
    // In full where it has the name of the blocking one, so that a reader sees which it is.
    const bool has_same_name = path_.ends_with("::" + lock_);
    replace(path.span(), has_same_name ? path_ : imports_.name_at(path, path_));
  }

  [[nodiscard]] bool names_lock(Node path) const {
    if (path.is_any({"scoped_identifier", "scoped_type_identifier"})) path = path.field("name");
    return path.text() == lock_;
  }

  void note_visibility(Node item) {
    for (Node at = item; at; at = at.parent()) {
      if (!at.is_any(
              {"field_declaration", "static_item", "const_item", "function_item", "type_item"}))
        continue;
      is_private_ = is_private_ && !at.has_child("visibility_modifier");
      return;
    }
  }

  // Within `type`, or in the alias it is named by.
  void convert_type(Node type) {
    std::vector<Node> todo{type};
    for (size_t at = 0; at < todo.size() && at < 16; ++at) {
      walk(todo[at], [&](Node node) {
        if (node.is("generic_type") && names_lock(node.field("type"))) {
          replace_lock(node.field("type"));
          note_visibility(node);
          return Walk::Over;
        }
        if (node.is("type_identifier"))
          for (const Node& alias : aliases(node.text()))
            if (std::find(todo.begin(), todo.end(), alias) == todo.end()) todo.push_back(alias);
        return Walk::Into;
      });
    }
  }

  [[nodiscard]] std::vector<Node> aliases(std::string_view name) const {
    std::vector<Node> result;
    for (const syntax::Tree* tree : trees_) {
      walk(tree->root(), [&](Node node) {
        if (node.is("type_item") && node.field("name").text() == name)
          result.push_back(node.field("type"));
        return node.is("block") ? Walk::Over : Walk::Into;
      });
    }
    return result;
  }

  // `Mutex::new(..)`; tokio's is not `const`, but has a twin that is.
  void convert_constructors(Node value) {
    walk(value, [&](Node node) {
      const Node function = node.field("function");
      if (!node.is("call_expression") || !function.is("scoped_identifier") ||
          !names_lock(function.field("path")))
        return Walk::Into;
      replace_lock(function.field("path"));
      if (is_own_) use_new(node);
      const Node context = syntax::enclosing(
          node, {"static_item", "const_item", "closure_expression", "function_item"});
      if (context.is_any({"static_item", "const_item"}) && path_.rfind("tokio::", 0) == 0 &&
          function.field("name").text() == "new")
        replace(function.field("name").span(), "const_new");
      return Walk::Over;
    });
  }

  // `Mutex::default()` -> `Lock::new(Default::default())`, `Mutex::from(x)` -> `Lock::new(x)`.
  void use_new(Node call) {
    const Node name = call.field("function").field("name");
    if (name.text() != "default" && name.text() != "from") return;
    replace(name.span(), "new");
    if (name.text() == "default") replace(call.field("arguments").span(), "(Default::default())");
  }

  [[nodiscard]] bool convert_call(Node call) {
    const std::string_view method = method_name(call).text();
    // The call and what unpacks its `Result`, which an async lock does not give.
    const Node parent = call.parent();
    const Node outer = parent.is("field_expression") ? parent.parent() : parent;
    const bool is_unpacked =
        parent.is("try_expression") ||
        (is_unpacking(method_name(outer).text()) && chain_receiver(outer) == call);
    const bool is_owner = method == "into_inner" || method == "get_mut";
    if (!is_acquiring(method) && !is_owner) return true;
    if (is_poisoning_ && !is_unpacked) return false;
    if (is_acquiring(method) && !syntax::is_async_function(syntax::enclosing_function(call)))
      return false;
    if (is_poisoning_)
      replace({call.span().file, call.end(), outer.end()}, is_owner ? "" : ".await");
    else if (!is_owner)
      replace({call.span().file, call.end(), call.end()}, ".await");
    return true;
  }

  const std::vector<const syntax::Tree*>& trees_;
  std::string lock_;
  std::string path_;
  bool is_own_;
  bool is_poisoning_;
  bool is_private_ = true;
  ImportEdits imports_;
  // By place, so that what two entities share is edited once.
  std::map<base::Span, std::string> edits_;
};

// The last name of the type that a guard gives access to, its last argument.
std::string protected_type(llvm::StringRef guard) {
  const llvm::StringRef arguments = guard.split('<').second.rtrim('>');
  const llvm::StringRef last = arguments.rsplit(", ").second;
  const llvm::StringRef path =
      (last.empty() ? arguments : last).take_until([](char one) { return one == '<'; });
  const size_t colon = path.rfind("::");
  return (colon == llvm::StringRef::npos ? path : path.drop_front(colon + 2)).str();
}

// The lock cannot be followed by names alone: all locks of what it protects, and those of
// the files that these stand in.
std::vector<base::FixIt> change_everywhere(const std::vector<const syntax::Tree*>& trees,
                                           const Held& held, Node acquire, bool is_mutex,
                                           const ProjectView& project) {
  LockMeeting meeting;
  meeting.lock = is_mutex ? "Mutex" : "RwLock";
  meeting.places = {chain_receiver(acquire)};
  meeting.protects = {protected_type(held.type)};
  return make_lock_async(trees, meeting, project);
}

}  // namespace

std::vector<base::FixIt> use_async_lock(const std::vector<const syntax::Tree*>& trees,
                                        const Held& held, const ProjectView& project) {
  if (trees.empty() || project.async_locks.empty() || held.awaits.empty()) return {};
  const Node acquire = find_acquire(*trees.front(), held);
  if (!acquire || !syntax::is_async_function(syntax::enclosing_function(acquire))) return {};
  const bool is_mutex = method_name(acquire).text() == "lock";
  const bool is_poisoning = held.type.find("parking_lot") == std::string::npos &&
                            held.type.find("lock_api") == std::string::npos;
  const ValueEntities entities = find_value_entities(trees, chain_receiver(acquire));

  std::vector<base::FixIt> result;
  for (const ProjectView::AsyncLock& lock : project.async_locks) {
    const std::string& path = is_mutex ? lock.mutex : lock.rw_lock;
    if (path.empty() || result.size() == 4) continue;
    Conversion conversion(trees, is_mutex ? "Mutex" : "RwLock", path, lock.is_own, is_poisoning);
    if (!conversion.convert(entities)) {
      if (!is_poisoning) return {};
      return change_everywhere(trees, held, acquire, is_mutex, project);
    }
    base::FixIt fix;
    fix.name = result.empty() ? "async_lock" : "async_lock_" + lock.crate;
    fix.title = "make the lock a `" + path + "`";
    fix.trade_off = is_poisoning
                        ? "no poisoning, a slower lock, and tasks queue for it over the await"
                        : "a slower lock, and tasks queue for it over the await";
    fix.keeps_meaning = conversion.is_private();
    fix.edits = conversion.take();
    result.push_back(std::move(fix));
  }
  // A pattern may have taken the lock out of its struct, where names do not tell.
  if (is_poisoning) {
    for (base::FixIt& fix : change_everywhere(trees, held, acquire, is_mutex, project)) {
      const bool is_known =
          std::any_of(result.begin(), result.end(),
                      [&fix](const base::FixIt& other) { return other.edits == fix.edits; });
      if (!is_known) result.push_back(std::move(fix));
    }
  }
  return result;
}

}  // namespace jaa::rewrite
