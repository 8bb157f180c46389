#include "rewrite/change_type.h"

#include <algorithm>
#include <array>
#include <map>

#include "rewrite/evaluation.h"
#include "rewrite/imports.h"
#include "rewrite/temporaries.h"
#include "rewrite/value_entities.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

struct NameChange {
  std::string_view from;
  std::string_view from_path;  // the module it comes from
  std::string_view to;         // in full; empty: depends on what is in it
};

struct Plan {
  TypeChange change;
  std::vector<NameChange> names;
  std::string_view fix_name;
  std::string_view title;
  std::string_view trade_off;
};

const Plan& plan_of(TypeChange change) {
  static const std::array<Plan, 4> Plans{
      Plan{TypeChange::RcToArc,
           {{"Rc", "std::rc", "std::sync::Arc"}, {"Weak", "std::rc", "std::sync::Weak"}},
           "use_arc",
           "share it by `Arc` instead of `Rc`",
           "the count is kept with atomic operations"},
      Plan{TypeChange::RefCellToMutex,
           {{"RefCell", "std::cell", "std::sync::Mutex"}},
           "use_mutex",
           "put it into a `Mutex` instead of a `RefCell`",
           "a second lock while one is held waits for ever, where a second borrow panicked"},
      Plan{TypeChange::CellToAtomic,
           {{"Cell", "std::cell", ""}},
           "use_atomic",
           "make it an atomic instead of a `Cell`",
           "reads and writes are atomic operations"},
      Plan{TypeChange::OnceCellToOnceLock,
           {{"OnceCell", "std::cell", "std::sync::OnceLock"}},
           "use_once_lock",
           "make it a `OnceLock` instead of a `OnceCell`",
           "a thread that comes while the value is made waits for it"}};
  return *std::find_if(Plans.begin(), Plans.end(),
                       [change](const Plan& plan) { return plan.change == change; });
}

// The atomic twin of `Cell<type>`; empty when there is none.
std::string atomic_of(std::string_view type) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 11> Atomics{
      {{"bool", "AtomicBool"},
       {"u8", "AtomicU8"},
       {"u16", "AtomicU16"},
       {"u32", "AtomicU32"},
       {"u64", "AtomicU64"},
       {"usize", "AtomicUsize"},
       {"i8", "AtomicI8"},
       {"i16", "AtomicI16"},
       {"i32", "AtomicI32"},
       {"i64", "AtomicI64"},
       {"isize", "AtomicIsize"}}};
  for (const auto& [plain, atomic] : Atomics)
    if (plain == type) return "std::sync::atomic::" + std::string(atomic);
  return {};
}

// Gathers the edits of one change, over the whole crate or over what `entities` name.
class TypeConversion {
 public:
  TypeConversion(const std::vector<const syntax::Tree*>& trees, const Plan& plan,
                 const ValueEntities* entities, const std::string& type)
      : trees_(trees), plan_(plan), entities_(entities), type_(type) {}

  [[nodiscard]] bool run() {
    if (plan_.change == TypeChange::CellToAtomic && !find_atomic()) return false;
    for (const syntax::Tree* tree : trees_) {
      syntax::walk(tree->root(), [&](Node node) {
        visit(node);
        return is_whole_ ? Walk::Into : Walk::Stop;
      });
    }
    keeps_meaning_ &= std::none_of(locks_.begin(), locks_.end(),
                                   [this](Node lock) { return may_lock_twice(lock); });
    return is_whole_ && !edits_.empty();
  }

  [[nodiscard]] std::vector<base::Edit> take() {
    std::vector<base::Edit> result = imports_.take();
    for (auto& [span, text] : edits_) result.push_back({span, std::move(text)});
    return result;
  }
  // Something is read and then written, which another thread may come between.
  [[nodiscard]] bool keeps_meaning() const { return keeps_meaning_; }

 private:
  void replace(base::Span span, std::string text) { edits_[span] = std::move(text); }

  [[nodiscard]] static bool is_in(Node node, const std::vector<Node>& places) {
    return std::any_of(places.begin(), places.end(),
                       [&](const Node& place) { return place.contains(node); });
  }

  // A declared type or a value of the entities, or a type alias that such a type names.
  [[nodiscard]] bool is_wanted(Node node) const {
    if (entities_ == nullptr || is_in(node, entities_->types) || is_in(node, entities_->values))
      return true;
    const Node alias = syntax::enclosing(node, {"type_item"});
    return alias && std::any_of(entities_->types.begin(), entities_->types.end(), [&](Node type) {
             return syntax::is_mentioned(type, alias.field("name").text());
           });
  }

  // All `Cell`s that change have to hold one type that has an atomic.
  [[nodiscard]] bool find_atomic() {
    for (const syntax::Tree* tree : trees_) {
      syntax::walk(tree->root(), [&](Node node) {
        if (node.is("generic_type") && syntax::last_name(node) == "Cell" && is_wanted(node)) {
          const std::vector<Node> inner = node.field("type_arguments").named_children();
          const std::string atomic = inner.size() == 1 ? atomic_of(inner.front().text()) : "";
          if (atomic.empty() || (!atomic_.empty() && atomic_ != atomic)) is_whole_ = false;
          atomic_ = atomic;
        }
        return is_whole_ ? Walk::Into : Walk::Stop;
      });
    }
    const size_t begin = type_.find("Cell<");
    const size_t end = type_.find('>', begin);
    if (is_whole_ && atomic_.empty() && begin != std::string::npos && end != std::string::npos)
      atomic_ = atomic_of(std::string_view(type_).substr(begin + 5, end - begin - 5));
    return is_whole_ && !atomic_.empty();
  }

  void visit(Node node) {
    if (node.is_any({"identifier", "type_identifier"})) {
      for (const NameChange& name : plan_.names)
        if (node.text() == name.from) visit_name(node, name);
    } else if (node.is("call_expression")) {
      visit_call(node);
    } else if (node.is("token_tree")) {
      visit_tokens(node);
    }
  }

  void visit_name(Node token, const NameChange& name) {
    if (syntax::enclosing(token, {"use_declaration"}) || !is_wanted(token)) return;
    // The whole path that ends in the name; one that only starts with it is that of a
    // constructor.
    Node path = token;
    while (path.parent().is_any({"scoped_identifier", "scoped_type_identifier"}) &&
           path.parent().field("name") == path)
      path = path.parent();
    if (path.parent().field("name") == path) return;  // declares one of its own
    const Node first = first_token(token);
    std::string_view prefix(first.text().data(), token.begin() - first.begin());
    if (path != token) prefix = path.field("path").text();
    if (prefix.ends_with("::")) prefix.remove_suffix(2);
    if (prefix.starts_with("::")) prefix.remove_prefix(2);
    const bool is_module =
        prefix == name.from_path || (name.from_path.ends_with("::" + std::string(prefix)) &&
                                     means(token, prefix, name.from_path));
    if (!prefix.empty() && !is_module) return;
    std::string to = name.to.empty() ? atomic_ : std::string(name.to);
    if (prefix.empty()) {
      if (!means(token, name.from, std::string(name.from_path) + "::" + std::string(name.from)))
        return;
      to = imports_.name_at(token, to);
    }
    imports_.remove_mention(token);
    Node whole = path;
    if (name.to.empty() && path.parent().is("generic_type")) whole = path.parent();
    replace({whole.span().file, std::min(first.begin(), whole.begin()), whole.end()},
            std::move(to));
  }

  // Where the path that ends in `token` starts, among the tokens of a macro's arguments.
  [[nodiscard]] static Node first_token(Node token) {
    if (!token.parent().is("token_tree")) return token;
    while (token.previous().is("::")) {
      token = token.previous();
      if (!token.previous().is_any({"identifier", "crate", "self", "super"})) break;
      token = token.previous();
    }
    return token;
  }

  // `name` at `place` stands for `path`, as far as imports and items tell. A glob may bring
  // what the module around has.
  [[nodiscard]] static bool means(Node place, std::string_view name, std::string_view path) {
    for (Node scope = import_scope(place); scope; scope = import_scope(scope.parent())) {
      for (const Import& import : imports_of(scope))
        if (import.name.text() == name) return import.path == path;
      for (const Node& item : scope.named_children())
        if (item.field("name").text() == name) return false;
    }
    return true;
  }

  [[nodiscard]] bool is_call_wanted(Node call) const {
    return entities_ == nullptr || std::find(entities_->calls.begin(), entities_->calls.end(),
                                             call) != entities_->calls.end();
  }

  void visit_call(Node call) {
    const Node method = method_name(call);
    if (!method || !is_call_wanted(call)) return;
    const std::vector<Node> arguments = call.field("arguments").parts();
    const base::Span tail{call.span().file, method.begin(), call.end()};
    if (plan_.change == TypeChange::RefCellToMutex && arguments.empty() &&
        (method.text() == "borrow" || method.text() == "borrow_mut")) {
      replace(tail, "lock().unwrap()");
      locks_.push_back(call);
    } else if (plan_.change == TypeChange::RefCellToMutex && arguments.empty() &&
               entities_ != nullptr &&
               (method.text() == "into_inner" || method.text() == "get_mut")) {
      // A mutex says whether a thread died with it.
      replace({call.span().file, call.end(), call.end()}, ".unwrap()");
    } else if (plan_.change == TypeChange::CellToAtomic) {
      visit_cell_call(call, method, arguments);
    }
  }

  // Where the guard of this lock may still be alive: as long as a temporary, or, bound by a
  // `let`, to the end of its block. What a condition has seen is to hold in its branches, too,
  // which a borrow of one thread saw to without being alive.
  [[nodiscard]] static base::Span life_of(Node lock) {
    const Node scope = temporary_scope(lock);
    base::Span life = scope.span();
    if (scope.parent().is_any({"if_expression", "while_expression"})) life = scope.parent().span();
    if (scope.is("let_declaration") && scope.field("value") == lock)
      life.end = syntax::enclosing_block(scope).end();
    return life;
  }

  // Something else that locks lies there, or a call of a function that does.
  [[nodiscard]] bool may_lock_twice(Node lock) const {
    const base::Span life = life_of(lock);
    for (const Node& other : locks_)
      if (other != lock && life.contains(other.span())) return true;
    const syntax::Tree* tree = tree_of(lock);
    bool may = false;
    syntax::walk(tree->root(), [&](Node node) {
      if (!life.overlaps(node.span())) return Walk::Over;
      // A call, or in a macro's arguments a name before parentheses.
      const Node function = node.field("function");
      const bool is_token = node.is("identifier") && node.next().is("token_tree");
      const std::string_view name = is_token ? node.text()
                                    : function.is("field_expression")
                                        ? function.field("field").text()
                                        : syntax::last_name(function);
      if ((is_token || node.is("call_expression")) && node != lock && life.contains(node.span()))
        may |= std::any_of(locks_.begin(), locks_.end(), [&](const Node& other) {
          const Node holder = syntax::enclosing(other, {"function_item"});
          return holder.field("name").text() == name &&
                 (is_token || (may_call(node, holder) && !is_of_field(node, holder)));
        });
      return may ? Walk::Stop : Walk::Into;
    });
    return may;
  }

  // `call` is a method of a field whose declared type is none that `holder` is a method of.
  [[nodiscard]] bool is_of_field(Node call, Node holder) const {
    const Node receiver = chain_receiver(call);
    const std::string_view owner = syntax::last_name(syntax::impl_of(holder).field("type"));
    if (!receiver.is("field_expression") || owner.empty()) return false;
    bool is_declared = false;
    bool may_be_owner = false;
    for (const syntax::Tree* tree : trees_)
      syntax::walk(tree->root(), [&](Node node) {
        if (node.is("field_declaration") &&
            node.field("name").text() == receiver.field("field").text()) {
          is_declared = true;
          may_be_owner |= syntax::is_mentioned(node.field("type"), owner) ||
                          node.field("type").text().find("dyn ") != std::string_view::npos;
        }
        return node.is("block") ? Walk::Over : Walk::Into;
      });
    return is_declared && !may_be_owner;
  }

  [[nodiscard]] const syntax::Tree* tree_of(Node node) const {
    return *std::find_if(trees_.begin(), trees_.end(), [&](const syntax::Tree* tree) {
      return tree->file() == node.span().file;
    });
  }

  void visit_cell_call(Node call, Node method, const std::vector<Node>& arguments) {
    if (edits_.contains(call.span())) return;
    const std::string receiver(chain_receiver(call).text());
    const auto ordering = [&] { return ordering_at(call); };
    const std::string_view name = method.text();
    if (name == "get" && arguments.empty()) {
      if (const Node store = following_store(call, receiver); store && merge(call, store)) return;
      if (!has_edit_around(call))
        replace({call.span().file, method.begin(), call.end()}, "load(" + ordering() + ")");
    } else if (name == "set" && arguments.size() == 1) {
      if (edits_.contains(call.parent().span()) || has_edit_around(call)) return;
      if (merge_own(call, arguments.front(), receiver)) return;
      replace(method.span(), "store");
      const base::Span end{call.span().file, arguments.front().end(), arguments.front().end()};
      replace(end, ", " + ordering());
      // Read before and written now: no longer one step.
      keeps_meaning_ &= !reads_cell(syntax::enclosing_function(call), receiver);
    } else if (name == "replace" && arguments.size() == 1) {
      replace(method.span(), "swap");
      const base::Span end{call.span().file, arguments.front().end(), arguments.front().end()};
      replace(end, ", " + ordering());
    } else if (name == "take" && arguments.empty()) {
      const std::string zero = atomic_.ends_with("Bool") ? "false" : "0";
      replace({call.span().file, method.begin(), call.end()},
              "swap(" + zero + ", " + ordering() + ")");
    }
  }

  [[nodiscard]] std::string ordering_at(Node place) {
    return imports_.name_at(place, "std::sync::atomic::Ordering") + "::Relaxed";
  }

  [[nodiscard]] bool has_edit_around(Node node) const {
    return std::any_of(edits_.begin(), edits_.end(), [&](const auto& edit) {
      return edit.first.contains(node.span()) && !edit.first.is_empty();
    });
  }

  [[nodiscard]] static bool reads_cell(Node function, const std::string& receiver) {
    return function.text().find(receiver + ".get()") != std::string_view::npos;
  }

  // "fetch_add" of `x + step`, and the step; empty for other expressions.
  static std::pair<std::string, Node> fetch_of(Node sum, std::string_view left) {
    const std::string_view sign = sum.field("operator").text();
    if (!sum.is("binary_expression") || sum.field("left").text() != left ||
        !is_pure(sum.field("right")) || (sign != "+" && sign != "-"))
      return {};
    return {sign == "+" ? "fetch_add" : "fetch_sub", sum.field("right")};
  }

  // `c.set(c.get() + 1)`
  bool merge_own(Node set, Node value, const std::string& receiver) {
    const auto [fetch, step] = fetch_of(value, receiver + ".get()");
    if (fetch.empty()) return false;
    const std::string call =
        receiver + "." + fetch + "(" + std::string(step.text()) + ", " + ordering_at(set) + ")";
    // What `fetch_add` gives is not wanted: `set` gives nothing.
    const bool is_statement = set.parent().is("expression_statement");
    replace(set.span(), is_statement ? call : "{ " + call + "; }");
    return true;
  }

  // The statement `c.set(..);` right behind `let x = c.get();`.
  static Node following_store(Node get, const std::string& receiver) {
    const Node let = get.parent();
    Node next = let.next();
    while (next.is_comment()) next = next.next();
    const std::vector<Node> parts = next.parts();
    const Node set = parts.empty() ? Node() : parts.front();
    const bool is_store = let.is("let_declaration") && let.field("pattern").is("identifier") &&
                          next.is("expression_statement") && method_name(set).text() == "set" &&
                          chain_receiver(set).text() == receiver;
    return is_store ? next : Node();
  }

  // `let x = c.get(); c.set(x + 1);` -> `let x = c.fetch_add(1, ..);`
  bool merge(Node get, Node store) {
    const Node set = store.parts().front();
    const std::vector<Node> arguments = set.field("arguments").parts();
    const Node let = get.parent();
    if (arguments.size() != 1) return false;
    const auto [fetch, step] = fetch_of(arguments.front(), let.field("pattern").text());
    if (fetch.empty()) return false;
    replace({get.span().file, method_name(get).begin(), get.end()},
            fetch + "(" + std::string(step.text()) + ", " + ordering_at(get) + ")");
    // Comments between the two stay.
    replace({get.span().file, store.previous().end(), store.end()}, "");
    return true;
  }

  // Tokens of a macro's arguments: `x.borrow()`, `n.get()`.
  void visit_tokens(Node tree) {
    for (const Node& token : tree.children()) {
      const bool is_borrow = plan_.change == TypeChange::RefCellToMutex &&
                             (token.text() == "borrow" || token.text() == "borrow_mut");
      const bool is_read = plan_.change == TypeChange::CellToAtomic && token.text() == "get";
      if ((!is_borrow && !is_read) || !token.previous().is(".") || token.next().text() != "()")
        continue;
      const Node receiver = token.previous().previous();
      const bool is_wanted_name =
          entities_ == nullptr ||
          std::any_of(entities_->entities.begin(), entities_->entities.end(),
                      [&](const ValueEntity& entity) { return entity.name == receiver.text(); });
      if (!is_wanted_name) continue;
      if (is_borrow) locks_.push_back(token);
      replace({token.span().file, token.begin(), token.next().end()},
              is_borrow ? "lock().unwrap()" : "load(" + ordering_at(token) + ")");
    }
  }

  const std::vector<const syntax::Tree*>& trees_;
  const Plan& plan_;
  const ValueEntities* entities_;  // null: the whole crate
  const std::string& type_;        // as the compiler has it
  std::string atomic_;
  ImportEdits imports_;
  // By place, so that what two entities share is edited once.
  std::map<base::Span, std::string> edits_;
  std::vector<Node> locks_;  // calls that take a lock from now on
  bool is_whole_ = true;
  bool keeps_meaning_ = true;
};

// An item around the place is compiled for some configurations only. The tests of what is
// changed are changed with it (`counts_tests` false); other tests have nothing to do with it.
bool is_conditional(const std::vector<const syntax::Tree*>& trees, const base::Span& place,
                    bool counts_tests) {
  for (const syntax::Tree* tree : trees) {
    if (tree->file() != place.file) continue;
    for (Node at = tree->smallest_node(place); at; at = at.parent())
      for (Node before = at.previous(); before.is("attribute_item") || before.is_comment();
           before = before.previous()) {
        const std::string_view text = before.text();
        if (text.find("cfg(") != std::string_view::npos &&
            (counts_tests || text.find("cfg(test)") == std::string_view::npos))
          return true;
      }
  }
  return false;
}

}  // namespace

std::vector<base::FixIt> change_type(const std::vector<const syntax::Tree*>& trees,
                                     const std::vector<const syntax::Tree*>& users, Node place,
                                     TypeChange change, const std::string& type) {
  std::vector<base::FixIt> result;
  if (trees.empty() || !place) return result;
  const Plan& plan = plan_of(change);
  const auto offer = [&](const std::vector<const syntax::Tree*>& searched,
                         const ValueEntities* scope) {
    if (scope != nullptr && scope->entities.empty()) return;
    TypeConversion attempt(searched, plan, scope, type);
    if (!attempt.run()) return;
    base::FixIt fix;
    fix.name = plan.fix_name;
    fix.title = plan.title;
    fix.trade_off = plan.trade_off;
    fix.edits = attempt.take();
    fix.keeps_meaning = attempt.keeps_meaning();
    if (std::any_of(fix.edits.begin(), fix.edits.end(), [&](const base::Edit& edit) {
          return is_conditional(searched, edit.span, scope == nullptr);
        })) {
      fix.keeps_meaning = false;
      fix.trade_off += "; code under `cfg` changes too, and is checked only where it is compiled";
    }
    if (result.empty() || result.back().edits != fix.edits) result.push_back(std::move(fix));
  };
  if (!users.empty()) {
    std::vector<const syntax::Tree*> all = trees;
    all.insert(all.end(), users.begin(), users.end());
    const ValueEntities everywhere = find_value_entities(all, place);
    offer(all, &everywhere);
  }
  const ValueEntities own = find_value_entities(trees, place);
  offer(trees, &own);
  offer(trees, nullptr);
  return result;
}

Node owner_of(const std::vector<const syntax::Tree*>& trees, Node place, TypeChange change) {
  if (trees.empty() || !place) return place;
  const std::string_view name = plan_of(change).names.front().from;
  const ValueEntities entities = find_value_entities(trees, place);
  const auto names_it = [&](Node type) { return syntax::is_mentioned(type, name); };
  for (const ValueEntity& entity : entities.entities) {
    if (entity.kind == ValueEntity::Kind::Static) return entity.owner;
    if (entity.kind != ValueEntity::Kind::Field) continue;
    for (const Node& type : entities.types)
      if (type.parent().is("field_declaration") && entity.owner.contains(type) && names_it(type))
        return type;
  }
  for (const Node& value : entities.values) {
    const Node let = value.parent();
    bool makes = false;
    syntax::walk(value, [&](Node node) {
      makes |= node.is("scoped_identifier") && syntax::last_name(node.field("path")) == name &&
               syntax::last_name(node) != "clone";
      return makes ? Walk::Stop : Walk::Into;
    });
    if (makes && let.is("let_declaration")) return let.field("pattern");
  }
  return place;
}

}  // namespace jaa::rewrite
