#include "propagate/wraps.h"

#include <algorithm>
#include <map>

namespace jaa::propagate {

void Wraps::add(const base::Span& place, std::string before, std::string after) {
  const Wrap wrap{place, std::move(before), std::move(after)};
  if (std::find(wraps_.begin(), wraps_.end(), wrap) == wraps_.end()) {
    wraps_.push_back(wrap);
  }
}

std::vector<base::Edit> Wraps::edits() const {
  // What lies inside closes before what is around it opens or closes; of two around the
  // same expression the one that was added first is the inner one.
  std::vector<const Wrap*> inner_first;
  for (const Wrap& wrap : wraps_) {
    inner_first.push_back(&wrap);
  }
  std::stable_sort(inner_first.begin(), inner_first.end(), [](const Wrap* a, const Wrap* b) {
    return a->place.end - a->place.begin < b->place.end - b->place.begin;
  });
  struct Texts {
    std::string closing;
    std::string opening;
  };
  std::map<std::pair<base::FileId, uint32_t>, Texts> at;
  for (const Wrap* wrap : inner_first) {
    at[{wrap->place.file, wrap->place.end}].closing += wrap->after;
    Texts& begin = at[{wrap->place.file, wrap->place.begin}];
    begin.opening = wrap->before + begin.opening;
  }
  std::vector<base::Edit> result;
  for (const auto& [place, texts] : at) {
    if (std::string text = texts.closing + texts.opening; !text.empty()) {
      result.push_back({{place.first, place.second, place.second}, std::move(text)});
    }
  }
  return result;
}

}  // namespace jaa::propagate
