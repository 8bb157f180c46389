// Names for locals that a rewrite adds.
#pragma once

#include <string>

#include "llvm/ADT/StringSet.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// Hands out names that nothing in the function around `place` spells.
class FreshNames {
 public:
  explicit FreshNames(syntax::Node place);
  // A name for the value of `expression`, after its last field or method:
  // `token` for `g.token.clone()`, `value` where that gives nothing good.
  [[nodiscard]] std::string for_value(syntax::Node expression);
  // `wish`, or `wish_value`, `wish_2`, .. when it is taken.
  [[nodiscard]] std::string unused(const std::string& wish);

 private:
  llvm::StringSet<> taken_;
};

// `expression` as a title quotes it, or `otherwise` when it is long or spans lines.
[[nodiscard]] std::string quoted(std::string_view expression, std::string_view otherwise);

// `expression` as a message names it: its first line, and no more than fits.
[[nodiscard]] std::string shortened(std::string_view expression);

}  // namespace jaa::rewrite
