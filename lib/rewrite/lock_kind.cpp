#include "rewrite/lock_kind.h"

#include <algorithm>
#include <array>
#include <map>

#include "rewrite/evaluation.h"
#include "rewrite/imports.h"
#include "rewrite/value_entities.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

// A path to a lock, as it stands in the source.
struct Mention {
  Node path;
  std::string full;      // through the imports: "std::sync::Mutex"
  bool is_bare = false;  // one name, which an import brings
};

bool is_blocking(std::string_view full) {
  return full.starts_with("std::sync::") || full.starts_with("parking_lot::");
}

bool contains(const std::vector<Node>& nodes, Node node) {
  return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
}

// `path` with its first name as the imports have it; what a module takes from the one
// around it by a glob is looked for there.
std::string full_path(Node path) {
  std::string text;
  for (const char c : path.text())
    if (std::isspace(static_cast<unsigned char>(c)) == 0) text += c;
  if (text.starts_with("::")) return text.substr(2);
  const std::string head = text.substr(0, text.find("::"));
  for (Node scope = import_scope(path); scope; scope = import_scope(scope.parent()))
    for (const Import& import : imports_of(scope))
      if (import.name.text() == head) return import.path + text.substr(head.size());
  return text;
}

Node root_of(Node node) {
  while (node.parent()) node = node.parent();
  return node;
}

// Of the standard library; a lock of it may be any lock.
bool is_container(std::string_view name) {
  constexpr std::array Names{
      std::string_view("Arc"),    std::string_view("BTreeMap"), std::string_view("BTreeSet"),
      std::string_view("Box"),    std::string_view("HashMap"),  std::string_view("HashSet"),
      std::string_view("Option"), std::string_view("Pin"),      std::string_view("Rc"),
      std::string_view("String"), std::string_view("Vec"),      std::string_view("VecDeque")};
  return std::find(Names.begin(), Names.end(), name) != Names.end();
}

class LockKind {
 public:
  LockKind(const std::vector<const syntax::Tree*>& trees, const LockMeeting& meeting)
      : trees_(trees), meeting_(meeting) {
    for (const syntax::Tree* tree : trees)
      walk(tree->root(), [&](Node node) {
        if (node.is("use_declaration")) return Walk::Over;
        const bool is_scoped = node.is_any({"scoped_type_identifier", "scoped_identifier"});
        if (!is_scoped && !node.is_any({"type_identifier", "identifier"})) return Walk::Into;
        if (syntax::last_name(node) != meeting.lock) return Walk::Into;
        const std::string full = full_path(node);
        mentions_.push_back({node, full, !is_scoped});
        return Walk::Over;
      });
  }

  // The blocking ones that are connected with the places of the errors. A container that a
  // lock protects counts only where asked: it says little about which lock it is.
  [[nodiscard]] std::vector<Mention> connected(bool with_containers) {
    std::vector<Node> found;
    calls_.clear();
    const auto add_within = [&](Node whole) {
      for (const Mention& mention : mentions_)
        if (whole.contains(mention.path)) found.push_back(mention.path);
    };
    for (const Node& place : meeting_.places) {
      add_within(place);
      const ValueEntities entities = find_value_entities(trees_, place);
      for (const Node& type : entities.types) add_within(type);
      for (const Node& value : entities.values) add_within(value);
      for (const Node& call : entities.calls)
        if (is_acquiring_call(call)) calls_.push_back(call);
    }
    for (const Mention& mention : mentions_)
      if (protects_one(mention.path, with_containers) || is_held(mention.path))
        found.push_back(mention.path);
    return blocking([&](const Mention& mention) { return contains(found, mention.path); });
  }

  // All that is blocking in the files where `some` or the errors are.
  [[nodiscard]] std::vector<Mention> in_files(const std::vector<Mention>& some) const {
    std::vector<Node> files;
    for (const Mention& mention : some) files.push_back(root_of(mention.path));
    for (const Node& place : meeting_.places) files.push_back(root_of(place));
    return blocking([&](const Mention& mention) { return contains(files, root_of(mention.path)); });
  }

  // The paths of async locks that the crate writes, those of the files of `some` first.
  [[nodiscard]] std::vector<std::string> written_paths(const std::vector<Mention>& some) const {
    std::vector<Node> near;
    for (const Mention& mention : some) near.push_back(root_of(mention.path));
    std::vector<std::string> result;
    const auto add = [&result, this](const std::string& path) {
      const bool is_wanted =
          meeting_.is_of_blocking ? path.starts_with(meeting_.crate + "::") : !is_blocking(path);
      if (path.find("::") != std::string::npos && is_wanted && !path.starts_with("super") &&
          std::find(result.begin(), result.end(), path) == result.end())
        result.push_back(path);
    };
    for (const bool is_near : {true, false}) {
      for (const Mention& mention : mentions_)
        if (contains(near, root_of(mention.path)) == is_near) add(mention.full);
      for (const syntax::Tree* tree : trees_)
        if (contains(near, tree->root()) == is_near)
          for (const Import& import : imports_of(tree->root()))
            if (import.path.ends_with("::" + meeting_.lock)) add(import.path);
    }
    return result;
  }

  [[nodiscard]] base::FixIt convert(const std::vector<Mention>& some, const std::string& path) {
    edits_.clear();
    ImportEdits imports;
    base::FixIt fix;
    fix.keeps_meaning = true;
    for (const Mention& mention : some) {
      fix.keeps_meaning = fix.keeps_meaning && !is_public(mention.path);
      convert_mention(mention, some, path, imports);
    }
    for (const Node& call : meeting_.unpackings) unpack(call);
    if (!some.empty()) {
      for (const Node& call : calls_)
        if (const Node unpacking = unpacking_of(call)) unpack(unpacking);
      unpack_in_files(some);
    }
    fix.edits = imports.take();
    for (auto& [span, text] : edits_) fix.edits.push_back({span, text});
    return fix;
  }

 private:
  template <class Wanted>
  [[nodiscard]] std::vector<Mention> blocking(Wanted wanted) const {
    std::vector<Mention> result;
    for (const Mention& mention : mentions_)
      if (is_to_change(mention) && wanted(mention)) result.push_back(mention);
    return result;
  }

  [[nodiscard]] bool is_to_change(const Mention& mention) const {
    return meeting_.is_of_blocking ? mention.full.starts_with("std::sync::")
                                   : is_blocking(mention.full);
  }

  // In the declaration of a type that is said to hold the lock.
  [[nodiscard]] bool is_held(Node path) const {
    const std::string_view name =
        syntax::enclosing(path, {"struct_item", "enum_item"}).field("name").text();
    return !name.empty() && std::find(meeting_.holders.begin(), meeting_.holders.end(), name) !=
                                meeting_.holders.end();
  }

  // `Mutex<State>` of a lock that is said to protect a `State`.
  [[nodiscard]] bool protects_one(Node path, bool with_containers) const {
    const Node generic = path.parent();
    if (!generic.is("generic_type") || generic.field("type") != path) return false;
    const std::vector<Node> arguments = generic.field("type_arguments").parts();
    if (arguments.empty()) return false;
    const Node inner = arguments.front();
    const Node named = inner.is("generic_type") ? inner.field("type") : inner;
    const std::string_view name = syntax::last_name(named);
    return !name.empty() && (with_containers || !is_container(name)) &&
           std::find(meeting_.protects.begin(), meeting_.protects.end(), name) !=
               meeting_.protects.end();
  }

  // A type that other crates see.
  [[nodiscard]] static bool is_public(Node path) {
    for (Node at = path; at; at = at.parent()) {
      if (at.is("block")) return false;
      if (!at.is_any(
              {"field_declaration", "static_item", "const_item", "function_item", "type_item"}))
        continue;
      for (const Node& child : at.children())
        if (child.is("visibility_modifier")) return child.text() == "pub";
      return false;
    }
    return false;
  }

  void convert_mention(const Mention& mention, const std::vector<Mention>& some,
                       const std::string& path, ImportEdits& imports) {
    const Node token = mention.path;
    const Node scope = import_scope(token);
    if (!mention.is_bare) {
      edits_[token.span()] = imports.name_at(token, path);
    } else {
      imports.remove_mention(token);
      // Where all of a module change, the import does and the name stays.
      const bool is_imported_here =
          std::any_of(scope_imports(scope).begin(), scope_imports(scope).end(),
                      [&](const Import& import) { return import.name.text() == token.text(); });
      const bool change_all =
          is_imported_here &&
          std::all_of(mentions_.begin(), mentions_.end(), [&](const Mention& other) {
            return !other.is_bare || import_scope(other.path) != scope ||
                   std::any_of(some.begin(), some.end(),
                               [&](const Mention& one) { return one.path == other.path; });
          });
      if (change_all)
        imports.add(token, path);
      else
        edits_[token.span()] = path;
    }
    make_const(token, path);
  }

  const std::vector<Import>& scope_imports(Node scope) {
    const auto [at, is_new] = imports_.try_emplace(scope.span());
    if (is_new) at->second = imports_of(scope);
    return at->second;
  }

  // Tokio's `new` is not `const`, but has a twin that is.
  void make_const(Node path, const std::string& lock) {
    const Node function = path.parent();
    const Node item = syntax::enclosing(
        path, {"static_item", "const_item", "closure_expression", "function_item"});
    if (lock.starts_with("tokio::") && function.is("scoped_identifier") &&
        function.field("name").text() == "new" && item.is_any({"static_item", "const_item"}))
      edits_[function.field("name").span()] = "const_new";
  }

  // The await comes in the place of the call, or is there already.
  void unpack(Node call) {
    const Node value = chain_receiver(call);
    const Node function = syntax::enclosing_function(call);
    const bool may_unpack = meeting_.is_of_blocking || syntax::is_async_function(function);
    if (!value || syntax::is_in_macro(call) || !may_unpack) return;
    edits_[{call.span().file, value.end(), call.end()}] =
        meeting_.is_of_blocking || value.is("await_expression") ? "" : ".await";
  }

  // Where no blocking lock of this kind is left in a file, whatever is unpacked there was
  // one of those that change.
  void unpack_in_files(const std::vector<Mention>& some) {
    for (const syntax::Tree* tree : trees_) {
      const auto is_here = [&](const Mention& mention) {
        return root_of(mention.path) == tree->root();
      };
      const bool all_change =
          std::any_of(some.begin(), some.end(), is_here) &&
          std::all_of(mentions_.begin(), mentions_.end(), [&](const Mention& mention) {
            return !is_here(mention) || !is_to_change(mention) ||
                   std::any_of(some.begin(), some.end(),
                               [&](const Mention& one) { return one.path == mention.path; });
          });
      if (!all_change) continue;
      walk(tree->root(), [&](Node node) {
        const Node unpacking = takes_lock(node) ? unpacking_of(node) : Node();
        if (unpacking) unpack(unpacking);
        return Walk::Into;
      });
    }
  }

  // `x.lock()` of a mutex, `x.read()` and `x.write()` of a read-write lock.
  [[nodiscard]] bool takes_lock(Node call) const {
    return is_acquiring_call(call) &&
           (method_name(call).text() == "lock") == (meeting_.lock == "Mutex");
  }

  const std::vector<const syntax::Tree*>& trees_;
  const LockMeeting& meeting_;
  std::vector<Mention> mentions_;
  std::vector<Node> calls_;  // that take the lock, on what is connected
  std::map<base::Span, std::vector<Import>> imports_;
  // By place, so that what two reasons ask for is edited once.
  std::map<base::Span, std::string> edits_;
};

}  // namespace

bool is_acquiring_call(Node call) {
  const std::string_view method = method_name(call).text();
  return (method == "lock" || method == "read" || method == "write") && !has_arguments(call);
}

Node unpacking_of(Node value) {
  Node parent = value.parent();
  if (parent.is("await_expression")) {
    value = parent;
    parent = value.parent();
  }
  const Node call = parent.is("field_expression") ? parent.parent() : Node();
  const std::string_view method = method_name(call).text();
  return (method == "unwrap" || method == "expect") && chain_receiver(call) == value ? call
                                                                                     : Node();
}

std::vector<base::FixIt> make_lock_async(const std::vector<const syntax::Tree*>& trees,
                                         const LockMeeting& meeting, const ProjectView& project) {
  LockKind kind(trees, meeting);
  const std::vector<Mention> more = kind.connected(true);
  const std::vector<Mention> connected = kind.connected(false);
  if (!meeting.holders.empty() && connected.empty()) return {};
  const std::vector<Mention> all = kind.in_files(connected);
  std::vector<std::string> paths = kind.written_paths(all);
  if (meeting.is_of_blocking && paths.empty()) paths.push_back(meeting.crate + "::" + meeting.lock);
  for (const ProjectView::AsyncLock& lock : project.async_locks) {
    const std::string& path = meeting.lock == "Mutex" ? lock.mutex : lock.rw_lock;
    // Imports change and names stay, so it has to have the same name.
    if (path.ends_with("::" + meeting.lock) && !meeting.is_of_blocking &&
        std::find(paths.begin(), paths.end(), path) == paths.end())
      paths.push_back(path);
  }
  std::stable_partition(paths.begin(), paths.end(), [&](const std::string& path) {
    return !meeting.crate.empty() && path.starts_with(meeting.crate + "::");
  });
  if (paths.size() > 2) paths.resize(2);

  std::vector<base::FixIt> result;
  for (const std::string& path : paths) {
    for (const std::vector<Mention>* some : {&connected, &more, &all}) {
      base::FixIt fix = kind.convert(*some, path);
      const bool is_known =
          std::any_of(result.begin(), result.end(),
                      [&fix](const base::FixIt& other) { return other.edits == fix.edits; });
      if (fix.edits.empty() || is_known) continue;
      fix.name = "async_lock";
      fix.title = "make the lock a `" + path + "` everywhere";
      fix.trade_off = meeting.is_of_blocking
                          ? "no poisoning"
                          : "no poisoning, a slower lock, and tasks queue for it";
      result.push_back(std::move(fix));
    }
  }
  return result;
}

}  // namespace jaa::rewrite
