#include "propagate/shrink.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "llvm/ADT/StringRef.h"

#include "propagate/blocking.h"
#include "propagate/call_shape.h"
#include "propagate/find_function.h"
#include "propagate/opened_trees.h"
#include "rewrite/evaluation.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

namespace {

// The call of what `name` ends.
Node whole_call(Node name) {
  const Node whole = whole_name(name);
  const Node parent = whole.parent();
  return parent.is("call_expression") && parent.field("function") == whole ? parent : Node();
}

// The call of which `argument` is the only argument.
Node call_with(Node argument) {
  const Node list = argument.parent();
  return list.is("arguments") && list.parts().size() == 1 ? list.parent() : Node();
}

// The `async` of a function, with the blank behind it.
std::optional<base::Span> async_word(Node function, std::string_view text) {
  for (const Node& child : function.children()) {
    if (!child.is("function_modifiers")) {
      continue;
    }
    for (const Node& word : child.children()) {
      if (word.text() == "async") {
        uint32_t end = word.end();
        while (end < text.size() && text[end] == ' ') {
          ++end;
        }
        return base::Span{word.span().file, word.begin(), end};
      }
    }
  }
  return std::nullopt;
}

class Shrinker {
 public:
  Shrinker(const flow::Facts& facts, const std::vector<FunctionUse>& uses)
      : facts_(facts), uses_(uses), opened_(facts) {
    std::map<base::FileId, std::vector<base::Span>> places;
    for (const FunctionUse& use : uses) {
      places[use.name.file].push_back(use.name);
    }
    for (const flow::CrateFiles& crate : facts.crates()) {
      for (const base::FileId file : crate.files) {
        syntax::walk(facts.tree(file).root(), [&](Node node) {
          if (node.text() == "await" && syntax::is_in_macro(node)) {
            places[file].push_back(node.span());
          }
          return syntax::Walk::Into;
        });
      }
    }
    for (const auto& [file, spans] : places) {
      opened_.open(file, spans);
    }
  }

  SpreadPlan run(const std::vector<Node>& functions) {
    add(functions, 0);
    if (!may_lose(groups_.front(), /*says_why=*/true)) {
      return std::move(plan_);
    }
    // Callers, as long as one more of them awaits nothing.
    for (size_t next = 0; next < groups_.size(); ++next) {
      for (const FunctionUse& use : uses_) {
        if (group_of(use.function) != next) {
          continue;
        }
        const Node caller = caller_of(use);
        if (!caller || group_of(caller) < groups_.size() || is_entry(caller) ||
            !syntax::is_async_function(caller) || !foreign_trait(facts_, caller).empty()) {
          continue;
        }
        const size_t steps = plan_.steps.size();
        add(methods_alike(facts_, caller), groups_[next].step);
        if (!may_lose(groups_.back(), /*says_why=*/false)) {
          for (const Node& member : groups_.back().members) {
            group_by_function_.erase(member.span());
          }
          groups_.pop_back();
          plan_.steps.resize(steps);
        }
      }
    }
    write();
    return std::move(plan_);
  }

 private:
  struct Group {
    std::vector<Node> members;
    size_t step = 0;
  };

  size_t group_of(Node function) const {
    const auto at = group_by_function_.find(function.span());
    return at == group_by_function_.end() ? static_cast<size_t>(-1) : at->second;
  }

  void add(const std::vector<Node>& members, size_t caused_by) {
    SpreadStep step;
    step.kind = SpreadStep::Kind::Sync;
    step.name = path_of(facts_, members.front());
    step.place = members.front().field("name").span();
    step.caused_by = caused_by;
    plan_.steps.push_back(std::move(step));
    for (const Node& member : members) {
      group_by_function_[member.span()] = groups_.size();
    }
    groups_.push_back({members, plan_.steps.size() - 1});
  }

  bool no(Node place, const std::string& why, bool says_why) {
    if (says_why) {
      plan_.stopped_at = why;
      plan_.stopped_place = place.span();
    }
    return false;
  }

  // None of the group's functions awaits anything that stays a future, and every call can
  // do without its `.await`.
  bool may_lose(const Group& group, bool says_why) {
    for (const Node& member : group.members) {
      if (member.field("body") && !syntax::is_async_function(member)) {
        return no(member.field("name"),
                  "`" + path_of(facts_, member) + "`, which returns a future in another way",
                  says_why);
      }
      for (const Node& await : awaits_of(member)) {
        if (!goes_away(await)) {
          return no(await, "an await in `" + path_of(facts_, member) + "`", says_why);
        }
      }
    }
    for (const FunctionUse& use : uses_) {
      if (group_of(use.function) != group_of(group.members.front())) {
        continue;
      }
      const Node token = opened_.tree(use.name.file).smallest_node(use.name);
      if (!syntax::enclosing(token, {"use_declaration"}) && edits_of(use).empty()) {
        return no(token, "its future, which is used as a value", says_why);
      }
    }
    return true;
  }

  // In the function's own body, not in closures and blocks that are async themselves.
  std::vector<Node> awaits_of(Node function) const {
    const syntax::Tree& tree = opened_.tree(function.span().file);
    const Node body = tree.smallest_node(function.field("body").span());
    std::vector<Node> result;
    syntax::walk(body, [&](Node node) {
      const bool is_await =
          node.is("await_expression") || (node.text() == "await" && syntax::is_in_macro(node));
      if (is_await && syntax::enclosing_function(node).span() == function.span()) {
        result.push_back(node);
      }
      return syntax::Walk::Into;
    });
    return result;
  }

  // It waits for a function that is no longer async.
  bool goes_away(Node await) const {
    return std::any_of(uses_.begin(), uses_.end(), [&](const FunctionUse& use) {
      if (group_of(use.function) >= groups_.size()) {
        return false;
      }
      const std::vector<base::Edit> edits = edits_of(use);
      return !edits.empty() && edits.front().span.file == await.span().file &&
             edits.back().span.end == await.end();
    });
  }

  Node caller_of(const FunctionUse& use) const {
    const Node token = opened_.tree(use.visible.file).smallest_node(use.visible);
    const Node function = syntax::enclosing_function(token);
    if (!function.is("function_item")) {
      return {};
    }
    return syntax::enclosing(facts_.tree(function.span().file).smallest_node(function.span()),
                             {"function_item"});
  }

  // What turns the use into a plain call; the last one is where its `.await` ends. Empty
  // where the future goes elsewhere.
  std::vector<base::Edit> edits_of(const FunctionUse& use) const {
    const Node token = opened_.tree(use.name.file).smallest_node(use.name);
    const base::FileId file = use.name.file;
    if (syntax::is_in_macro(token)) {
      const Node arguments = token.next();
      const Node dot = arguments.is("token_tree") ? arguments.next() : Node();
      if (dot.text() == "." && dot.next().text() == "await") {
        return {{{file, arguments.end(), dot.next().end()}, ""}};
      }
      return {};
    }
    const Node call = whole_call(token);
    if (!call) {
      return {};
    }
    const Node outer = call_with(call);
    const std::string_view outer_name = outer.field("function").text();
    if (outer_name == "Box::pin" && outer.parent().is("await_expression")) {
      return {{{file, outer.begin(), call.begin()}, ""},
              {{file, call.end(), outer.parent().end()}, ""}};
    }
    if (call.parent().is("await_expression")) {
      return {{{file, call.end(), call.parent().end()}, ""}};
    }
    if (outer && is_way_to_block(facts_, outer)) {
      return {{{file, outer.begin(), call.begin()}, ""}, {{file, call.end(), outer.end()}, ""}};
    }
    return {};
  }

  void write() {
    std::set<std::pair<base::Span, std::string>> seen;
    for (const Group& group : groups_) {
      for (const Node& member : group.members) {
        if (const auto word = async_word(member, facts_.files().text(member.span().file))) {
          plan_.edits.push_back({*word, ""});
        }
      }
      plan_.functions += static_cast<uint32_t>(group.members.size());
    }
    for (const FunctionUse& use : uses_) {
      if (group_of(use.function) >= groups_.size()) {
        continue;
      }
      for (base::Edit& edit : edits_of(use)) {
        if (seen.insert({edit.span, edit.text}).second) {
          plan_.edits.push_back(std::move(edit));
        }
      }
      ++plan_.calls;
    }
  }

  const flow::Facts& facts_;
  const std::vector<FunctionUse>& uses_;
  OpenedTrees opened_;
  SpreadPlan plan_;
  std::vector<Group> groups_;
  std::map<base::Span, size_t> group_by_function_;
};

}  // namespace

SpreadPlan shrink(const flow::Facts& facts, const std::vector<FunctionUse>& uses,
                  const std::vector<Node>& functions) {
  return Shrinker(facts, uses).run(functions);
}

}  // namespace jaa::propagate
