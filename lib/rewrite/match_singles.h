// Methods with one closure whose `if` or `match` is like no other's, and where what they
// become is put. See match_combinator.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "rewrite/chain.h"
#include "rewrite/naming.h"
#include "rewrite/put_statements.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// An argument that is evaluated whether it is needed or not, and does nothing.
[[nodiscard]] bool is_quiet(syntax::Node argument);

// What stands behind `match`: in one line where it fits.
[[nodiscard]] std::string subject_text(const syntax::Tree& tree, syntax::Node receiver);

// Candidates that put an `if` or `match`, the value of `statements`, at `place`. Where a
// method is called on it, it is given a name first, unless something that it borrows from
// lives no longer than its statement.
[[nodiscard]] std::vector<std::vector<base::Edit>> put_branches(const syntax::Tree& tree,
                                                                const ExpressionPlace& place,
                                                                Statements statements,
                                                                FreshNames& names);

// `flag.then(|| ..)`, with the `unwrap_or(..)` behind it where `next` is one.
[[nodiscard]] std::vector<std::vector<base::Edit>> if_for_then(
    const syntax::Tree& tree, const ChainCall& call, const ChainCall* next, syntax::Node receiver,
    const std::vector<syntax::Node>& futures);

// `slot.get_or_insert_with(|| ..)`
[[nodiscard]] std::optional<std::vector<base::Edit>> fill_slot(
    const syntax::Tree& tree, const ChainCall& call, syntax::Node receiver,
    const std::vector<syntax::Node>& futures);

// `map.entry(key).or_insert_with(|| ..)`, where the map is of this kind: "hash_map".
[[nodiscard]] std::optional<std::vector<base::Edit>> fill_entry(
    const syntax::Tree& tree, const ChainCall& call, syntax::Node receiver,
    const std::vector<syntax::Node>& futures, const std::string& kind);

}  // namespace jaa::rewrite
