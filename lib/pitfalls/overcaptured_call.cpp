#include "pitfalls/overcaptured_call.h"

#include <algorithm>

#include "rewrite/future_signature.h"

namespace jaa::pitfalls {

std::vector<flow::Overcapture> overcaptures(const flow::Facts& facts) {
  std::vector<flow::Overcapture> result = flow::read_overcaptures(facts);
  std::erase_if(result, [&facts](const flow::Overcapture& one) {
    std::set<size_t> held;
    for (const syntax::Node& member : rewrite::method_family(facts.items(), one.function)) {
      for (const size_t index : rewrite::parameters_in_future(member, rewrite::Reach::Borrows))
        held.insert(index);
    }
    const int lent = flow::parameter_of_argument(one.call, one.function, one.lent);
    if (lent >= 0) return held.contains(static_cast<size_t>(lent));
    const std::vector<syntax::Node> parameters = rewrite::parameters_of(one.function);
    for (size_t index = 0; index < parameters.size(); ++index) {
      if (rewrite::is_borrowing(parameters[index]) && !held.contains(index)) return false;
    }
    return true;
  });
  return result;
}

}  // namespace jaa::pitfalls
