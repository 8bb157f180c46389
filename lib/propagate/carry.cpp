#include "propagate/carry.h"

#include <algorithm>
#include <set>

#include "llvm/ADT/StringRef.h"

#include "flow/call_sites.h"
#include "flow/future_text.h"
#include "propagate/blocking.h"
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

bool is_test(Node function) {
  Node before = function.previous();
  while (before.is_comment() || before.is("attribute_item")) {
    const llvm::StringRef text(before.text());
    if (before.is("attribute_item") && (text == "#[test]" || text.ends_with("::test]"))) {
      return true;
    }
    before = before.previous();
  }
  return false;
}

bool is_entry(Node function) {
  return function.is("function_item") &&
         ((function.field("name").text() == "main" && function.parent().is("source_file")) ||
          is_test(function));
}

// A function that may not be async: `const fn`, `extern "C" fn`.
bool has_fixed_form(Node function) {
  for (const Node& child : function.children()) {
    if (child.is("function_modifiers")) {
      return child.has_child("const") || child.has_child("extern_modifier");
    }
  }
  return false;
}

// Where `async` goes: before `unsafe` and `fn`, behind the visibility.
uint32_t async_offset(Node function) {
  for (const Node& child : function.children()) {
    if (child.is("function_modifiers") || child.is("fn")) {
      return child.begin();
    }
  }
  return function.begin();
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
    for (base::Edit& edit : await_edits(operand)) {
      plan_.edits.push_back(std::move(edit));
    }
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

  void become_async(Node function) {
    if (std::find(plan_.functions.begin(), plan_.functions.end(), function) !=
        plan_.functions.end()) {
      return;
    }
    if (has_fixed_form(function)) {
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
      if (!syntax::is_async_function(member)) {
        plan_.edits.push_back(insertion(member, async_offset(member), "async "));
      }
    }
    if (!group.empty()) {
      todo_.push_back(std::move(group));
    }
  }

  void find_callers(const std::vector<Node>& group) {
    for (const flow::CallSite& site : calls_.of(group)) {
      if (!site.is_certain) {
        plan_.has_uncertain = true;
        if (!options_.includes_uncertain) {
          continue;
        }
      }
      // The future itself is what is asked for there.
      if (std::find(wanted_.begin(), wanted_.end(), site.call.span()) != wanted_.end()) {
        continue;
      }
      const bool is_known = !awaited_.insert(site.call.span()).second;
      if (is_known || (!site.is_in_macro && is_awaited(site.call)) || is_awaited_token(site)) {
        continue;
      }
      reach(site.call, site.call, /*is_written=*/false);
    }
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
      plan_.edits.push_back(insertion(operand, operand.end(), ")"));
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
  std::vector<std::vector<Node>> todo_;
  std::set<base::Span> awaited_;
  std::vector<AtEntry> entries_;
};

// Every function that is to be async, for a title.
std::string listed(const std::vector<Node>& functions) {
  std::vector<std::string> names;
  for (const Node& function : functions) {
    std::string name = "`" + std::string(function.field("name").text()) + "`";
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(std::move(name));
    }
  }
  constexpr size_t MostNames = 3;
  std::string text;
  for (size_t index = 0; index < std::min(names.size(), MostNames); ++index) {
    text += (index == 0 ? "" : ", ") + names[index];
  }
  if (names.size() > MostNames) {
    text += " and " + std::to_string(names.size() - MostNames) + " more";
  }
  return text;
}

std::string joined(const std::string& title, const Plan& plan, const Options& options) {
  std::string text = title;
  if (!plan.functions.empty()) {
    text += (text.empty() ? "make " : ", making ") + listed(plan.functions) + " async";
  }
  if (plan.entry) {
    const std::string way =
        options.entry == Entry::Attribute ? options.attribute : options.block_on;
    text += (text.empty() ? "run the future by `" : ", run by `") + way + "` in `" +
            std::string(plan.entry.field("name").text()) + "`";
  }
  return text;
}

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

namespace {

// The plan, and the same without the calls that may be of other functions.
void offer(const flow::Facts& facts, const Goal& goal, const std::string& title, Options options,
           const std::string& name, std::vector<base::FixIt>& into) {
  for (const bool includes_uncertain : {true, false}) {
    options.includes_uncertain = includes_uncertain;
    const Plan plan = carry(facts, goal, options);
    if (!plan.stopped_at.empty() || plan.edits.empty() ||
        (!includes_uncertain && !plan.has_uncertain)) {
      return;
    }
    base::FixIt fix;
    fix.name = name;
    fix.title = joined(title, plan, options);
    fix.edits = plan.edits;
    fix.keeps_meaning = true;
    if (plan.is_public) {
      fix.trade_off = "callers outside of the workspace have to await it too";
    }
    if (plan.functions.empty() && !plan.entry && !goal.unawaited.empty()) {
      fix.body = syntax::outermost_function(goal.unawaited.front()).span();
    }
    into.push_back(std::move(fix));
  }
}

Node place_of(const Goal& goal) {
  for (const std::vector<Node>* nodes :
       {&goal.awaits, &goal.unawaited, &goal.entries, &goal.functions}) {
    if (!nodes->empty()) {
      return nodes->front();
    }
  }
  return {};
}

}  // namespace

std::vector<base::FixIt> fixes(const flow::Facts& facts, const Goal& goal,
                               const std::string& title) {
  std::vector<base::FixIt> result;
  if (!place_of(goal)) {
    return result;
  }
  Options options;
  options.block_on = "block_on";
  const Plan first = carry(facts, goal, options);
  if (!first.entry) {
    offer(facts, goal, title, options, "await", result);
    return result;
  }
  options.attribute = entry_attribute(facts.package(), first.entry.field("name").text() != "main");
  if (!options.attribute.empty()) {
    options.entry = Entry::Attribute;
    offer(facts, goal, title, options, "entry_attribute", result);
  }
  for (const Blocking& way : ways_to_block(facts, first.entry)) {
    options.block_on = way.call;
    options.definition = way.definition;
    for (const Entry entry : {Entry::BlockCall, Entry::BlockBody}) {
      // A call by call run needs a call to run.
      if (entry == Entry::BlockBody || goal.entries.empty()) {
        options.entry = entry;
        offer(facts, goal, title, options, "block_on", result);
      }
    }
  }
  return result;
}

std::vector<base::FixIt> block_in_place(const flow::Facts& facts, const Goal& goal) {
  std::vector<base::FixIt> result;
  const Node place = place_of(goal);
  for (const Blocking& way : place ? ways_to_block(facts, place) : std::vector<Blocking>()) {
    if (!way.definition.empty()) {
      continue;
    }
    base::FixIt fix;
    fix.name = "block_in_place";
    fix.title = "wait for the future where it stands, by `" + way.name + "`";
    fix.trade_off =
        "the thread does nothing else meanwhile, and in a task of a runtime it may "
        "panic or wait for ever";
    for (const Node& await : goal.awaits) {
      const Node operand = rewrite::awaited_operand(await);
      if (!operand || syntax::is_in_macro(await)) {
        return {};
      }
      fix.edits.push_back(insertion(operand, operand.begin(), way.call + "("));
      fix.edits.push_back({{operand.span().file, operand.end(), await.end()}, ")"});
    }
    for (const Node& expression : goal.unawaited) {
      if (syntax::is_in_macro(expression)) {
        return {};
      }
      fix.edits.push_back(insertion(expression, expression.begin(), way.call + "("));
      fix.edits.push_back(insertion(expression, expression.end(), ")"));
    }
    if (!fix.edits.empty()) {
      result.push_back(std::move(fix));
    }
  }
  return result;
}

}  // namespace jaa::propagate
