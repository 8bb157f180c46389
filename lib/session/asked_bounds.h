// Bounds that rustc proposes to add, written as a person writes them.
//
// rustc appends the trait's whole path, one message at a time: `T: 'static +
// std::marker::Sync`. Here the names of the prelude stand before the lifetime, all those of
// one parameter in one edit.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "syntax/items.h"
#include "syntax/tree_cache.h"

namespace jaa::session {

class AskedBounds {
 public:
  AskedBounds(const syntax::TreeCache& trees, const syntax::Items& items)
      : trees_(trees), items_(items) {}

  // False when the suggestion is about something else than such a bound.
  [[nodiscard]] bool take(const std::vector<base::Edit>& suggestion);
  [[nodiscard]] std::vector<base::FixIt> steps() const;

 private:
  struct Asked {
    syntax::Node owner;
    std::vector<std::string> traits;
  };

  const syntax::TreeCache& trees_;
  const syntax::Items& items_;
  std::vector<Asked> all_;
};

}  // namespace jaa::session
