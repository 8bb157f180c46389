#include "plugin/rustc/dep_info.h"

#include <algorithm>

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace jaa::plugin {
namespace {

// Splits at spaces that no backslash precedes. rustc escapes nothing but spaces,
// so a backslash before anything else is part of a name.
void add_names(llvm::StringRef text, std::vector<std::string>& names) {
  std::string name;
  const auto finish = [&] {
    if (!name.empty()) names.push_back(std::move(name));
    name.clear();
  };
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == ' ') {
      name += ' ';
      ++i;
    } else if (text[i] == ' ') {
      finish();
    } else {
      name += text[i];
    }
  }
  finish();
}

}  // namespace

std::vector<std::string> parse_dep_info(std::string_view text) {
  std::vector<std::string> names;
  llvm::SmallVector<llvm::StringRef, 16> lines;
  llvm::StringRef(text).split(lines, '\n', -1, false);
  for (llvm::StringRef line : lines) {
    line = line.rtrim('\r');
    if (line.starts_with("#")) continue;
    // The target ends at the first ": "; a rule without sources ends with ":".
    const size_t colon = line.find(": ");
    if (colon != llvm::StringRef::npos) add_names(line.substr(colon + 2), names);
  }
  std::ranges::sort(names);
  const auto [first, last] = std::ranges::unique(names);
  names.erase(first, last);
  return names;
}

}  // namespace jaa::plugin
