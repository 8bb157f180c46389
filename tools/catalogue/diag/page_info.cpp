// The part of the layer `diag` that is not generated.
#include "diag/page_info.h"

#include <algorithm>

namespace jaa::diag {

const PageInfo* find_page(std::string_view name) {
  std::span<const PageInfo> all = pages();
  auto found = std::ranges::lower_bound(all, name, {}, &PageInfo::name);
  return found != all.end() && found->name == name ? &*found : nullptr;
}

const GuidePage* find_guide_page(std::string_view name) {
  const std::span<const GuidePage> all = guide();
  const auto found = std::ranges::find(all, name, &GuidePage::name);
  return found != all.end() ? &*found : nullptr;
}

base::Level finding_level(DefaultLevel level) {
  return level == DefaultLevel::Error ? base::Level::Error : base::Level::Warning;
}

}  // namespace jaa::diag
