// The arguments of an `async fn` whose body becomes a block.
//
// An `async fn` keeps its arguments as long as its future and drops them after all else,
// the last first. A block takes in only what it names: of `other.0` only the field, and of
// an argument that it does not name nothing. What has something to do when it is dropped
// is therefore bound once more, in front of the body.
#pragma once

#include <set>
#include <string>

#include "rewrite/edit_list.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// Dropping a value of this type gives back memory at most. `quiet` names such types,
// beside those of the standard library.
[[nodiscard]] bool is_quiet(syntax::Node type, const std::set<std::string>& quiet);

// Some argument needs to be bound again.
[[nodiscard]] bool keeps_arguments(syntax::Node method, const std::set<std::string>& quiet);
// Inserts `let permit = permit;` in front of `first`, for those that need it; `gap` stands
// behind each.
void keep_arguments(syntax::Node method, syntax::Node first, const std::string& gap,
                    const std::set<std::string>& quiet, EditList& edits);

// There is such an argument that no binding could keep.
[[nodiscard]] bool drops_early(syntax::Node method, const std::set<std::string>& quiet);

}  // namespace jaa::rewrite
