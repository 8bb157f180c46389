#include "propagate/spread.h"

#include "llvm/ADT/StringRef.h"

#include "propagate/boxed_traits.h"
#include "propagate/call_shape.h"
#include "propagate/find_function.h"
#include "propagate/spreader.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::propagate {

using syntax::Node;

Spreader::Spreader(const flow::Facts& facts, const std::vector<FunctionUse>& uses,
                   const SpreadOptions& options)
    : facts_(facts), uses_(uses), options_(options), opened_(facts), waiting_(facts) {
  std::map<base::FileId, std::vector<base::Span>> places;
  for (const FunctionUse& use : uses) {
    places[use.name.file].push_back(use.name);
    places[use.visible.file].push_back(use.visible);
  }
  for (const auto& [file, spans] : places) {
    opened_.open(file, spans);
  }
  callables_.emplace(facts, opened_);
}

SpreadPlan Spreader::run(const std::vector<Node>& leaves) {
  for (const Node& leaf : leaves) {
    const std::string trait = foreign_trait(facts_, leaf);
    if (!trait.empty()) {
      stop(leaf, "`" + trait + "`, a trait of another crate, whose methods stay as they are");
    } else if (is_entry(leaf)) {
      stop(leaf, "`" + std::string(leaf.field("name").text()) +
                     "`, which starts the program or is a test");
    } else {
      become_async(leaf, plan_.steps.size());
    }
  }
  for (size_t next = 0; next < groups_.size() && plan_.stopped_at.empty(); ++next) {
    for (const FunctionUse& use : uses_) {
      if (group_of(use.function) == next) {
        take(use, next);
      }
    }
  }
  if (plan_.stopped_at.empty()) {
    finish_entries();
    box_provided_that_recur();
    box_circles_and_chains();
    write();
  }
  return std::move(plan_);
}

void Spreader::stop(Node place, std::string why) {
  if (plan_.stopped_at.empty()) {
    plan_.stopped_at = std::move(why);
    plan_.stopped_place = place.field("name") ? place.field("name").span() : place.span();
  }
}

size_t Spreader::group_of(Node function) const {
  const auto at = group_by_function_.find(function.span());
  return at == group_by_function_.end() ? static_cast<size_t>(-1) : at->second;
}

size_t Spreader::step(SpreadStep::Kind kind, Node at, std::string note, size_t caused_by) {
  const Node name = at.field("name") ? at.field("name") : at;
  for (size_t index = 0; index < plan_.steps.size(); ++index) {
    if (plan_.steps[index].place == name.span() && plan_.steps[index].kind == kind) {
      ++plan_.steps[index].calls;
      return index;
    }
  }
  SpreadStep added;
  added.kind = kind;
  added.name =
      at.is_any({"function_item", "function_signature_item"})
          ? path_of(facts_, at)
          : std::string(llvm::StringRef(facts_.files().text(at.span())).split('\n').first.rtrim());
  added.place = name.span();
  added.note = std::move(note);
  added.caused_by = caused_by;
  added.calls = 1;
  plan_.steps.push_back(std::move(added));
  return plan_.steps.size() - 1;
}

bool Spreader::is_dyn(std::string_view trait) const {
  for (const Node& type : facts_.items().trait_objects()) {
    if (llvm::StringRef(type.text()).starts_with("dyn") && has_word(type.text(), trait)) {
      return true;
    }
  }
  return false;
}

Node Spreader::plain(Node function) const {
  const syntax::Tree& tree = facts_.tree(function.span().file);
  Node node = tree.smallest_node(function.span());
  return syntax::enclosing(node, {"function_item", "function_signature_item"});
}

Node Spreader::plain_at(Node node) const {
  return facts_.tree(node.span().file).smallest_node(node.span());
}

void Spreader::become_async(Node function, size_t caused_by) {
  if (group_of(function) != static_cast<size_t>(-1)) {
    return;
  }
  Group group;
  group.members = methods_alike(facts_, function);
  const Node trait = syntax::trait_of(group.members.front());
  group.is_boxed =
      trait && !is_only_of_sized(group.members.front()) && is_dyn(trait.field("name").text());
  std::string note;
  if (trait) {
    note = "a method of the trait `" + std::string(trait.field("name").text()) + "`, with " +
           std::to_string(group.members.size() - 1) +
           (group.members.size() == 2 ? " implementation" : " implementations");
    note += group.is_boxed ? "; used as `dyn`, so it returns a boxed future" : "";
  }
  if (group.is_boxed) {
    plan_.boxed.emplace_back(trait.field("name").text(), function.field("name").text());
  }
  bool is_public = false;
  for (const Node& part : group.members.front().children()) {
    is_public |= part.is("visibility_modifier") && part.text() == "pub";
  }
  is_public = is_public && group.members.front().field("body");
  group.keeps_sync = options_.keeps_sync && is_public && !trait;
  if (group.keeps_sync) {
    note = "keeps its form that is not async; the async one is `" +
           std::string(function.field("name").text()) + "_async`";
  }
  group.step = step(group.is_boxed ? SpreadStep::Kind::Boxed : SpreadStep::Kind::Async,
                    group.members.front(), std::move(note), caused_by);
  for (const Node& member : group.members) {
    group_by_function_[member.span()] = groups_.size();
    plan_.is_public |= member.has_child("visibility_modifier");
  }
  plan_.functions += static_cast<uint32_t>(group.members.size());
  groups_.push_back(std::move(group));
}

void Spreader::take(const FunctionUse& use, size_t callee) {
  const syntax::Tree& tree = opened_.tree(use.name.file);
  const Node token = tree.smallest_node(use.name);
  if (syntax::enclosing(token, {"use_declaration"})) {
    imports_.push_back({token, callee});
    return;
  }
  if (!token) {
    return;
  }
  Call call;
  call.name = use.name;
  call.callee = callee;
  // In a macro's definition the code is at its calls.
  const bool is_elsewhere = use.is_from_macro && use.visible != use.name;
  call.around = is_elsewhere ? opened_.tree(use.visible.file).smallest_node(use.visible) : token;
  if (syntax::is_in_macro(token)) {
    const Node arguments = token.next();
    Node end = arguments;
    if (arguments.text() == "::") {  // a turbofish
      while (end && !(end.is("token_tree") && llvm::StringRef(end.text()).starts_with("("))) {
        end = end.next();
      }
    }
    if (!end.is("token_tree") || !llvm::StringRef(end.text()).starts_with("(")) {
      stop(token, "a macro's arguments, which name the function and do not call it");
      return;
    }
    call.place = {use.name.file, first_token(token).begin(), end.end()};
    if (end.next().text() == "." && end.next().next().text() == "await") {
      return;
    }
  } else {
    const Node whole = whole_name(token);
    const Node parent = whole.parent();
    if (parent.is("call_expression") && parent.field("function") == whole) {
      call.place = parent.span();
      call.around = is_elsewhere ? call.around : parent;
      if (parent.parent().is("await_expression")) {
        return;
      }
    } else {
      call.place = whole.span();
      call.is_value = true;
      call.around = whole;
    }
  }
  call.form = reach(call, groups_[callee].step);
  if (call.form == Form::Stopped) {
    return;
  }
  ++plan_.calls;
  calls_.push_back(call);
}

SpreadPlan spread(const flow::Facts& facts, const std::vector<FunctionUse>& uses,
                  const std::vector<Node>& leaves, const SpreadOptions& options) {
  return Spreader(facts, uses, options).run(leaves);
}

}  // namespace jaa::propagate
