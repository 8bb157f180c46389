#include "flow/captures.h"

#include <algorithm>

#include "syntax/items.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::flow {

using syntax::Node;

std::vector<Capture> captures_of(Node future) {
  std::vector<Capture> result;
  syntax::for_each_name(future, [&](std::string_view name, Node token) {
    const Node binding = syntax::binding_of(name, token);
    if (!binding || future.contains(binding)) return;
    const auto known = std::find_if(result.begin(), result.end(), [&binding](const Capture& one) {
      return one.binding == binding;
    });
    if (known == result.end())
      result.push_back({std::string(name), binding, {token}});
    else
      known->mentions.push_back(token);
  });
  // In the order in which they are declared, as one would list them.
  std::stable_sort(result.begin(), result.end(), [](const Capture& a, const Capture& b) {
    return a.binding.begin() < b.binding.begin();
  });
  return result;
}

bool is_derived(Node binding, Node owner) {
  // Values are taken from values in a chain; a cycle of names has no chain.
  std::vector<Node> seen{binding};
  for (size_t at = 0; at < seen.size() && at < 64; ++at) {
    const Node source = syntax::source_of(seen[at]);
    if (!source) continue;
    if (source.contains(owner)) return true;
    bool found = false;
    syntax::for_each_name(source, [&](std::string_view name, Node token) {
      const Node next = syntax::binding_of(name, token);
      found |= next && next == owner;
      if (next && std::find(seen.begin(), seen.end(), next) == seen.end()) seen.push_back(next);
    });
    if (found) return true;
  }
  return false;
}

}  // namespace jaa::flow
