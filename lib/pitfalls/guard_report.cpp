#include "pitfalls/guard_report.h"

#include <algorithm>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

#include "flow/type_text.h"
#include "pitfalls/send_report.h"
#include "rewrite/guard_scope.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

rewrite::Held to_held_guard(const flow::Facts& facts, const flow::HeldValue& guard,
                            flow::GuardShape shape) {
  rewrite::Held held = to_held(guard);
  held.is_lock = true;
  held.inner_type = guard.inner_type;
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

rewrite::ProjectView to_project(const project::Package& package) {
  rewrite::ProjectView view;
  view.edition = package.edition;
  for (const project::AsyncLocks& locks : package.async_locks()) {
    view.async_locks.push_back(
        {std::string(locks.crate), std::string(locks.mutex), std::string(locks.rw_lock)});
  }
  return view;
}

// The guard's own file first, then the others that might name the same lock.
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
  add(rewrite::bind_value_first(tree, held), true);
  add(rewrite::acquire_after_await(tree, held), true);
  // Following the lock's name through the crate costs a parse of it; without a crate
  // that has async locks there is nothing to change to.
  const rewrite::ProjectView project = to_project(facts.package());
  if (guard.guard->family != flow::LockFamily::RefCell && !project.async_locks.empty()) {
    add(rewrite::use_async_lock(lock_trees(facts, guard.value.file), held, project), false);
  }
  add(rewrite::reacquire_after_await(tree, held), true);
  // What keeps the meaning comes before what may change it.
  std::stable_partition(result.begin(), result.end(),
                        [](const base::FixIt& fix) { return fix.keeps_meaning; });
  return result;
}

}  // namespace

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
  return flow::shown_type_text(guard.guard_type);
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
  finding.fixes(remedies(facts, denied, shape));
}

}  // namespace jaa::pitfalls
