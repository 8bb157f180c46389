#include "plugin/cargo/lint_names.h"

#include <algorithm>
#include <utility>

#include "diag/catalogue.h"
#include "llvm/ADT/StringRef.h"

namespace jaa::plugin {

bool is_lint_group(std::string_view name) {
  return name == "all" || name == "warnings";
}

std::vector<std::string> lints_called(std::string_view name) {
  std::vector<std::string> lints;
  for (const diag::PageInfo& page : diag::pages()) {
    const bool warns = page.level == diag::DefaultLevel::Warning;
    const bool is_on = page.level != diag::DefaultLevel::Allow;
    if (page.name == name || (name == "all" && is_on) || (name == "warnings" && warns)) {
      lints.emplace_back(page.name);
    }
  }
  return lints;
}

std::vector<std::string_view> close_names(std::string_view name) {
  // Beyond a third of the name, likeness is chance. A long wrong name is not worth
  // the quadratic comparison.
  constexpr size_t max_length = 100;
  const size_t limit = std::max<size_t>(name.size() / 3, 1);
  std::vector<std::pair<unsigned, std::string_view>> close;
  for (const diag::PageInfo& page : diag::pages()) {
    const unsigned distance =
        name.size() > max_length
            ? max_length
            : llvm::StringRef(name).edit_distance(page.name, true, static_cast<unsigned>(limit));
    const bool is_part = name.size() > 2 && page.name.find(name) != std::string_view::npos;
    if (distance <= limit || is_part) {
      close.emplace_back(distance, page.name);
    }
  }
  std::sort(close.begin(), close.end());
  std::vector<std::string_view> names;
  for (const auto& [distance, page_name] : close) {
    names.push_back(page_name);
  }
  return names;
}

}  // namespace jaa::plugin
