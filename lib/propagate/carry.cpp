#include "propagate/carry.h"

#include <algorithm>
#include <set>

#include "llvm/ADT/StringRef.h"

#include "flow/call_sites.h"
#include "flow/future_text.h"
#include "propagate/call_shape.h"
#include "propagate/find_function.h"
#include "propagate/unblock.h"
#include "rewrite/edit_list.h"
#include "rewrite/evaluation.h"
#include "syntax/layout.h"
#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

base::Edit insertion(Node at, uint32_t offset, std::string text) {
  return {{at.span().file, offset, offset}, std::move(text)};
}

bool is_awaited(Node call) {
  return call.parent().is("await_expression");
}

class Carrier {
 public:
  Carrier(const flow::Facts& facts, const Options& options)
      : facts_(facts),
        options_(options),
        calls_(facts.trees(), facts.crates(), facts.items()),
        wanted_(flow::wanted_futures(facts)) {}

  Plan run(const Goal& goal) {
    unpacked_ = goal.unawaited;
    unpack_ = goal.unpack;
    replaced_ = goal.replaced;
    for (const Node& await : goal.awaits) {
      reach(await, rewrite::awaited_operand(await), /*is_written=*/true);
    }
    for (const Node& expression : goal.unawaited) {
      awaited_.insert(expression.span());
      reach(expression, expression, /*is_written=*/false);
    }
    for (const Node& function : goal.functions) {
      become_async(function);
    }
    for (const Node& entry : goal.entries) {
      plan_.entry = entry;
      entries_.push_back({entry, entry, {}, true});
    }
    while (!todo_.empty() && plan_.stopped_at.empty()) {
      const std::vector<Node> group = std::move(todo_.front());
      todo_.erase(todo_.begin());
      find_callers(group);
    }
    finish_entries();
    return std::move(plan_);
  }

 private:
  struct AtEntry {
    Node function;
    Node place;    // the await expression, or the expression to be awaited
    Node operand;  // what is run to its end; none in a macro
    bool is_written = false;
  };

  void stop(Node place, std::string why) {
    if (plan_.stopped_at.empty()) {
      plan_.stopped_at = std::move(why);
      plan_.stopped_place = place.span();
    }
  }

  // `place` awaits, or will; what is around it has to be async.
  void reach(Node place, Node operand, bool is_written) {
    Node function = syntax::enclosing_function(place);
    // A closure has its own remedy; what it is part of has to be async in any case.
    while (function.is("closure_expression") && !syntax::is_async_function(function)) {
      function = syntax::enclosing_function(function);
    }
    if (function && syntax::is_async_function(function)) {
      add_await(operand, is_written);
    } else if (!function) {
      stop(place, "a constant or static, which is computed when the program is compiled");
    } else if (is_entry(function)) {
      plan_.entry = function;
      entries_.push_back({function, place, operand, is_written});
    } else {
      add_await(operand, is_written);
      become_async(function);
    }
  }

  void add_await(Node operand, bool is_written) {
    if (is_written || !operand) {
      return;
    }
    plan_.awaited.push_back(operand.span());
    std::vector<base::Edit> edits = await_edits(operand);
    edits.back().text += unpacking(operand);
    for (const base::Span& replaced : replaced_) {
      if (replaced.file == operand.span().file && replaced.begin == operand.end()) {
        edits.back().span.end = replaced.end;
      }
    }
    plan_.edits.insert(plan_.edits.end(), edits.begin(), edits.end());
  }

  // What comes behind the await of the operand.
  std::string unpacking(Node operand) const {
    const bool is_given = std::find(unpacked_.begin(), unpacked_.end(), operand) != unpacked_.end();
    return is_given ? unpack_ : std::string();
  }

  // The function with those that share its signature: the method of a trait and of all its
  // implementations.
  std::vector<Node> group_of(Node function) {
    const Node impl = syntax::impl_of(function);
    Node trait = syntax::trait_of(function);
    const std::string_view name = function.field("name").text();
    if (impl && impl.field("trait")) {
      const std::string_view trait_name = syntax::last_name(impl.field("trait"));
      const auto& traits = facts_.items().traits(trait_name);
      if (traits.empty()) {
        if (leaves_trait(function)) {
          return {function};
        }
        plan_.stops_at_trait = true;
        stop(function.field("name"), "`" + std::string(trait_name) +
                                         "`, a trait of another crate, whose methods stay as "
                                         "they are");
        return {};
      }
      trait = traits.front();
    }
    if (!trait) {
      return {function};
    }
    std::vector<Node> group;
    const auto add_from = [&](Node owner) {
      for (const Node& member : owner.field("body").named_children()) {
        if (member.is_any({"function_item", "function_signature_item"}) &&
            member.field("name").text() == name) {
          group.push_back(member);
        }
      }
    };
    add_from(trait);
    for (const Node& other : facts_.items().impls(trait.field("name").text())) {
      add_from(other);
    }
    return group;
  }

  bool leaves_trait(Node method) {
    InherentMethod inherent =
        options_.may_leave_traits ? make_inherent(facts_, method) : InherentMethod();
    if (inherent.edits.empty()) {
      return false;
    }
    plan_.edits.insert(plan_.edits.end(), inherent.edits.begin(), inherent.edits.end());
    plan_.inherent.push_back(std::move(inherent));
    return true;
  }

  // What `method` left its trait for; null for any other function.
  const InherentMethod* inherent(Node method) const {
    const auto found =
        std::find_if(plan_.inherent.begin(), plan_.inherent.end(),
                     [&](const InherentMethod& one) { return one.method == method; });
    return found == plan_.inherent.end() ? nullptr : &*found;
  }

  void become_async(Node function) {
    if (std::find(plan_.functions.begin(), plan_.functions.end(), function) !=
        plan_.functions.end()) {
      return;
    }
    if (!fixed_form(function).empty()) {
      stop(function.field("name"),
           "`" + std::string(function.field("name").text()) + "`, which is `const` or `extern`");
      return;
    }
    if (syntax::is_in_macro(function)) {
      stop(function.field("name"), "a function that a macro makes");
      return;
    }
    std::vector<Node> group = group_of(function);
    for (const Node& member : group) {
      plan_.functions.push_back(member);
      plan_.is_public |= member.has_child("visibility_modifier");
      const bool is_async = syntax::is_async_function(member);
      const InherentMethod* own = inherent(member);
      const std::string visibility = own == nullptr ? "" : own->visibility;
      const std::string added = visibility + (is_async ? "" : "async ");
      if (!added.empty()) {
        plan_.edits.push_back(insertion(member, async_offset(member), added));
      }
      if (!is_async) {
        unblock(member);
      }
    }
    if (!group.empty()) {
      todo_.push_back(std::move(group));
    }
  }

  void find_callers(const std::vector<Node>& group) {
    const InherentMethod* own = inherent(group.front());
    for (const flow::CallSite& site : calls_.of(group)) {
      if (own != nullptr && !may_be_of_type(site, own->type)) {
        continue;
      }
      plan_.loses_future |= is_thrown_away(site);
      if (options_.callers == Callers::None ||
          (options_.callers == Callers::Certain && !site.is_certain)) {
        continue;
      }
      // The future itself is what is asked for there.
      if (is_wanted_future(site) || (!site.is_certain && is_on_output(site))) {
        continue;
      }
      const bool is_known = !awaited_.insert(site.call.span()).second;
      if (is_known || (!site.is_in_macro && is_awaited(site.call)) || is_awaited_token(site)) {
        continue;
      }
      reach(site.call, site.call, /*is_written=*/false);
    }
  }

  // It is called on what one of the futures gives: `self.entries.lock().await.get(key)` in a
  // method `get`.
  bool is_on_output(const flow::CallSite& site) const {
    const Node receiver = rewrite::chain_receiver(site.call);
    return std::any_of(unpacked_.begin(), unpacked_.end(), [&receiver](const Node& operand) {
      return receiver && receiver.contains(operand);
    });
  }

  // Many types have a method of the name by the trait: where a path is called, it has to name
  // this one. Of tokens in a macro nothing is known about a receiver.
  static bool may_be_of_type(const flow::CallSite& site, std::string_view type) {
    const Node own = syntax::enclosing(site.call, {"impl_item"}).field("type");
    const auto is_type = [&](std::string_view name) {
      return name == type || (name == "Self" && syntax::last_name(own) == type);
    };
    if (site.is_in_macro) {
      const Node before = site.call.previous().previous();
      const std::string_view owner = before.previous().text();
      return before.text() == "::" ? is_type(owner)
                                   : owner == "self" && syntax::last_name(own) == type;
    }
    Node callee = site.call.field("function");
    callee = callee.is("generic_function") ? callee.field("function") : callee;
    return !callee.is("scoped_identifier") || is_type(syntax::last_name(callee.field("path")));
  }

  // An error asks for the future; of one in a macro, at the whole macro.
  bool is_wanted_future(const flow::CallSite& site) const {
    const Node macro =
        site.is_in_macro ? syntax::enclosing(site.call, {"macro_invocation"}) : Node();
    return std::any_of(wanted_.begin(), wanted_.end(), [&](const base::Span& place) {
      return place == site.call.span() || (macro && macro.span() == place);
    });
  }

  // `let _ = load();`, `drop(load())`: of a future the compiler says nothing there.
  static bool is_thrown_away(const flow::CallSite& site) {
    const Node parent = site.call.parent();
    if (parent.is("let_declaration")) {
      return parent.field("pattern").text().starts_with("_");
    }
    return parent.is("arguments") && syntax::last_name(parent.parent().field("function")) == "drop";
  }

  static bool is_awaited_token(const flow::CallSite& site) {
    const Node dot = site.is_in_macro ? site.call.next() : Node();
    return dot.text() == "." && dot.next().text() == "await";
  }

  void finish_entries() {
    std::set<base::Span> done;
    for (const AtEntry& entry : entries_) {
      const syntax::Tree& tree = facts_.tree(entry.function.span().file);
      if (options_.entry == Entry::BlockCall) {
        block_call(entry);
        continue;
      }
      add_await(entry.operand, entry.is_written);
      if (!done.insert(entry.function.span()).second) {
        continue;
      }
      unblock(entry.function);
      if (options_.entry == Entry::Attribute) {
        add_attribute(tree, entry.function);
      } else {
        block_body(tree, entry.function);
      }
    }
    if (!options_.definition.empty() && !entries_.empty()) {
      const syntax::Tree& tree = facts_.tree(entries_.front().function.span().file);
      const auto end = static_cast<uint32_t>(tree.text().size());
      plan_.edits.push_back({{tree.file(), end, end}, options_.definition});
    }
  }

  void unblock(Node function) {
    for (base::Edit& edit : await_where_it_blocks(facts_, function)) {
      plan_.edits.push_back(std::move(edit));
    }
  }

  // `load().await` or `load()` becomes `block_on(load())`.
  void block_call(const AtEntry& entry) {
    const Node operand = entry.operand;
    if (!operand || syntax::is_in_macro(operand) || syntax::is_in_macro(entry.place)) {
      stop(entry.place, "a macro's arguments");
      return;
    }
    plan_.edits.push_back(insertion(operand, operand.begin(), options_.block_on + "("));
    if (entry.is_written) {
      plan_.edits.push_back({{operand.span().file, operand.end(), entry.place.end()}, ")"});
    } else {
      plan_.edits.push_back(insertion(operand, operand.end(), ")" + unpacking(operand)));
    }
  }

  void add_attribute(const syntax::Tree& tree, Node function) {
    const std::string attribute = options_.attribute;
    rewrite::EditList edits(tree);
    bool is_replaced = false;
    for (Node before = function.previous();
         before.is_any({"attribute_item"}) || before.is_comment(); before = before.previous()) {
      if (before.text() == "#[test]") {
        edits.replace(before, attribute);
        is_replaced = true;
      }
    }
    if (!is_replaced) {
      edits.insert(function.begin(),
                   attribute + std::string(edits.layout().line_end) +
                       std::string(syntax::indentation(tree.text(), function.begin())));
    }
    for (base::Edit& edit : edits.take()) {
      plan_.edits.push_back(std::move(edit));
    }
    if (!syntax::is_async_function(function)) {
      plan_.edits.push_back(insertion(function, async_offset(function), "async "));
    }
  }

  // `fn main() { .. }` becomes `fn main() { block_on(async { .. }) }`.
  void block_body(const syntax::Tree& tree, Node function) {
    if (syntax::is_async_function(function)) {
      for (const Node& child : function.children()) {
        if (child.is("function_modifiers")) {
          uint32_t end = child.end();
          while (end < tree.text().size() && tree.text()[end] == ' ') {
            ++end;
          }
          plan_.edits.push_back({{child.span().file, child.begin(), end}, ""});
        }
      }
    }
    const Node body = function.field("body");
    const std::vector<Node> all = body.named_children();
    if (all.empty()) {
      return;
    }
    rewrite::EditList edits(tree);
    const bool has_tail =
        !syntax::statements(body).empty() && function.field("return_type").is_valid();
    edits.wrap(all.front(), all.back(), options_.block_on + "(async", "", has_tail ? ")" : ");");
    for (base::Edit& edit : edits.take()) {
      plan_.edits.push_back(std::move(edit));
    }
  }

  const flow::Facts& facts_;
  const Options& options_;
  flow::CallSites calls_;
  std::vector<base::Span> wanted_;
  Plan plan_;
  std::vector<Node> unpacked_;
  std::string unpack_;
  std::vector<base::Span> replaced_;
  std::vector<std::vector<Node>> todo_;
  std::set<base::Span> awaited_;
  std::vector<AtEntry> entries_;
};

}  // namespace

std::vector<base::Edit> await_edits(Node expression) {
  const bool is_postfix =
      syntax::is_in_macro(expression) ||
      expression.is_any({"call_expression", "identifier", "field_expression", "index_expression",
                         "parenthesized_expression", "macro_invocation", "await_expression",
                         "try_expression", "scoped_identifier", "self", "array_expression",
                         "tuple_expression", "block", "async_block"});
  std::vector<base::Edit> edits;
  if (!is_postfix) {
    edits.push_back(insertion(expression, expression.begin(), "("));
  }
  edits.push_back(insertion(expression, expression.end(), is_postfix ? ".await" : ").await"));
  return edits;
}

Plan carry(const flow::Facts& facts, const Goal& goal, const Options& options) {
  return Carrier(facts, options).run(goal);
}

}  // namespace jaa::propagate
