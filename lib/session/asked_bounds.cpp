#include "session/asked_bounds.h"

#include <algorithm>

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "rewrite/bounds.h"

namespace jaa::session {
namespace {

using syntax::Node;

// `Send` and `Sync` of " + std::marker::Send + std::marker::Sync"; empty for other text.
std::vector<std::string> marker_traits(llvm::StringRef text) {
  text = text.trim();
  if (!text.consume_front("+")) text.consume_front(":");
  llvm::SmallVector<llvm::StringRef> parts;
  text.split(parts, '+');
  std::vector<std::string> result;
  for (llvm::StringRef part : parts) {
    part = part.trim();
    if (!part.consume_front("std::marker::")) part.consume_front("core::marker::");
    if (part != "Send" && part != "Sync") return {};
    result.push_back(part.str());
  }
  return result;
}

// The parameter or predicate whose bounds end at `place`.
Node owner_at(const syntax::Tree& tree, const base::Span& place) {
  if (place.begin == 0) return {};
  Node at = tree.smallest_node({place.file, place.begin - 1, place.begin});
  while (at && at.end() == place.begin && !at.is_any({"type_parameter", "where_predicate"})) {
    at = at.parent();
  }
  return at.end() == place.begin && at.is_any({"type_parameter", "where_predicate"}) ? at : Node();
}

}  // namespace

bool AskedBounds::take(const std::vector<base::Edit>& suggestion) {
  if (suggestion.size() != 1 || !suggestion.front().span.is_empty()) return false;
  const base::Edit& edit = suggestion.front();
  const std::vector<std::string> traits = marker_traits(edit.text);
  // A trait of that name in the workspace may be meant by the short name.
  const bool is_plain =
      !traits.empty() && std::all_of(traits.begin(), traits.end(), [this](const auto& trait) {
        return items_.traits(trait).empty();
      });
  const Node owner = is_plain ? owner_at(trees_.tree(edit.span.file), edit.span) : Node();
  if (!owner || rewrite::add_bounds(owner, traits).empty()) return false;
  auto known = std::find_if(all_.begin(), all_.end(),
                            [&owner](const Asked& asked) { return asked.owner == owner; });
  if (known == all_.end()) known = all_.insert(all_.end(), {owner, {}});
  for (const std::string& trait : traits) {
    if (std::find(known->traits.begin(), known->traits.end(), trait) == known->traits.end()) {
      known->traits.push_back(trait);
    }
  }
  // As people write them.
  std::sort(known->traits.begin(), known->traits.end());
  return true;
}

std::vector<base::FixIt> AskedBounds::steps() const {
  std::vector<base::FixIt> result;
  for (const Asked& asked : all_) {
    result.emplace_back().edits = rewrite::add_bounds(asked.owner, asked.traits);
  }
  return result;
}

}  // namespace jaa::session
