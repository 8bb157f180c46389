#include "flow/parameter_names.h"

#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::flow {

using syntax::Node;

std::vector<std::string> parameter_names(const Facts& facts, Node call) {
  const auto& candidates = facts.items().functions(syntax::called_name(call));
  if (candidates.size() != 1) {
    return {};
  }
  std::vector<std::string> result;
  for (const Node& parameter : candidates.front().field("parameters").parts()) {
    if (parameter.is("parameter")) {
      const std::vector<syntax::Binding> bound = syntax::bindings(parameter.field("pattern"));
      result.push_back(bound.size() == 1 ? std::string(bound.front().name.text()) : "");
    }
  }
  return result;
}

}  // namespace jaa::flow
