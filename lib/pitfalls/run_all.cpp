// The list is generated from the pages: a new pitfall needs no edit here.
#include "pitfalls/run_all.h"

#include <algorithm>

#include "diag/catalogue.h"
#include "pitfalls/sink.h"

namespace jaa::pitfalls {
namespace {

bool have_one_remedy(const base::Finding& a, const base::Finding& b) {
  return a.code == b.code && a.level == b.level && !a.fixits.empty() && !b.fixits.empty() &&
         a.fixits.front().edits == b.fixits.front().edits;
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

}  // namespace

std::vector<base::Finding> run_all(const flow::Facts& facts) {
  Sink sink;
  for (auto* pitfall : all) pitfall(facts, sink);
  std::vector<base::Finding> result;
  for (base::Finding& finding : sink.take()) {
    const auto same = std::find_if(
        result.begin(), result.end(),
        [&finding](const base::Finding& earlier) { return have_one_remedy(earlier, finding); });
    if (same == result.end()) {
      result.push_back(std::move(finding));
    } else {
      absorb(*same, std::move(finding));
    }
  }
  return result;
}

}  // namespace jaa::pitfalls
