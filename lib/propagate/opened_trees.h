// Trees in which the arguments of common macros are expressions, so that `println!("{}",
// f(x))` has a call in it (syntax/opened_macros.h). Places stay where they are.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "flow/facts.h"
#include "syntax/opened_macros.h"

namespace jaa::propagate {

class OpenedTrees {
 public:
  explicit OpenedTrees(const flow::Facts& facts) : facts_(facts) {}
  // Opens what is around these places, as far as it can be.
  void open(base::FileId file, const std::vector<base::Span>& places);
  [[nodiscard]] const syntax::Tree& tree(base::FileId file) const;

 private:
  const flow::Facts& facts_;
  std::map<base::FileId, std::unique_ptr<syntax::OpenedFile>> opened_;
};

}  // namespace jaa::propagate
