#include "pitfalls/guard_report.h"

#include <algorithm>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

#include "flow/cloning.h"
#include "flow/type_text.h"
#include "pitfalls/own_locks.h"
#include "pitfalls/send_report.h"
#include "rewrite/guard_scope.h"
#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

// A clone whose end is waited for would make that wait longer.
rewrite::Likeness likeness_of(const syntax::Items& items, const std::string& type) {
  switch (flow::cloning_of(items, type)) {
    case flow::Cloning::Copies:
      return rewrite::Likeness::Copied;
    case flow::Cloning::Shares:
    case flow::Cloning::Duplicates:
      return flow::tells_its_end(items, type) ? rewrite::Likeness::Unknown
                                              : rewrite::Likeness::Alike;
    case flow::Cloning::Unknown:
      return rewrite::Likeness::Unknown;
    case flow::Cloning::SplitsState:
    case flow::Cloning::Impossible:
      break;
  }
  return rewrite::Likeness::Apart;
}

// Both refer to what they are given, which outlives the rewrites.
void answer_about_types(rewrite::Held& held, const flow::Facts& facts,
                        const flow::HeldValue& guard) {
  held.type_of = [&guard](const base::Span& place) {
    const auto found = std::find_if(
        guard.expressions.begin(), guard.expressions.end(),
        [&place](const flow::TypedExpression& expression) { return expression.span == place; });
    return found == guard.expressions.end() ? std::string() : found->type;
  };
  held.likeness_of = [&facts](const std::string& type) { return likeness_of(facts.items(), type); };
}

rewrite::Held to_held_guard(const flow::Facts& facts, const flow::HeldValue& guard,
                            flow::GuardShape shape) {
  rewrite::Held held = to_held(guard);
  held.is_lock = true;
  held.inner_type = guard.inner_type;
  answer_about_types(held, facts, guard);
  if (shape == flow::GuardShape::Scrutinee) {
    const flow::Scrutinee scrutinee = flow::scrutinee_of(guard, facts.tree(guard.value.file));
    // Of several temporaries at one place the outermost comes first; those after it
    // are the receiver as it was borrowed for the call.
    const auto value = std::find_if(guard.expressions.begin(), guard.expressions.end(),
                                    [&](const flow::TypedExpression& expression) {
                                      return expression.span == scrutinee.value.span();
                                    });
    if (value != guard.expressions.end()) {
      held.scrutinee_type = value->type;
    }
  }
  return held;
}

// The last name of a type's path.
std::string_view name_of(std::string_view type) {
  type = type.substr(0, type.find('<'));
  const size_t colon = type.rfind("::");
  return colon == std::string_view::npos ? type : type.substr(colon + 2);
}

// Something around the guard has a `Drop`, which a shorter life runs earlier.
bool has_destructor(const flow::Facts& facts, const flow::HeldValue& guard) {
  const auto drops = [&facts](const flow::HoldingField& field) {
    const syntax::Items::List& impls = facts.items().impls("Drop");
    return std::any_of(impls.begin(), impls.end(), [&field](const syntax::Node& impl) {
      return syntax::last_name(impl.field("type")) == name_of(field.owner);
    });
  };
  return std::any_of(guard.guard_fields.begin(), guard.guard_fields.end(), drops);
}

// Where in the value the guard is, step by step.
void tell_fields(FindingBuilder& finding, const flow::HeldValue& guard) {
  using Kind = flow::HoldingField::Kind;
  for (const flow::HoldingField& field : guard.guard_fields) {
    const std::string type = "`" + flow::shown_type_text(field.type) + "`";
    const std::string owner = "`" + flow::shown_type_text(field.owner) + "`";
    std::string text = field.kind == Kind::Capture
                           ? "it has captured `" + field.field + "` of type " + type
                       : field.kind == Kind::Hidden
                           ? owner + " hides a " + type
                           : owner + " holds a " + type + " in its field `" + field.field + "`";
    if (field.declared) {
      finding.note(std::move(text), *field.declared, "");
    } else {
      finding.note(std::move(text));
    }
  }
}

std::vector<base::FixIt> remedies(const flow::Facts& facts, const flow::DeniedGuard& denied,
                                  flow::GuardShape shape) {
  const flow::HeldValue& guard = denied.guard;
  const syntax::Tree& tree = facts.tree(guard.value.file);
  const rewrite::Held held = to_held_guard(facts, guard, shape);
  const syntax::Node function = syntax::outermost_function(tree.smallest_node(guard.value));
  std::vector<base::FixIt> result;
  const auto add = [&](std::vector<base::FixIt> candidates, bool stays_in_function) {
    for (base::FixIt& candidate : candidates) {
      if (stays_in_function && function) {
        candidate.body = function.span();
      }
      result.push_back(std::move(candidate));
    }
  };
  add(rewrite::end_scope_before_await(tree, held), true);
  add(rewrite::copy_out_before_await(tree, held), true);
  add(rewrite::own_borrow_before_await(tree, held), true);
  add(rewrite::bind_value_first(tree, held), true);
  add(rewrite::change_value_first(tree, held), true);
  // What is built around the lock is more than the lock.
  if (guard.guard_fields.empty()) {
    add(rewrite::acquire_after_await(tree, held), true);
    add(rewrite::await_before_lock(tree, held), true);
  }
  if (guard.guard->family != flow::LockFamily::RefCell && guard.guard_fields.empty()) {
    rewrite::ProjectView project = to_project(facts.package());
    for (rewrite::ProjectView::AsyncLock& lock : own_async_locks(facts, guard.value.file)) {
      project.async_locks.push_back(std::move(lock));
    }
    // Following the lock's name through the crate costs a parse of it.
    if (!project.async_locks.empty()) {
      add(rewrite::use_async_lock(lock_trees(facts, guard.value.file), held, project), false);
    }
  }
  if (guard.guard_fields.empty()) {
    add(rewrite::reacquire_after_await(tree, held), true);
  }
  if (has_destructor(facts, guard)) {
    for (base::FixIt& fix : result) {
      fix.keeps_meaning = false;
      fix.trade_off = "what its `drop` does comes before the await";
    }
  }
  // What keeps the meaning comes before what may change it.
  std::stable_partition(result.begin(), result.end(),
                        [](const base::FixIt& fix) { return fix.keeps_meaning; });
  return result;
}

}  // namespace

rewrite::ProjectView to_project(const project::Package& package) {
  rewrite::ProjectView view;
  view.edition = package.edition;
  for (const project::AsyncLocks& locks : package.async_locks()) {
    view.async_locks.push_back(
        {std::string(locks.crate), std::string(locks.mutex), std::string(locks.rw_lock)});
  }
  return view;
}

std::vector<const syntax::Tree*> lock_trees(const flow::Facts& facts, base::FileId first) {
  std::vector<const syntax::Tree*> trees{&facts.tree(first)};
  for (const base::FileId file : facts.crate_of(first)) {
    const llvm::StringRef text = facts.files().text(file);
    if (file != first && (text.contains("Mutex") || text.contains("RwLock"))) {
      trees.push_back(&facts.tree(file));
    }
  }
  return trees;
}

std::string guard_text(const flow::Facts& facts, const flow::HeldValue& guard) {
  if (!guard.name.empty()) {
    return guard.name;
  }
  std::string text;
  for (const llvm::StringRef line :
       llvm::split(llvm::StringRef(facts.files().text(guard.value)), '\n')) {
    text += line.trim();
  }
  return text;
}

std::string guard_type_text(const flow::HeldValue& guard) {
  if (const size_t at = guard.type.find('@');
      at != std::string::npos && guard.type.front() == '{') {
    return guard.type.substr(0, at) + "}";  // where a closure stands is what is labelled
  }
  return flow::shown_type_text(guard.guard_fields.empty() ? guard.guard_type : guard.type);
}

void complete(FindingBuilder& finding, const flow::Facts& facts, const flow::DeniedGuard& denied,
              flow::GuardShape shape, const std::string& await_label) {
  std::vector<base::Span> awaits;
  for (const flow::HeldAwait& await : denied.guard.awaits) {
    awaits.push_back(await.keyword);
  }
  explain(finding, facts,
          {denied.evidence, denied.denials, denied.hidden_denials, denied.is_inferred,
           std::move(awaits), await_label, denied.chain});
  tell_fields(finding, denied.guard);
  finding.fixes(remedies(facts, denied, shape));
}

}  // namespace jaa::pitfalls
