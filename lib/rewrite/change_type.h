// A type that cannot go to another thread becomes its twin that can, through all its
// uses: `Rc` -> `Arc`, `RefCell` -> `Mutex`, `Cell` -> an
// atomic, `OnceCell` -> `OnceLock`.
#pragma once

#include <vector>

#include "base/finding.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

enum class TypeChange : uint8_t { RcToArc, RefCellToMutex, CellToAtomic, OnceCellToOnceLock };

// Candidates: what is connected with `place` (the name where the value is bound, or the name
// of its field) in the crate and in those that use it, then only within the crate, then all of
// the crate. `trees[0]` holds `place`; the others are the rest of the
// crate, and `users` those of other crates.
// `type` is what MIR or a message says it is, "Cell<usize>", for a source that does not.
[[nodiscard]] std::vector<base::FixIt> change_type(const std::vector<const syntax::Tree*>& trees,
                                                   const std::vector<const syntax::Tree*>& users,
                                                   syntax::Node place, TypeChange change,
                                                   const std::string& type = "");

// Where the value that `place` is connected with is made: the field, static or `let`
// that first owns it; `place` itself where that cannot be told.
[[nodiscard]] syntax::Node owner_of(const std::vector<const syntax::Tree*>& trees,
                                    syntax::Node place, TypeChange change);

}  // namespace jaa::rewrite
