// The list is generated from the pages: a new pitfall needs no edit here.
#include "pitfalls/run_all.h"

#include <algorithm>
#include <iterator>

#include "llvm/ADT/StringSwitch.h"

#include "diag/catalogue.h"
#include "pitfalls/sink.h"

namespace jaa::pitfalls {
namespace {

// The fix that stands for the finding.
const base::FixIt* lead(const base::Finding& finding) {
  const auto accepted = std::find_if(
      finding.fixits.begin(), finding.fixits.end(),
      [](const base::FixIt& fix) { return fix.verdict.kind == base::Verdict::Kind::Accepted; });
  if (accepted != finding.fixits.end()) {
    return &*accepted;
  }
  return finding.fixits.empty() ? nullptr : &finding.fixits.front();
}

bool have_one_remedy(const base::Finding& a, const base::Finding& b) {
  const base::FixIt* first = lead(a);
  const base::FixIt* second = lead(b);
  return a.code == b.code && a.level == b.level && first != nullptr && second != nullptr &&
         first->edits == second->edits && first->verdict.kind == second->verdict.kind;
}

// What `other` says beside what `finding` does.
void absorb(base::Finding& finding, base::Finding other) {
  const auto has_label = [&finding](const base::Span& span) {
    return finding.primary.span == span ||
           std::any_of(finding.secondary.begin(), finding.secondary.end(),
                       [&span](const base::Label& label) { return label.span == span; });
  };
  if (!has_label(other.primary.span)) {
    finding.secondary.push_back(std::move(other.primary));
  }
  for (base::Label& label : other.secondary) {
    if (!has_label(label.span)) {
      finding.secondary.push_back(std::move(label));
    }
  }
  for (const uint32_t error : other.explains) {
    if (std::find(finding.explains.begin(), finding.explains.end(), error) ==
        finding.explains.end()) {
      finding.explains.push_back(error);
    }
  }
  finding.needs_proof = finding.needs_proof && other.needs_proof;
}

// How much a pitfall's errors say by themselves. A future that is no value, an await with
// no async code around it, a block that does not own what it names: these are what many
// mistakes look like. A pitfall that saw more in the same errors comes first.
int generality(std::string_view code) {
  return llvm::StringSwitch<int>(code)
      .Cases("missing_await", "await_on_non_future", "await_outside_async", 3)
      .Cases("spawn_borrows_local", "moved_into_task", 2)
      .Cases("futures_in_iterator", "async_block_borrows_local", "spawn_borrows_parameter", 1)
      .Default(0);
}

bool explains(const base::Finding& finding, uint32_t diagnostic) {
  return std::find(finding.explains.begin(), finding.explains.end(), diagnostic) !=
         finding.explains.end();
}

}  // namespace

std::vector<base::Finding> run_all(const flow::Facts& facts) {
  Sink sink;
  for (auto* pitfall : all) pitfall(facts, sink);
  std::vector<base::Finding> findings = sink.take();
  join_same_remedy(findings);
  keep_one_for_each_error(findings);
  return findings;
}

void keep_one_for_each_error(std::vector<base::Finding>& findings) {
  for (base::Finding& general : findings) {
    if (generality(general.code) == 0 || general.explains.empty()) {
      continue;
    }
    base::Finding* first = nullptr;
    std::vector<uint32_t> left;
    for (const uint32_t diagnostic : general.explains) {
      const auto other =
          std::find_if(findings.begin(), findings.end(), [&](const base::Finding& finding) {
            return &finding != &general && explains(finding, diagnostic) &&
                   generality(finding.code) < generality(general.code);
          });
      if (other == findings.end()) {
        left.push_back(diagnostic);
      } else if (first == nullptr) {
        first = &*other;
      }
    }
    // What it would do is one more way to mend them.
    if (left.empty()) {
      std::move(general.fixits.begin(), general.fixits.end(), std::back_inserter(first->fixits));
      general.fixits.clear();
    }
    general.explains = std::move(left);
  }
  std::erase_if(findings, [](const base::Finding& finding) {
    return generality(finding.code) > 0 && finding.explains.empty() &&
           finding.level == base::Level::Error;
  });
}

void join_same_remedy(std::vector<base::Finding>& findings) {
  std::vector<base::Finding> result;
  for (base::Finding& finding : findings) {
    const auto same = std::find_if(
        result.begin(), result.end(),
        [&finding](const base::Finding& earlier) { return have_one_remedy(earlier, finding); });
    if (same == result.end()) {
      result.push_back(std::move(finding));
    } else {
      absorb(*same, std::move(finding));
    }
  }
  findings = std::move(result);
}

}  // namespace jaa::pitfalls
