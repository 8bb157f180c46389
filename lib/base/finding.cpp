#include "base/finding.h"

#include <algorithm>
#include <tuple>

namespace jaa::base {

void sort_findings(std::vector<Finding>& findings, const SourceFiles& sources) {
  const auto key = [&sources](const Finding& finding) {
    const Span& span = finding.primary.span;
    const std::string_view path = span.is_valid() ? sources.path(span.file) : std::string_view();
    return std::tuple(path, span.begin, std::string_view(finding.code), span.end);
  };
  std::stable_sort(findings.begin(), findings.end(),
                   [&key](const Finding& a, const Finding& b) { return key(a) < key(b); });
}

std::optional<std::string> apply_edits(const SourceFiles& sources, FileId file,
                                       const std::vector<Edit>& edits) {
  std::vector<const Edit*> here;
  for (const Edit& edit : edits) {
    if (edit.span.file == file) {
      here.push_back(&edit);
    }
  }
  // Insertions at one place keep the order in which they were given.
  std::stable_sort(here.begin(), here.end(), [](const Edit* a, const Edit* b) {
    return std::tuple(a->span.begin, a->span.end) < std::tuple(b->span.begin, b->span.end);
  });
  const std::string_view text = sources.text(file);
  std::string result;
  uint32_t copied = 0;
  for (const Edit* edit : here) {
    if (edit->span.begin < copied || edit->span.begin > edit->span.end ||
        edit->span.end > text.size()) {
      return std::nullopt;
    }
    result.append(text.substr(copied, edit->span.begin - copied));
    result.append(edit->text);
    copied = edit->span.end;
  }
  result.append(text.substr(copied));
  return result;
}

}  // namespace jaa::base
