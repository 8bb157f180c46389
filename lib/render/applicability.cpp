#include "render/applicability.h"

namespace jaa::render {

base::Applicability applicability(const base::FixIt& fix) {
  using enum base::Applicability;
  using Kind = base::Verdict::Kind;
  if (fix.verdict.kind == Kind::Rejected) {
    return Unspecified;
  }
  if (fix.has_placeholders) {
    return HasPlaceholders;
  }
  const bool is_safe = fix.verdict.kind == Kind::Accepted && fix.keeps_meaning;
  return is_safe ? MachineApplicable : MaybeIncorrect;
}

std::vector<base::Applicability> applicabilities(const base::Finding& finding) {
  std::vector<base::Applicability> result;
  bool has_machine_applicable = false;
  for (const base::FixIt& fix : finding.fixits) {
    base::Applicability value = applicability(fix);
    if (value == base::Applicability::MachineApplicable) {
      if (has_machine_applicable) {
        value = base::Applicability::MaybeIncorrect;
      }
      has_machine_applicable = true;
    }
    result.push_back(value);
  }
  return result;
}

std::string_view applicability_name(base::Applicability applicability) {
  switch (applicability) {
    case base::Applicability::MachineApplicable:
      return "MachineApplicable";
    case base::Applicability::MaybeIncorrect:
      return "MaybeIncorrect";
    case base::Applicability::HasPlaceholders:
      return "HasPlaceholders";
    case base::Applicability::Unspecified:
      return "Unspecified";
  }
  return {};
}

std::string_view verdict_name(base::Verdict::Kind kind) {
  switch (kind) {
    case base::Verdict::Kind::Untried:
      return "untried";
    case base::Verdict::Kind::Accepted:
      return "accepted";
    case base::Verdict::Kind::Rejected:
      return "rejected";
    case base::Verdict::Kind::Unknown:
      return "unknown";
  }
  return {};
}

}  // namespace jaa::render
