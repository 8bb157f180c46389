// Expressions that call a method of one of std's traits without its name, or without the type's:
// written as a call of the type's own method that is awaited.
//
//   text.parse::<Point>()?    Point::from_str(text).await?
//   Default::default()        Config::default().await
//   a + b                     a.add(b).await
//   rates[i]                  *rates.index(i).await
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "syntax/items.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

struct TraitUse {
  enum class Kind : uint8_t { For, Chain, Conversion, Path, Index, Binary, Compound, Unary };
  Kind kind = Kind::Path;
  syntax::Node expression;  // all of it; of a chain or a `for` the source of the items
  std::string method;       // of the trait
  std::string trait;
  // Whose type has the method; none where the expression does not show it.
  syntax::Node value;
};

// The use that `node`, or what it is the name or operator of, is.
[[nodiscard]] std::optional<TraitUse> trait_use_at(syntax::Node node);

// The type's own method that is to be called.
struct OwnMethod {
  std::string type;
  syntax::Node method;
};

// Candidates; at most one of them compiles.
[[nodiscard]] std::vector<std::vector<base::Edit>> await_trait_use(const syntax::Tree& tree,
                                                                   const syntax::Items& items,
                                                                   const TraitUse& use,
                                                                   const OwnMethod& own);

}  // namespace jaa::rewrite
