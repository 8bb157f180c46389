#include "rewrite/share_changes.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "rewrite/edit_list.h"
#include "rewrite/evaluation.h"
#include "rewrite/hoist.h"
#include "rewrite/naming.h"
#include "rewrite/temporaries.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// Where it suspends; a macro's arguments are only looked through for the word.
std::vector<Node> suspensions(Node node) {
  std::vector<Node> result = await_expressions(node);
  syntax::walk(node, [&](Node at) {
    if (at.is("macro_invocation") && at.text().find(".await") != std::string_view::npos)
      result.push_back(at);
    return syntax::Walk::Into;
  });
  return result;
}

bool has_await(Node node) {
  return !suspensions(node).empty();
}

// The value of `match value {..}` or `let pattern = value` that `inner` is in, from which
// temporaries live on to the end of the whole; none when it is in no such within `limit`.
Node scrutinee_around(Node inner, Node limit) {
  for (Node at = inner; at != limit; at = at.parent())
    if (at.parent().is_any({"match_expression", "let_condition"}) &&
        at.parent().field("value") == at)
      return at;
  return {};
}

class SharedChanges {
 public:
  SharedChanges(const syntax::Tree& tree, const ChangedLocal& local, ImportEdits& imports)
      : local_(local),
        imports_(imports),
        text_(tree.text()),
        name_(local.binding.text()),
        edits_(tree),
        fresh_(local.binding) {}

  [[nodiscard]] bool share() {
    if (local_.futures.empty() || !declare()) return false;
    return share_mentions();
  }
  [[nodiscard]] std::vector<base::Edit> take() { return edits_.take(); }

 private:
  [[nodiscard]] std::string constructor(Node place) {
    const std::string mutex = "std::sync::Mutex";
    switch (local_.sharer) {
      case Sharer::RefCell:
        return imports_.name_at(place, "std::cell::RefCell") + "::new(";
      case Sharer::Mutex:
        return imports_.name_at(place, mutex) + "::new(";
      case Sharer::ArcMutex:
        break;
    }
    return imports_.name_at(place, "std::sync::Arc") + "::new(" + imports_.name_at(place, mutex) +
           "::new(";
  }
  [[nodiscard]] std::string closing() const {
    return local_.sharer == Sharer::ArcMutex ? "))" : ")";
  }
  [[nodiscard]] std::string wrapped_type(Node type) {
    const std::string inner(type.text());
    if (local_.sharer == Sharer::RefCell)
      return imports_.name_at(type, "std::cell::RefCell") + "<" + inner + ">";
    const std::string mutex = imports_.name_at(type, "std::sync::Mutex") + "<" + inner + ">";
    return local_.sharer == Sharer::Mutex
               ? mutex
               : imports_.name_at(type, "std::sync::Arc") + "<" + mutex + ">";
  }

  // What a mention becomes, or the value of a guard variable.
  [[nodiscard]] std::string acquired(bool changes) const {
    if (local_.sharer != Sharer::RefCell) return name_ + ".lock().unwrap()";
    return name_ + (changes ? ".borrow_mut()" : ".borrow()");
  }
  // Of the value when all is over.
  [[nodiscard]] std::string taken_out() const {
    switch (local_.sharer) {
      case Sharer::RefCell:
        return name_ + ".into_inner()";
      case Sharer::Mutex:
        return name_ + ".into_inner().unwrap()";
      case Sharer::ArcMutex:
        break;
    }
    const std::string guard = "*" + acquired(true);
    return local_.is_copy ? guard : "std::mem::take(&mut " + guard + ")";
  }

  [[nodiscard]] static bool changes(Node mention) {
    return !syntax::is_in_macro(mention) && change_at(mention) != Change::No;
  }

  // Where the variable becomes a shared one, and where it ends to be one.
  [[nodiscard]] bool declare() {
    Node pattern = local_.binding;
    while (pattern.parent().is("mut_pattern")) pattern = pattern.parent();
    const Node owner = pattern.parent();
    if (owner.field("pattern") != pattern) return false;
    const bool is_let = owner.is("let_declaration");
    if (!is_let && !owner.is("parameter")) return false;
    scope_ = is_let
                 ? owner.parent()
                 : syntax::enclosing(owner, {"function_item", "closure_expression"}).field("body");
    if (!scope_.is("block") || (is_let && !owner.field("value"))) return false;
    const std::vector<Node> statements = syntax::statements(scope_);
    Node first;
    Node last;
    for (const Node& statement : statements) {
      for (const Node& future : local_.futures) {
        if (!statement.contains(future)) continue;
        if (!first) first = statement;
        last = statement;
      }
    }
    if (!first || first == owner) return false;
    bool is_read_before = false;
    bool is_changed_before = false;
    for (const Node& mention :
         syntax::mentions(syntax::outermost_function(local_.binding), name_)) {
      if (mention == local_.binding || syntax::binding_of(name_, mention) != local_.binding)
        continue;
      if (mention.end() <= first.begin()) {
        is_read_before = true;
        is_changed_before |= changes(mention) || syntax::is_in_macro(mention);
      } else if (mention.begin() < last.end()) {
        shared_.push_back(mention);
      } else {
        later_.push_back(mention);
      }
    }
    was_mut_ = pattern.is("mut_pattern") || owner.has_child("mutable_specifier");
    if (was_mut_ && !is_changed_before) remove_mut(pattern);
    if (is_let && !is_read_before) {
      const Node value = owner.field("value");
      if (syntax::is_in_macro(value)) return false;
      edits_.insert(value.begin(), constructor(value));
      edits_.insert(value.end(), closing());
      if (const Node type = owner.field("type")) edits_.replace(type, wrapped_type(type));
    } else {
      edits_.insert_before(first,
                           "let " + name_ + " = " + constructor(first) + name_ + closing() + ";");
    }
    return take_out(statements);
  }

  void remove_mut(Node pattern) {
    if (pattern.is("mut_pattern")) {
      edits_.replace(pattern.begin(), local_.binding.begin(), "");
      return;
    }
    for (const Node& part : pattern.parent().children())
      if (part.is("mutable_specifier")) edits_.replace(part.begin(), local_.binding.begin(), "");
  }

  [[nodiscard]] bool take_out(const std::vector<Node>& statements) {
    if (later_.empty()) return true;
    const auto next = std::find_if(statements.begin(), statements.end(), [this](const Node& one) {
      return one.contains(later_.front());
    });
    if (next == statements.end()) return false;
    if (local_.are_over && !local_.are_over(*next)) {
      shared_.insert(shared_.end(), later_.begin(), later_.end());
      return true;
    }
    // A variable that is not `mut` is a reference through which is changed.
    const bool is_changed = was_mut_ && std::any_of(later_.begin(), later_.end(), changes);
    edits_.insert_before(*next, std::string("let ") + (is_changed ? "mut " : "") + name_ + " = " +
                                    taken_out() + ";");
    return true;
  }

  [[nodiscard]] size_t mentions_in(Node node) const {
    return static_cast<size_t>(std::count_if(shared_.begin(), shared_.end(),
                                             [&](const Node& one) { return node.contains(one); }));
  }

  [[nodiscard]] bool share_mentions() {
    std::map<uint32_t, Node> blocks;  // the outer ones first
    for (const Node& mention : shared_) {
      const Node block = syntax::enclosing_block(mention);
      blocks.emplace(block.begin(), block);
    }
    return std::all_of(blocks.begin(), blocks.end(),
                       [this](const auto& one) { return share_block(one.second); });
  }

  // Statements without an await between them that name the variable run under one guard, as
  // if nobody else could change it meanwhile.
  [[nodiscard]] bool share_block(Node block) {
    const std::vector<Node> statements = syntax::statements(block);
    for (size_t at = 0; at < statements.size(); ++at) {
      const Node first = statements[at];
      if (!is_open(first)) continue;
      if (has_await(first)) {
        if (!share_around_awaits(first, block)) return false;
        continue;
      }
      Node last = first;
      for (size_t next = at + 1; next < statements.size() && !has_await(statements[next]); ++next) {
        if (!is_open(statements[next])) continue;
        last = statements[next];
        at = next;
      }
      if (!share_run(first, last, block)) return false;
    }
    return true;
  }

  // A mention within it is not seen to yet.
  [[nodiscard]] bool is_open(Node statement) const {
    return std::any_of(shared_.begin(), shared_.end(), [&](const Node& mention) {
      return statement.contains(mention) && done_.count(mention.span()) == 0;
    });
  }

  [[nodiscard]] bool share_around_awaits(Node statement, Node block) {
    return std::all_of(shared_.begin(), shared_.end(), [&](const Node& mention) {
      return !statement.contains(mention) || syntax::enclosing_block(mention) != block ||
             done_.count(mention.span()) != 0 || acquire_around_await(mention, statement);
    });
  }

  [[nodiscard]] bool share_run(Node first, Node last, Node block) {
    std::vector<Node> mentions;
    for (const Node& mention : shared_)
      if (mention.begin() >= first.begin() && mention.end() <= last.end())
        mentions.push_back(mention);
    const std::vector<Node> awaits = suspensions(block);
    const bool is_followed_by_await =
        std::any_of(awaits.begin(), awaits.end(),
                    [&](const Node& await) { return await.end() > first.begin(); });
    if (mentions.size() == 1) {
      // Its own block, if it has one, is the smaller place for a guard.
      if (syntax::enclosing_block(mentions.front()) != block) return true;
      const bool keeps = may_keep_borrow(first, mentions.front());
      if (!syntax::is_in_macro(mentions.front()) && (is_followed_by_await || !keeps)) {
        acquire_at(mentions.front());
        return true;
      }
    }
    if (!is_followed_by_await) {
      guard_from(first, block);
      return true;
    }
    const Node value = first.field("value");
    const bool are_in_value = first == last && value &&
                              std::all_of(mentions.begin(), mentions.end(),
                                          [&](const Node& one) { return value.contains(one); });
    if (are_in_value) {
      guard_within(value, value);
      return true;
    }
    const std::vector<Node> all = syntax::statements(block);
    const bool has_let = std::any_of(all.begin(), all.end(), [&](const Node& one) {
      return one.is("let_declaration") && one.begin() >= first.begin() && one.end() <= last.end();
    });
    if (has_let) return false;
    guard_within(first, last);
    return true;
  }

  // `let slot = log.entry(..).or_default();`: what it binds may need the guard.
  [[nodiscard]] static bool may_keep_borrow(Node statement, Node mention) {
    const Node value = statement.field("value");
    if (!statement.is("let_declaration") || temporary_scope(mention) != statement || !value)
      return false;
    return value.is("reference_expression") ||
           (value.is("call_expression") && !gives_owned(value) &&
            postfix_chain(mention, Node()) == value);
  }

  // One guard for all mentions from `statement` to the end of its block.
  void guard_from(Node statement, Node block) {
    const auto is_meant = [&](const Node& mention) {
      return mention.begin() >= statement.begin() && block.contains(mention);
    };
    edits_.insert_before(statement, guard_let(is_meant));
    deref_all(is_meant);
  }
  // The same for statements, or a value, that get a block of their own.
  void guard_within(Node first, Node last) {
    const auto is_meant = [&](const Node& mention) {
      return mention.begin() >= first.begin() && mention.end() <= last.end();
    };
    const std::string guard = guard_let(is_meant);
    if (first.is("expression_statement") && syntax::starts_line(text_, first.begin())) {
      edits_.wrap(first, last, "", "", "");
      edits_.insert(first.begin(), guard + std::string(edits_.layout().line_end) +
                                       std::string(syntax::indentation(text_, first.begin())) +
                                       edits_.layout().indent);
    } else {
      edits_.insert(first.begin(), "{ " + guard + " ");
      edits_.insert(last.end(), " }");
    }
    deref_all(is_meant);
  }
  template <typename IsMeant>
  [[nodiscard]] std::string guard_let(IsMeant is_meant) const {
    const bool is_changed = std::any_of(shared_.begin(), shared_.end(), [&](const Node& mention) {
      return is_meant(mention) && changes(mention);
    });
    return std::string("let ") + (is_changed ? "mut " : "") + name_ + " = " + acquired(is_changed) +
           ";";
  }
  template <typename IsMeant>
  void deref_all(IsMeant is_meant) {
    for (const Node& mention : shared_)
      if (is_meant(mention) && done_.insert(mention.span()).second && !syntax::is_in_macro(mention))
        deref(mention, name_);
  }

  void acquire_at(Node mention) {
    done_.insert(mention.span());
    deref(mention, acquired(changes(mention)));
  }

  // Methods, fields and elements are found through a guard by themselves.
  void deref(Node mention, const std::string& text) {
    const Node parent = mention.parent();
    if (parent.is_any({"field_expression", "index_expression"}) &&
        chain_receiver(parent) == mention) {
      if (text != name_) edits_.replace(mention, text);
    } else if (parent.is_any({"try_expression", "await_expression", "call_expression"})) {
      edits_.replace(mention, "(*" + text + ")");
    } else {
      edits_.replace(mention, "*" + text);
    }
  }

  // The await is done before, or the guard ends before it.
  [[nodiscard]] bool acquire_around_await(Node mention, Node statement) {
    const Node extent = temporary_scope(mention);
    if (syntax::is_in_macro(mention)) return false;
    if (mentions_in(extent) == 1 && !has_await(extent)) {
      acquire_at(mention);
      return true;
    }
    if (const Node scrutinee = scrutinee_around(mention, extent)) {
      if (mentions_in(scrutinee) != 1 || has_await(scrutinee)) return false;
      const std::string value = fresh_.for_value(scrutinee);
      edits_.insert(scrutinee.begin(), "{ let " + value + " = ");
      edits_.insert(scrutinee.end(), "; " + value + " }");
      acquire_at(mention);
      return true;
    }
    if (extent != statement || mentions_in(extent) != 1) return false;
    const auto await = hoistable_await(statement, Node(), name_);
    if (!await) return false;
    const std::string value = fresh_.for_value(*await);
    edits_.insert_before(statement, "let " + value + " = " + std::string(await->text()) + ";");
    edits_.replace(*await, value);
    acquire_at(mention);
    return true;
  }

  const ChangedLocal& local_;
  ImportEdits& imports_;
  std::string_view text_;
  std::string name_;
  EditList edits_;
  FreshNames fresh_;
  Node scope_;
  bool was_mut_ = false;
  std::vector<Node> shared_;  // mentions while the futures may run
  std::vector<Node> later_;   // and behind them
  std::set<base::Span> done_;
};

}  // namespace

std::vector<base::Edit> share_changes(const syntax::Tree& tree, const ChangedLocal& local,
                                      ImportEdits& imports) {
  SharedChanges changes(tree, local, imports);
  return changes.share() ? changes.take() : std::vector<base::Edit>();
}

}  // namespace jaa::rewrite
