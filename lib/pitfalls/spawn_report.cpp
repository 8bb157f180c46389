#include "pitfalls/spawn_report.h"

#include <algorithm>
#include <set>

#include "flow/cloning.h"
#include "flow/parameter_names.h"
#include "llvm/ADT/StringRef.h"
#include "pitfalls/awaited_tasks.h"
#include "pitfalls/owned_structs.h"
#include "pitfalls/owned_values.h"
#include "rewrite/edit_list.h"
#include "rewrite/share_changes.h"
#include "rewrite/share_value.h"
#include "rewrite/take_shared.h"
#include "syntax/items.h"
#include "syntax/layout.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

using rewrite::UnknownValues;
using syntax::Node;

// One remedy in the making, over all tasks of a finding.
struct Remedy {
  std::vector<base::Edit> edits;
  std::set<std::string> names;  // of what the tasks get for themselves
  std::set<base::Span> shared;  // bindings that go behind an `Arc`
  std::vector<Node> share_places;
  std::vector<Node> lock_places;  // that go behind a `Mutex` as well
  std::vector<std::string> trade_offs;
  bool keeps_meaning = true;
};

void add_trade_off(Remedy& remedy, const std::string& text) {
  if (!text.empty() && std::find(remedy.trade_offs.begin(), remedy.trade_offs.end(), text) ==
                           remedy.trade_offs.end()) {
    remedy.trade_offs.push_back(text);
  }
}

class Planner {
 public:
  Planner(const flow::Facts& facts, const flow::Escape& escape, Preference preference, bool views,
          UnknownValues unknown)
      : facts_(facts), escape_(escape), preference_(preference), views_(views), unknown_(unknown) {}

  std::optional<Remedy> plan() {
    for (const flow::Task& task : escape_.tasks) {
      if (!plan_task(task)) {
        return std::nullopt;
      }
    }
    for (const Node& place : remedy_.share_places) {
      const std::vector<base::Edit> edits =
          rewrite::share_value(facts_.items(),
                               {.place = place,
                                .first_task = escape_.tasks.front().future,
                                .type_of = [this](Node name) { return facts_.type_of(name); },
                                .unknown = unknown_},
                               imports_);
      if (edits.empty()) {
        return std::nullopt;
      }
      for (const base::Edit& edit : edits) {
        if (std::find(remedy_.edits.begin(), remedy_.edits.end(), edit) == remedy_.edits.end()) {
          remedy_.edits.push_back(edit);
        }
      }
      take_through_shares(place);
    }
    for (const Node& place : remedy_.lock_places) {
      if (!lock(place)) {
        return std::nullopt;
      }
    }
    const std::vector<base::Edit> imports = imports_.take();
    remedy_.edits.insert(remedy_.edits.end(), imports.begin(), imports.end());
    return std::move(remedy_);
  }

 private:
  bool plan_task(const flow::Task& task) {
    rewrite::OwnedTask owned;
    owned.future = task.future;
    const bool is_call = task.future.is("call_expression");
    // A call that takes its arguments by value has its future already.
    if (is_call && escape_.kind == flow::EscapeKind::Moved) {
      return plan_argument(task);
    }
    if (is_call && !plan_call(task, owned)) {
      return false;
    }
    for (const flow::Capture& capture : flow::captures_of(task.future)) {
      const bool is_in_bound_argument = std::all_of(
          capture.mentions.begin(), capture.mentions.end(), [&owned](const Node& mention) {
            return std::any_of(owned.renamed.begin(), owned.renamed.end(),
                               [&](const auto& one) { return one.first.contains(mention.span()); });
          });
      if (is_in_bound_argument) {
        continue;
      }
      auto value = own_value(facts_, escape_, task, capture, preference_, imports_);
      if (!value) {
        return false;
      }
      if (value->way == Ownership::Way::Share &&
          remedy_.shared.insert(value->shared.span()).second) {
        remedy_.share_places.push_back(value->shared);
      }
      if (value->way == Ownership::Way::Lock &&
          remedy_.shared.insert(value->shared.span()).second) {
        remedy_.lock_places.push_back(value->shared);
      }
      for (const rewrite::TaskValue& one : value->values) {
        remedy_.names.insert(one.name);
      }
      end_own(capture, value->last_use);
      owned.values.insert(owned.values.end(), value->values.begin(), value->values.end());
      const bool is_viewed = views_ || value->needs_view;
      const auto& renamed = is_viewed ? value->renamed_with_views : value->renamed;
      owned.renamed.insert(owned.renamed.end(), renamed.begin(), renamed.end());
      if (is_viewed) {
        owned.views.insert(owned.views.end(), value->views.begin(), value->views.end());
      }
      remedy_.keeps_meaning = remedy_.keeps_meaning && value->keeps_meaning;
      add_trade_off(remedy_, value->trade_off);
    }
    if (owned.values.empty() && !is_call && task.future.has_child("move")) {
      return true;  // it owns all that it takes
    }
    const std::vector<base::Edit> edits =
        rewrite::own_in_task(facts_.tree(task.future.span().file), owned);
    remedy_.edits.insert(remedy_.edits.end(), edits.begin(), edits.end());
    return !edits.empty();
  }

  // What took the shared value apart when the tasks were over takes what is in it.
  void take_through_shares(Node place) {
    for (const Node& call : rewrite::calls_of_into_inner(place)) {
      for (base::Edit& edit : rewrite::take_through_share(call, facts_.type_of(place), imports_)) {
        remedy_.edits.push_back(std::move(edit));
      }
      const bool are_over =
          std::all_of(escape_.tasks.begin(), escape_.tasks.end(),
                      [&call](const flow::Task& task) { return has_ended_before(task, call); });
      if (!are_over) {
        remedy_.keeps_meaning = false;
        add_trade_off(remedy_, "what a task that still runs adds to `" + std::string(place.text()) +
                                   "` is not taken");
      }
    }
  }

  // All that name the variable while the tasks may run lock it for a moment.
  [[nodiscard]] bool lock(Node place) {
    rewrite::ChangedLocal local;
    local.binding = place;
    local.sharer = rewrite::Sharer::ArcMutex;
    for (const flow::Task& task : escape_.tasks) {
      if (syntax::is_mentioned(task.future, place.text())) {
        local.futures.push_back(task.future);
      }
    }
    const std::string type = facts_.type_of(place);
    local.is_copy =
        !type.empty() && flow::cloning_of(facts_.items(), type) == flow::Cloning::Copies;
    local.are_over = [this](Node statement) {
      return std::all_of(escape_.tasks.begin(), escape_.tasks.end(),
                         [&](const flow::Task& task) { return has_ended_before(task, statement); });
    };
    const syntax::Tree& tree = facts_.tree(place.span().file);
    std::vector<base::Edit> edits = rewrite::share_changes(tree, local, imports_);
    for (base::Edit& edit : edits) {
      indent_as_its_line(tree, edit);
    }
    const bool is_shared = !edits.empty();
    remedy_.edits.insert(remedy_.edits.end(), edits.begin(), edits.end());
    return is_shared;
  }

  // Lines that are added within a task move with it, where it gets a block around it.
  void indent_as_its_line(const syntax::Tree& tree, base::Edit& edit) const {
    const uint32_t line = syntax::line_start(tree.text(), edit.span.begin);
    const bool is_moved =
        std::any_of(remedy_.edits.begin(), remedy_.edits.end(), [&](const base::Edit& one) {
          return one.span == base::Span{edit.span.file, line, line} &&
                 llvm::StringRef(one.text).trim().empty();
        });
    if (!is_moved) {
      return;
    }
    const std::string indent = syntax::layout(tree.text()).indent;
    for (size_t at = edit.text.find('\n'); at != std::string::npos;
         at = edit.text.find('\n', at + 1)) {
      edit.text.insert(at + 1, indent);
    }
  }

  // It names a value that is to be kept, or what was taken from one.
  [[nodiscard]] bool borrows_from_owner(Node argument) const {
    const std::vector<flow::Capture> captures = flow::captures_of(argument);
    return std::any_of(captures.begin(), captures.end(), [this](const flow::Capture& capture) {
      return std::any_of(escape_.owners.begin(), escape_.owners.end(), [&](const Node& owner) {
        return capture.binding == owner || flow::is_derived(capture.binding, owner);
      });
    });
  }

  // `drop(sender);` behind the last statement that names it, once.
  void end_own(const flow::Capture& capture, Node last_use) {
    if (!last_use || !ended_.insert(capture.binding.span()).second) {
      return;
    }
    rewrite::EditList edits(facts_.tree(last_use.span().file));
    edits.insert_behind(last_use, "drop(" + capture.name + ");");
    for (base::Edit& edit : edits.take()) {
      remedy_.edits.push_back(std::move(edit));
    }
  }

  // The arguments of the call that makes the future are computed in front of the task.
  bool plan_call(const flow::Task& task, rewrite::OwnedTask& owned) {
    const auto bound = rewrite::bind_arguments(
        task.future, flow::parameter_names(facts_, task.future),
        [this](Node argument) { return !views_ && borrows_from_owner(argument); });
    if (!bound) {
      return false;
    }
    owned.values = bound->values;
    owned.renamed = bound->renamed;
    const auto& candidates = facts_.items().functions(syntax::called_name(task.future));
    if (!std::all_of(candidates.begin(), candidates.end(), syntax::is_async_function)) {
      remedy_.keeps_meaning = false;
      add_trade_off(remedy_, "what `" + std::string(syntax::called_name(task.future)) +
                                 "` does before it gives its future is done in the task");
    }
    return true;
  }

  // `spawn(work(client))` -> `spawn(work(client.clone()))`.
  bool plan_argument(const flow::Task& task) {
    for (const flow::Capture& capture : flow::captures_of(task.future)) {
      auto value = own_value(facts_, escape_, task, capture, preference_, imports_);
      if (!value) {
        return false;
      }
      if (value->values.empty()) {
        continue;
      }
      if (value->way != Ownership::Way::Clone || capture.mentions.size() != 1 ||
          syntax::is_in_macro(capture.mentions.front())) {
        return false;
      }
      end_own(capture, value->last_use);
      remedy_.keeps_meaning = remedy_.keeps_meaning && value->keeps_meaning;
      add_trade_off(remedy_, value->trade_off);
      remedy_.names.insert(capture.name);
      remedy_.edits.push_back({capture.mentions.front().span(), value->values.front().value});
    }
    return true;
  }

  const flow::Facts& facts_;
  const flow::Escape& escape_;
  Preference preference_;
  bool views_;
  UnknownValues unknown_;
  rewrite::ImportEdits imports_;
  std::set<base::Span> ended_;
  Remedy remedy_;
};

std::string listed(const std::set<std::string>& names) {
  std::string result;
  size_t left = names.size();
  for (const std::string& name : names) {
    result += "`" + name + "`" + (left > 2 ? ", " : left == 2 ? " and " : "");
    --left;
  }
  return result;
}

base::FixIt to_fix(Remedy remedy, const flow::Escape& escape, bool is_shared_only) {
  base::FixIt fix;
  const bool is_one = escape.tasks.size() == 1;
  const std::string task = is_one ? "the task" : "each task";
  if (!remedy.lock_places.empty()) {
    fix.name = "lock";
    fix.title =
        "share " + listed(remedy.names) + " with " + task + ", what is changed by a `Mutex`";
  } else if (!remedy.share_places.empty() || is_shared_only) {
    fix.name = "share";
    fix.title = "share " + listed(remedy.names) + " with " + task + " by an `Arc`";
  } else if (remedy.names.empty()) {
    fix.name = "move";
    fix.title = "let " + task + " own what it uses";
  } else {
    fix.name = "own";
    fix.title = "give " + task + " " + (is_one ? "its own " : "a value of its own of ") +
                listed(remedy.names);
  }
  fix.edits = std::move(remedy.edits);
  fix.keeps_meaning = remedy.keeps_meaning;
  for (const std::string& one : remedy.trade_offs) {
    fix.trade_off += (fix.trade_off.empty() ? "" : "; ") + one;
  }
  if (remedy.share_places.empty()) {
    fix.body = syntax::outermost_function(escape.tasks.front().future).span();
  }
  return fix;
}

// `async move`, `move |x|`: what a person tries first. Nothing else is changed, so rustc
// alone says whether the function can do without what is taken.
std::optional<Remedy> move_all(const flow::Facts& facts, const flow::Escape& escape) {
  Remedy remedy;
  for (const flow::Task& task : escape.tasks) {
    const Node future = task.future;
    if (future.has_child("move")) {
      continue;
    }
    if (!future.is_any({"async_block", "closure_expression"}) || syntax::is_in_macro(future)) {
      return std::nullopt;
    }
    constexpr uint32_t AsyncLength = 5;
    const bool is_async = future.is("async_block") || future.has_child("async");
    const uint32_t at = future.begin() + (is_async ? AsyncLength : 0);
    remedy.edits.push_back({{future.span().file, at, at}, is_async ? " move" : "move "});
    for (const flow::Capture& capture : flow::captures_of(future)) {
      // Only what is copied is still there afterwards, without the task's changes.
      const std::string type = facts.type_of(capture.binding);
      const flow::Cloning cloning = flow::cloning_of(facts.items(), type);
      Ownership copied;
      if (type.empty() || cloning == flow::Cloning::Copies || cloning == flow::Cloning::Unknown) {
        note_lost_writes(task, capture, copied);
      }
      remedy.keeps_meaning = remedy.keeps_meaning && copied.keeps_meaning;
      add_trade_off(remedy, copied.trade_off);
    }
  }
  return remedy;
}

// A value that the task takes along borrows in its fields: its struct owns these instead.
std::optional<base::FixIt> own_in_structs(const flow::Facts& facts, const flow::Escape& escape) {
  const std::optional<OwnedStructs> owned = own_structs(facts, escape);
  const bool are_calls =
      std::all_of(escape.tasks.begin(), escape.tasks.end(),
                  [](const flow::Task& task) { return task.future.is("call_expression"); });
  std::optional<Remedy> moved = are_calls ? Remedy() : move_all(facts, escape);
  if (!owned || !moved) {
    return std::nullopt;
  }
  base::FixIt fix;
  fix.name = "own_fields";
  fix.title = "let " + listed(owned->names) + " own what " +
              (owned->names.size() == 1 ? "it refers to" : "they refer to");
  fix.edits = owned->edits;
  fix.edits.insert(fix.edits.end(), moved->edits.begin(), moved->edits.end());
  fix.keeps_meaning = owned->keeps_meaning && moved->keeps_meaning;
  add_trade_off(*moved, "each value of that type has copies of its own");
  for (const std::string& one : moved->trade_offs) {
    fix.trade_off += (fix.trade_off.empty() ? "" : "; ") + one;
  }
  return fix;
}

}  // namespace

base::Span task_head(const flow::Task& task) {
  base::Span span = task.future.span();
  if (task.future.is("async_block")) {
    const std::vector<Node> parts = task.future.parts();
    const std::string_view text = task.future.text();
    const size_t open = text.find('{');
    const size_t last = text.substr(0, open).find_last_not_of(" \t\r\n");
    if (open != std::string_view::npos && last != std::string_view::npos) {
      span.end = span.begin + static_cast<uint32_t>(last + 1);
    }
  } else if (task.future.text().find('\n') != std::string_view::npos) {
    const Node head = task.future.is("closure_expression") ? task.future.field("parameters")
                                                           : task.future.field("function");
    span = head ? head.span() : span;
  }
  return span;
}

namespace {

// Those that are not taken from one another: the values, not what was read from them.
std::vector<Node> first_owners(const flow::Escape& escape) {
  std::vector<Node> result;
  for (const Node& owner : escape.owners) {
    const bool is_taken = std::any_of(
        escape.owners.begin(), escape.owners.end(),
        [&owner](const Node& other) { return other != owner && flow::is_derived(owner, other); });
    if (!is_taken) {
      result.push_back(owner);
    }
  }
  std::stable_sort(result.begin(), result.end(),
                   [](const Node& a, const Node& b) { return a.begin() < b.begin(); });
  return result;
}

}  // namespace

bool shares_out_slice(const flow::Escape& escape) {
  const bool is_slice = std::any_of(escape.owners.begin(), escape.owners.end(), [](Node owner) {
    const Node type = syntax::enclosing(owner, {"parameter"}).field("type");
    return type.is("reference_type") && type.field("type").is("array_type") &&
           !type.field("type").field("length");
  });
  const bool is_repeated =
      std::any_of(escape.tasks.begin(), escape.tasks.end(), [](const auto& task) {
        const Node round = syntax::enclosing(
            task.future.parent(), {"for_expression", "while_expression", "loop_expression",
                                   "closure_expression", "function_item"});
        return round && !round.is("function_item");
      });
  return is_slice && (is_repeated || escape.tasks.size() > 1);
}

std::string owner_names(const flow::Escape& escape) {
  std::string result;
  for (const Node& owner : first_owners(escape)) {
    const std::string name = owner.is("self_parameter") ? "self" : std::string(owner.text());
    result += (result.empty() ? "" : "`, `") + name;
  }
  return result;
}

void explain(FindingBuilder& finding, const flow::Escape& escape, const std::string& owner_label) {
  finding.evidence(base::Evidence::Messages);
  for (const uint32_t index : escape.diagnostics) {
    finding.explains(index);
  }
  for (const Node& owner : first_owners(escape)) {
    const bool is_lent =
        std::find(escape.lent.begin(), escape.lent.end(), owner) != escape.lent.end();
    finding.label(owner.span(), is_lent ? "belongs to the caller" : owner_label);
  }
  for (size_t index = 1; index < escape.tasks.size(); ++index) {
    finding.label(task_head(escape.tasks[index]), "and so does this task");
  }
}

std::vector<base::FixIt> own_values(const flow::Facts& facts, const flow::Escape& escape) {
  std::vector<base::FixIt> result;
  const auto add = [&](std::optional<Remedy> remedy, bool is_shared_only) {
    if (!remedy || remedy->edits.empty()) {
      return;
    }
    base::FixIt fix = to_fix(std::move(*remedy), escape, is_shared_only);
    const bool is_known = std::any_of(result.begin(), result.end(), [&fix](const base::FixIt& one) {
      return one.edits == fix.edits;
    });
    if (!is_known) {
      result.push_back(std::move(fix));
    }
  };
  std::optional<Remedy> locked =
      Planner(facts, escape, Preference::Lock, false, UnknownValues::Leave).plan();
  if (locked && !locked->lock_places.empty()) {
    add(std::move(locked), false);
  }
  if (escape.kind == flow::EscapeKind::Local) {
    add(move_all(facts, escape), false);
  }
  for (const Preference preference : {Preference::Clone, Preference::Share}) {
    for (const bool views : {false, true}) {
      for (const UnknownValues unknown : {UnknownValues::Leave, UnknownValues::Wrap}) {
        add(Planner(facts, escape, preference, views, unknown).plan(), false);
      }
    }
  }
  if (auto fix = own_in_structs(facts, escape)) {
    result.push_back(std::move(*fix));
  }
  return result;
}

}  // namespace jaa::pitfalls
